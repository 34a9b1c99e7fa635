import type { RouterContextProvider } from 'react-router'

import { apiOf } from '../../lib/api.ts'
import { problemOf, type Problem } from '../../lib/problem.ts'
import { mergeWishes } from '../../lib/wishes/wishes.ts'
import { visitContext } from '../../visit.ts'

type Context = Readonly<RouterContextProvider>

type Entered =
  | {
      readonly ok: true
      /** Units of the guest's cart that could not come along. */ readonly left: number
    }
  | { readonly ok: false; readonly problem: Problem }

/** Signs in: the session is begun, and what the guest had in the cart and wished for comes along. */
export async function enter(
  context: Context,
  given: { readonly email: string; readonly password: string },
): Promise<Entered> {
  const { session } = context.get(visitContext)
  // Whoever was signed in here before is not any more, and their tokens do not speak for the next one.
  const { accessToken: _access, refreshToken: _refresh, ...guest } = session.read()
  session.write(guest)
  const { data: pass, error } = await apiOf(context).POST('/api/v1/users/login', { body: given })
  if (pass === undefined) return { ok: false, problem: problemOf(error) }
  const { accessToken, refreshToken } = pass
  session.write({ ...guest, accessToken, refreshToken })
  const { cartId, left } = await cartAfter(context, guest.cartId)
  const { cartId: _guests, ...rest } = session.read()
  session.write({ ...rest, ...(cartId === undefined ? {} : { cartId }) })
  await mergeWishes(context)
  return { ok: true, left }
}

/** The cart from now on: the guest's, put together with one's own, or the own one from another device. */
async function cartAfter(
  context: Context,
  guests: string | undefined,
): Promise<{ readonly cartId: string | undefined; readonly left: number }> {
  const api = apiOf(context)
  if (guests !== undefined) {
    const { data } = await api.POST('/api/v1/carts/{id}/claim', {
      params: { path: { id: guests }, header: { 'Idempotency-Key': crypto.randomUUID() } },
      body: {},
    })
    if (data !== undefined) {
      const left = data.left.reduce((sum, { quantity }) => sum + quantity, 0)
      return { cartId: data.cartId, left }
    }
  }
  // It was ordered, has lapsed or is somebody else's: then it is no cart any more.
  const { data: own } = await api.GET('/api/v1/carts/mine', { params: { query: { limit: 1 } } })
  return { cartId: own?.items[0]?.id, left: 0 }
}

/** Signs out of this browser: the API ends the session, and the cookie forgets it in any case. */
export async function leave(context: Context): Promise<void> {
  const { session } = context.get(visitContext)
  const { refreshToken } = session.read()
  if (refreshToken !== undefined) {
    await apiOf(context).POST('/api/v1/users/logout', { body: { refreshToken } })
  }
  session.signOut()
}
