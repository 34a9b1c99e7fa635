import { Client } from '../../tests/support/client.ts'
import { BUYER, must, type PlacedOrder } from '../../tests/support/sale.ts'
import { CATEGORIES, openClients, productOf, type Patterns } from './grown-shop.ts'
import type { Step } from './rounds.ts'

export interface Stand {
  readonly url: string
  readonly patterns: Patterns
  readonly products: number
  /** In each of so many shops, which are asked in turn; in the demo shop when absent. */
  readonly shops?: number
}

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
  /** Whose turn it is, and one of its products. */
  const pick = () => {
    const shop = shops === undefined ? 0 : some(shops)
    const n = shop * products + some(products)
    const client =
      shops === undefined ? all : all.with({ host: `grown-${shop}.localhost:${port}` })
    const { id, sku } = productOf(n)
    return { client, id, sku, place: `${made - n}.${id}` }
  }
  let full: { client: Client; cart: string } | undefined
  let placed: { client: Client; order: PlacedOrder } | undefined

  const page = (query: (place: string) => string): Step => {
    return async () => {
      const { client, place } = pick()
      const [ms, answer] = await timed(() =>
        client.get<{ items: unknown[] }>(`/api/v1/products?limit=20${query(place)}`),
      )
      if (!Array.isArray(must(answer, 200).items)) throw new Error('a page has no items')
      return ms
    }
  }
  return {
    'product list': page((place) => `&after=${place}`),
    category: page((place) => `&after=${place}&category=grown-${some(CATEGORIES)}`),
    'product page': async () => {
      const { client, id } = pick()
      const [ms, answer] = await timed(() => client.get(`/api/v1/products/${id}`))
      must(answer, 200)
      return ms
    },
    'add to cart': async () => {
      const { client, sku } = pick()
      const cart = must(await client.post<{ id: string }>('/api/v1/carts'), 201).id
      const item = { sku, quantity: 1 }
      const [ms, answer] = await timed(() => client.post(`/api/v1/carts/${cart}/items`, item))
      must(answer, 201)
      full = { client, cart }
      return ms
    },
    'place order': async () => {
      const { client, cart } = full!
      const body = { cartId: cart, ...BUYER }
      const [ms, answer] = await timed(() => client.post<PlacedOrder>('/api/v1/orders', body))
      placed = { client, order: must(answer, 201) }
      return ms
    },
    pay: async () => {
      const { client, order } = placed!
      const headers = { 'x-order-token': order.token }
      const [ms, answer] = await timed(() =>
        client.post(`/api/v1/payments/${order.payment.id}/process`, undefined, { headers }),
      )
      must(answer, 200)
      return ms
    },
  }
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
    'stock of a SKU': read(
      () => `/api/v1/inventory/stock/${productOf(some(stand.products)).sku}`,
    ),
  }
}
