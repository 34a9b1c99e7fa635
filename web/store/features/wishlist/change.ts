import { redirect } from 'react-router'

import { pathsOf } from '../../lib/paths-of.ts'
import { wishlistTextsOf } from '../../lib/texts/wishlist.ts'
import { changeWishes } from '../../lib/wishes/wishes.ts'
import type { WishAnswer } from '../../lib/wishes/send-wish.ts'
import { visitContext } from '../../visit.ts'
import type { Route } from './+types/change.ts'

/** A link changes nothing. */
export function loader({ context }: Route.LoaderArgs) {
  throw redirect(pathsOf(context).wishlist())
}

/** A heart that was pressed: scripts hear how it went, and a form without them is led to the list. */
export async function action({ context, request }: Route.ActionArgs): Promise<Response> {
  const fault = await changeWishes(context, await request.formData())
  const isPlain = request.headers.get('accept')?.includes('text/html') === true
  if (isPlain) {
    const said = fault === undefined ? '' : `?problem=${fault}`
    throw redirect(`${pathsOf(context).wishlist()}${said}`, 303)
  }
  const { faults } = wishlistTextsOf(context.get(visitContext).language)
  const answer: WishAnswer = { problem: fault === undefined ? '' : (faults[fault] ?? fault) }
  return Response.json(answer)
}
