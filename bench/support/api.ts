import { DEMO_PASSWORD } from '../../server/demo/users.ts'

/** A product as far as a benchmark looks. */
export interface Product {
  readonly id: string
  readonly sku: string
  readonly stock: number
}

/** What a benchmark asks of a shop before and after a load, over HTTP like everyone else. */
export interface Api {
  products(count: number): Promise<readonly Product[]>
  /** Sets the units on hand of a product's main SKU, as the demo's administrator. */
  setStock(product: Product, quantity: number): Promise<void>
  createCart(): Promise<string>
  post<T>(path: string, body: unknown, headers?: Record<string, string>): Promise<T>
  /** Values of the server's metrics: the sum of a name over its labels, and the most of one. */
  metrics(): Promise<Metrics>
}

export interface Metrics {
  sum(name: string): number
  most(name: string): number
}

/** A product with its variants, and what each is put together of. */
interface View {
  readonly variants: readonly { readonly components: readonly unknown[] }[]
}

/** A bundle has no stock of its own to be set. */
function isPlain({ variants }: View): boolean {
  return variants.every(({ components }) => components.length === 0)
}

/** @param processes Addresses of all whose metrics are counted; those of `url` when absent. */
export function api(url: string, processes: readonly string[] = [url]): Api {
  let token: Promise<string> | undefined

  async function send<T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<T> {
    const response = await fetch(url + path, {
      method,
      headers: {
        ...headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return JSON.parse(text) as T
  }

  function signIn(): Promise<string> {
    const login = { email: 'admin@demo.test', password: DEMO_PASSWORD }
    token ??= send<{ accessToken: string }>('POST', '/api/v1/users/login', login).then(
      ({ accessToken }) => accessToken,
    )
    return token
  }

  return {
    async products(count) {
      type Page = { items: Product[]; next: string | null }
      const found: Product[] = []
      for (let after = ''; found.length < count;) {
        const page = await send<Page>('GET', `/api/v1/products?limit=100${after}`)
        for (const item of page.items) {
          if (found.length === count) break
          if (isPlain(await send<View>('GET', `/api/v1/products/${item.id}`))) found.push(item)
        }
        if (page.next === null) break
        after = `&after=${page.next}`
      }
      return found
    },
    async setStock({ id }, quantity) {
      const count = { quantity, reason: 'benchmark' }
      const authorization = `Bearer ${await signIn()}`
      await send('PATCH', `/api/v1/products/${id}/stock`, count, { authorization })
    },
    createCart: async () => (await send<{ id: string }>('POST', '/api/v1/carts')).id,
    post: (path, body, headers) => send('POST', path, body, headers),
    async metrics() {
      const texts = processes.map(async (each) => (await fetch(`${each}/metrics`)).text())
      const text = (await Promise.all(texts)).join('\n')
      const values = (name: string): number[] =>
        [...text.matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'gm'))].map(([, value]) =>
          Number(value),
        )
      return {
        sum: (name) => values(name).reduce((all, each) => all + each, 0),
        most: (name) => Math.max(0, ...values(name)),
      }
    },
  }
}
