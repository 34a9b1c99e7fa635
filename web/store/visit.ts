import { createContext } from 'react-router'

import type { Visit } from '../../server/pages/contract.ts'

/** What the process that renders hands to every loader and action; nothing of it is kept between them. */
export const visitContext = createContext<Visit>()
