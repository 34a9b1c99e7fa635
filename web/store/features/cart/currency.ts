import { redirect } from 'react-router'

import type { Route } from './+types/currency.ts'
import { moveCart } from '../../lib/cart/move.ts'
import { textIn } from '../../lib/form.ts'
import { pathsOf } from '../../lib/paths-of.ts'
import { safePath } from '../../lib/safe-path.ts'
import { visitContext } from '../../visit.ts'

export function loader({ context }: Route.LoaderArgs) {
  return redirect(pathsOf(context).home())
}

/**
 * Shows prices in another currency from now on and takes the cart along; where that cannot be, all stays as it
 * was and the cart says why.
 */
export async function action({ context, request }: Route.ActionArgs) {
  const { currencies } = context.get(visitContext)
  const form = await request.formData()
  const wanted = textIn(form, 'currency')
  const paths = pathsOf(context)
  const back = safePath(textIn(form, 'to'), paths.home())
  if (!(await currencies.all()).includes(wanted)) return redirect(back, 303)
  const outcome = await moveCart(context, wanted)
  if (outcome === 'refused') {
    return redirect(`${paths.cart()}?elsewhere=${encodeURIComponent(wanted)}`, 303)
  }
  currencies.choose(wanted)
  return redirect(outcome === 'missing' ? `${paths.cart()}?missing` : back, 303)
}
