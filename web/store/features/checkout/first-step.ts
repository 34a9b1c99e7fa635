import { pathsOf } from '../../lib/paths-of.ts'
import { redirect } from 'react-router'

import type { Route } from './+types/first-step.ts'
import { draftOf, stepOf } from './draft.ts'

/** Who comes back goes on where they were. */
export function loader({ context }: Route.LoaderArgs) {
  return redirect(pathsOf(context).checkout(stepOf(draftOf(context))))
}
