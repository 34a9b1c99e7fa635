import { setTimeout as sleep } from 'node:timers/promises'

import { Client } from '../../tests/support/client.ts'
import { BUYER, must, type PlacedOrder } from '../../tests/support/sale.ts'
import { CATEGORIES, openClients, productOf, type Patterns } from './grown-shop.ts'
import type { Step } from './rounds.ts'

export interface Stand {
  readonly url: string
  readonly patterns: Patterns
  readonly products: number
  /** Beside so many shops, of which it is one; the demo shop when absent. */
  readonly shops?: number
}

/** So long reactions of a sale take. */
const SETTLED_MS = 25

/** Marks steps without a goal: nothing of most of what they ask for is remembered at the larger sizes. */
const UNKNOWN = ['any shop', 'any page'] as const
const [ANY_SHOP, ANY_PAGE] = UNKNOWN

export function hasGoal(step: string): boolean {
  return !UNKNOWN.some((mark) => step.endsWith(mark))
}

/** Behind these there are as many in each category as a page shows, at the smallest size too. */
const FULL_SHARE = 0.15

/** Most people look through so many of the newest, however many lie behind them. */
const LOOKED_THROUGH = 150

const some = (count: number): number => Math.floor(Math.random() * count)

async function timed<T>(work: () => Promise<T>): Promise<[number, T]> {
  const since = performance.now()
  const found = await work()
  return [performance.now() - since, found]
}

/**
 * What shoppers do, each time with another product. What a step needs is made before its time
 * begins; an answer that is not the expected one ends the benchmark.
 */
export function shopperSteps(stand: Stand): Record<string, Step> {
  const { url, patterns, products, shops } = stand
  const made = Number(patterns.product.words['made'])
  const all = new Client(url, 'demo.localhost', { connections: 2 })
  const port = new URL(url).port
  /** One of the newest so many products of the shop that is asked, or of any. */
  const pick = (newest = products, ofAny = false) => {
    const shop = shops === undefined ? 0 : ofAny ? some(shops) : Math.floor(shops / 2)
    const n = shop * products + some(newest)
    const client = shops === undefined ? all : all.with({ host: `grown-${shop}.localhost:${port}` })
    const { id, sku } = productOf(n)
    return { client, id, sku, place: `${made - n}.${id}` }
  }
  const paged = products * FULL_SHARE
  const front = Math.min(LOOKED_THROUGH, paged)
  const page = (query: (place: string) => string, newest = front, ofAny = false): Step => {
    return async () => {
      const { client, place } = pick(newest, ofAny)
      const [ms, answer] = await timed(() =>
        client.get<{ items: unknown[] }>(`/api/v1/products?limit=20${query(place)}`),
      )
      if (!Array.isArray(must(answer, 200).items)) throw new Error('a page has no items')
      return ms
    }
  }
  const { toCart, order, pay } = buying(pick)
  return {
    'product list': page((place) => `&after=${place}`),
    category: page((place) => `&after=${place}&category=grown-${some(CATEGORIES)}`),
    'product page': async () => {
      const { client, id } = pick()
      const [ms, answer] = await timed(() => client.get(`/api/v1/products/${id}`))
      must(answer, 200)
      return ms
    },
    'add to cart': toCart(),
    'place order': order,
    pay,
    ...(shops === undefined
      ? { [`product list, ${ANY_PAGE}`]: page((place) => `&after=${place}`, paged) }
      : {
          [`product list, ${ANY_SHOP}`]: page((place) => `&after=${place}`, front, true),
          [`add to cart, ${ANY_SHOP}`]: toCart(true),
        }),
  }
}

interface Picked {
  readonly client: Client
  readonly sku: string
}

/** A cart, the order of the last cart and the payment of the last order. */
function buying(pick: (newest?: number, ofAny?: boolean) => Picked) {
  let cart: { client: Client; id: string } | undefined
  let placed: { client: Client; order: PlacedOrder } | undefined
  const toCart = (ofAny = false): Step => {
    return async () => {
      const { client, sku } = pick(undefined, ofAny)
      const { id } = must(await client.post<{ id: string }>('/api/v1/carts'), 201)
      const item = { sku, quantity: 1 }
      const [ms, answer] = await timed(() => client.post(`/api/v1/carts/${id}/items`, item))
      must(answer, 201)
      cart = { client, id }
      return ms
    }
  }
  const order: Step = async () => {
    if (cart === undefined) throw new Error('there is no cart to order')
    const { client, id } = cart
    const body = { cartId: id, ...BUYER }
    const [ms, answer] = await timed(() => client.post<PlacedOrder>('/api/v1/orders', body))
    placed = { client, order: must(answer, 201) }
    return ms
  }
  const pay: Step = async () => {
    if (placed === undefined) throw new Error('there is no order to pay')
    const { client, order: last } = placed
    const headers = { 'x-order-token': last.token }
    const [ms, answer] = await timed(() =>
      client.post(`/api/v1/payments/${last.payment.id}/process`, undefined, { headers }),
    )
    must(answer, 200)
    // What a sale sets off is not to be in the way of what is measured next.
    await sleep(SETTLED_MS)
    return ms
  }
  return { toCart, order, pay }
}

/** What staff look at, in the demo shop. */
export async function staffSteps(stand: Stand, orderDays: number): Promise<Record<string, Step>> {
  const { admin } = await openClients(stand.url)
  const read = (path: () => string): Step => {
    return async () => {
      const [ms, answer] = await timed(() => admin.get(path()))
      must(answer, 200)
      return ms
    }
  }
  const last = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
  const daysAgo = (days: number): string => `${Math.round(Date.now() - days * 86_400_000)}.${last}`
  return {
    'orders, first page': read(() => '/api/v1/orders?limit=20'),
    'orders, deep': read(
      () => `/api/v1/orders?limit=20&after=${daysAgo(orderDays * Math.random())}`,
    ),
    'orders that wait': read(() => '/api/v1/orders?limit=20&status=reserved'),
    'stock of a SKU': read(() => `/api/v1/inventory/stock/${productOf(some(stand.products)).sku}`),
  }
}
