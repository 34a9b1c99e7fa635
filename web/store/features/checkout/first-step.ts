import { redirect } from 'react-router'

import type { Route } from './+types/first-step.ts'
import { draftOf, pathsHere, stepOf } from './draft.ts'

/** Who comes back goes on where they were. */
export function loader({ context }: Route.LoaderArgs) {
  return redirect(pathsHere(context).checkout(stepOf(draftOf(context))))
}
