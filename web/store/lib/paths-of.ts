import type { RouterContextProvider } from 'react-router'

import { pathsFor, type Paths } from '../paths.ts'
import { visitContext } from '../visit.ts'

/** Addresses in the language of who came. For loaders and actions; components use `usePaths()`. */
export function pathsOf(context: Readonly<RouterContextProvider>): Paths {
  const { language, shop } = context.get(visitContext)
  return pathsFor(language, shop.languages[0] ?? language)
}
