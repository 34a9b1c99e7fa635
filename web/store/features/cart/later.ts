import type { Route } from './+types/later.ts'
import { changeCart } from '../../lib/cart/change.ts'

/** Puts into the cart what waited for a network; the key that was made at the click makes it once. */
export async function action({ context, request }: Route.ActionArgs): Promise<Response> {
  const form = await request.formData()
  form.set('intent', 'add')
  return Response.json(await changeCart(context, form))
}
