/** The four requests of a purchase, and what their answers hold, for tests that buy a lot. */
import type { Answer, Client } from './client.ts'
import type { Money, Shop } from './shop.ts'

export interface Product {
  readonly id: string
  readonly sku: string
  readonly price: Money
  readonly stock: number
}

export interface PlacedOrder {
  readonly id: string
  readonly number: string
  readonly status: string
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[]
  readonly total: Money
  /** Why it was cancelled. */
  readonly reason: string | null
  readonly payment: { readonly id: string; readonly status: string }
  /** A guest's key to the order and its payment. */
  readonly token: string
}

export interface Payment {
  readonly id: string
  readonly status: string
  readonly amount: Money
  readonly transactionId: string | null
}

export const BUYER = {
  email: 'olena@example.com',
  shippingAddress: { line1: 'Khreshchatyk 1', city: 'Kyiv', country: 'UA' },
  deliveryMethod: 'post',
  paymentMethod: 'card',
} as const

/** Products that are looked at for those that are no bundles. */
const LOOKED_AT = 100

/** The nth product of the shop that is no bundle, with exactly so many units over all its warehouses. */
export async function aProductWith(shop: Shop, units: number, nth = 0): Promise<Product> {
  const admin = await shop.signedIn('admin')
  const list = await admin.get<{ items: Product[] }>(`/api/v1/products?limit=${LOOKED_AT}`)
  let [product, plain] = [undefined as Product | undefined, -1]
  for (const each of list.body.items) {
    const stock = await admin.get<{ components: unknown[] }>(`/api/v1/inventory/stock/${each.sku}`)
    if (must(stock, 200).components.length === 0) plain += 1
    if (plain < nth) continue
    product = each
    break
  }
  if (product === undefined) throw new Error('the shop has no such product')
  const counted = await admin.patch<{ stock: number }>(`/api/v1/products/${product.id}/stock`, {
    quantity: units,
    reason: 'count',
  })
  if (counted.status !== 200 || counted.body.stock !== units) {
    throw new Error(`${units} units could not be counted: ${JSON.stringify(counted.body)}`)
  }
  return { ...product, stock: units }
}

/** A new product with one SKU that is put together of others. */
export async function aBundle(
  shop: Shop,
  components: readonly { readonly sku: string; readonly quantity: number }[],
): Promise<Omit<Product, 'stock'>> {
  const admin = await shop.signedIn('admin')
  const sku = `SET-${crypto.randomUUID().slice(0, 13).toUpperCase()}`
  const price = { amount: 300_000, currency: 'UAH' }
  const name = { uk: `Набір ${sku}`, ru: `Набор ${sku}`, en: `Set ${sku}` }
  const draft = { name, price, variants: [{ sku, components }] }
  const { id } = must(await admin.post<{ id: string }>('/api/v1/products', draft), 201)
  return { id, sku, price }
}

export async function aCart(client: Client): Promise<string> {
  return must(await client.post<{ id: string }>('/api/v1/carts'), 201).id
}

export function add<T>(
  client: Client,
  cart: string,
  sku: string,
  quantity = 1,
  key?: string,
): Promise<Answer<T>> {
  const asking = key === undefined ? {} : { key }
  return client.post<T>(`/api/v1/carts/${cart}/items`, { sku, quantity }, asking)
}

/** An order that is placed and not paid. */
export async function anOrder(client: Client, sku: string, quantity = 1): Promise<PlacedOrder> {
  const cart = await aCart(client)
  must(await add(client, cart, sku, quantity), 201)
  return must(await client.post<PlacedOrder>('/api/v1/orders', { cartId: cart, ...BUYER }), 201)
}

export function pay(
  client: Client,
  { payment, token }: PlacedOrder,
  key?: string,
): Promise<Answer<Payment>> {
  return client.post(`/api/v1/payments/${payment.id}/process`, undefined, {
    headers: { 'x-order-token': token },
    ...(key === undefined ? {} : { key }),
  })
}

export function see(client: Client, { id, token }: PlacedOrder): Promise<Answer<PlacedOrder>> {
  return client.get(`/api/v1/orders/${id}`, { headers: { 'x-order-token': token } })
}

/** The body of an answer that must have this status. */
export function must<T>({ status, body }: Pick<Answer<T>, 'status' | 'body'>, expected: number): T {
  if (status === expected) return body
  throw new Error(`${status} instead of ${expected}: ${JSON.stringify(body)}`)
}
