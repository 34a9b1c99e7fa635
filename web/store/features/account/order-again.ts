import type { RouterContextProvider } from 'react-router'

import { apiOf } from '../../lib/api.ts'
import { visitContext } from '../../visit.ts'

type Context = Readonly<RouterContextProvider>

/**
 * Puts what an order had into the cart, line by line, as much of it as is sold and free today. Prices are
 * those of today: the cart says so.
 */
export async function orderAgain(
  context: Context,
  orderId: string,
  key: string,
): Promise<{ readonly added: number; readonly all: number } | undefined> {
  const api = apiOf(context)
  const { data: order } = await api.GET('/api/v1/orders/{id}', {
    params: { path: { id: orderId } },
  })
  if (order === undefined) return undefined
  const cartId = await openCart(context, key)
  if (cartId === undefined) return undefined
  let added = 0
  // One after the other: each changes the same cart.
  for (const { sku, quantity } of order.lines) {
    const { response } = await api.POST('/api/v1/carts/{id}/items', {
      params: { path: { id: cartId }, header: { 'Idempotency-Key': `${key}.${sku}` } },
      body: { sku, quantity },
    })
    if (response.ok) added += 1
  }
  return { added, all: order.lines.length }
}

/** The cart of this browser while it takes something in, else a new one. */
async function openCart(context: Context, key: string): Promise<string | undefined> {
  const { session, currencies } = context.get(visitContext)
  const api = apiOf(context)
  const { cartId } = session.read()
  if (cartId !== undefined) {
    const { data: cart } = await api.GET('/api/v1/carts/{id}', { params: { path: { id: cartId } } })
    if (cart?.status === 'open') return cartId
  }
  const { data: made } = await api.POST('/api/v1/carts', {
    params: { header: { 'Idempotency-Key': `${key}.cart` } },
    body: { currency: currencies.shown },
  })
  if (made !== undefined) session.write({ ...session.read(), cartId: made.id })
  return made?.id
}
