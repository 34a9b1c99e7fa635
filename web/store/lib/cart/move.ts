import type { RouterContextProvider } from 'react-router'

import { visitContext } from '../../visit.ts'
import { apiOf } from '../api.ts'
import { buyerPrices } from '../buyer-prices.ts'
import { cartOf, type Cart } from './cart-of.ts'

type Context = Readonly<RouterContextProvider>

const NO_PRICES: ReadonlyMap<string, unknown> = new Map()

/** Lines of a cart that are not sold in a currency, by name; null where there are none. */
export async function elsewhereOf(
  context: Context,
  cart: Cart | null,
  currency: string | null,
): Promise<{ readonly names: readonly string[]; readonly currency: string } | null> {
  const all = await context.get(visitContext).currencies.all()
  if (cart === null || currency === null || !all.includes(currency)) return null
  const skus = cart.lines.map(({ sku }) => sku)
  // Of what cannot be asked now nothing is moved.
  const sold = await buyerPrices(apiOf(context), skus, currency).catch(() => NO_PRICES)
  const names = cart.lines.filter(({ sku }) => !sold.has(sku)).map(({ name }) => name)
  return names.length === 0 ? null : { names, currency }
}

/**
 * Puts the goods into a cart of another currency, line by line, because a cart has one for ever. `refused`
 * when something is not sold in it, and then nothing is moved; `missing` when somebody took a unit between.
 */
export async function moveCart(
  context: Context,
  currency: string,
): Promise<'moved' | 'refused' | 'missing'> {
  const { session } = context.get(visitContext)
  const cart = await cartOf(context)
  if (cart === null || cart.currency === currency) return 'moved'
  if ((await elsewhereOf(context, cart, currency)) !== null) return 'refused'
  const api = apiOf(context)
  const { data: made } = await api.POST('/api/v1/carts', { body: { currency } })
  if (made === undefined) return 'refused'
  let missing = 0
  // One after another: the units of a line are free for a moment before they are asked for again.
  for (const { sku, quantity } of cart.lines) {
    await api.DELETE('/api/v1/carts/{id}/items/{sku}', { params: { path: { id: cart.id, sku } } })
    const { response } = await api.POST('/api/v1/carts/{id}/items', {
      params: { path: { id: made.id } },
      body: { sku, quantity },
    })
    if (!response.ok) missing += 1
  }
  // What delivery costs, and what was agreed to, was said in the other currency.
  const { key: _, asked: __, delivery: ___, ...checkout } = session.read().checkout ?? {}
  session.write({ ...session.read(), cartId: made.id, checkout })
  return missing === 0 ? 'moved' : 'missing'
}
