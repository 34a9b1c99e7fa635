import { redirect } from 'react-router'

import { pathsOf } from '../../lib/paths-of.ts'
import type { Route } from './+types/sign-out.ts'
import { leave } from './enter.ts'

/** A link signs nobody out: only the button does. */
export function loader({ context }: Route.LoaderArgs) {
  throw redirect(pathsOf(context).account())
}

export async function action({ context }: Route.ActionArgs) {
  await leave(context)
  throw redirect(pathsOf(context).home())
}
