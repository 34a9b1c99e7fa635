import type { RouterContextProvider } from 'react-router'

import type { paths } from '../../api.d.ts'
import { visitContext } from '../../visit.ts'
import { apiOf, type Api } from '../api.ts'
import type { Money } from '../format.ts'

export type Cart =
  paths['/api/v1/carts/{id}']['get']['responses'][200]['content']['application/json']

/** A line as a page shows it: the cart's own words and what the catalog knows of it. */
export interface ShownLine {
  readonly sku: string
  readonly name: string
  /** `Black, 42`; empty where there is nothing to choose. */
  readonly options: string
  readonly picture: string | null
  /** Null for what is no longer shown in the shop. */
  readonly slug: string | null
  readonly quantity: number
  readonly unitPrice: Money
  readonly priceNow: Money | null
  readonly promisedUntil: string
  /** What an order would charge for the line now. */
  readonly total: Money
  /** Null when its units were let go. */
  readonly heldUntil: string | null
  /** Units that anyone can have just now, beside those that are held for this cart. */
  readonly free: number
}

/** A hop is a cart that was merged into another at sign-in. */
const MOST_HOPS = 3

/** More than anybody has open. */
const MOST_CARTS = 10

/** The open cart of whoever came; null where there is none. For loaders and actions. */
export async function cartOf(context: Readonly<RouterContextProvider>): Promise<Cart | null> {
  const { language, session, currencies } = context.get(visitContext)
  const { cartId, accessToken } = session.read()
  const api = apiOf(context)
  let next: string | null | undefined = cartId
  for (let hops = 0; hops < MOST_HOPS && typeof next === 'string'; hops += 1) {
    const { data }: { data?: Cart } = await api.GET('/api/v1/carts/{id}', {
      params: { path: { id: next }, query: { lang: language } },
    })
    if (data?.status === 'open') return data
    next = data?.mergedInto
  }
  return accessToken === undefined ? null : cartOfUser(api, language, currencies.shown)
}

/** One has a cart for each currency; the one that prices are shown in comes first. */
async function cartOfUser(api: Api, lang: string, currency: string): Promise<Cart | null> {
  const query = { limit: MOST_CARTS, lang }
  const { data } = await api.GET('/api/v1/carts/mine', { params: { query } })
  const carts = data?.items ?? []
  return carts.find((each) => each.currency === currency) ?? carts[0] ?? null
}

/** The lines with their pictures, variants and addresses. */
export async function shownLines(
  context: Readonly<RouterContextProvider>,
  lines: readonly Cart['lines'][number][],
): Promise<ShownLine[]> {
  const products = await productsOf(
    context,
    lines.map(({ productId }) => productId),
  )
  return lines.map((line): ShownLine => {
    const { sku, name, quantity, unitPrice, priceNow, promisedUntil, heldUntil } = line
    const product = products.get(line.productId)
    const total = { ...unitPrice, amount: charged(line).amount * quantity }
    const facts = { sku, name, quantity, unitPrice, priceNow, promisedUntil, total, heldUntil }
    return { ...facts, ...ofVariant(product, sku) }
  })
}

/** A lower price is given at once, a higher one only when its promise is over (PRICING-1). */
function charged({ unitPrice, priceNow, promisedUntil }: Cart['lines'][number]): Money {
  if (priceNow === null) return unitPrice
  const isOver = Date.parse(promisedUntil) <= Date.now()
  return isOver || priceNow.amount < unitPrice.amount ? priceNow : unitPrice
}

export type Product =
  paths['/api/v1/products/{id}']['get']['responses'][200]['content']['application/json']

/** Products by id; one that is no longer sold is not among them. */
export async function productsOf(
  context: Readonly<RouterContextProvider>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Product>> {
  const { language: lang } = context.get(visitContext)
  const api = apiOf(context)
  const found = await Promise.all(
    [...new Set(ids)].map(async (id) => {
      const { data } = await api.GET('/api/v1/products/{id}', {
        params: { path: { id }, query: { lang } },
      })
      return data
    }),
  )
  return new Map(found.flatMap((each) => (each === undefined ? [] : [[each.id, each]])))
}

/** What a line shows of its variant. */
export function ofVariant(product: Product | undefined, sku: string) {
  const variant = product?.variants.find((each) => each.sku === sku)
  return {
    options: variant?.options.map(({ value }) => value).join(', ') ?? '',
    picture: variant?.pictures[0] ?? product?.pictures[0]?.asset ?? null,
    slug: product?.slug ?? null,
    free: variant?.stock ?? 0,
  }
}

/** How many things are in a cart: units, not lines. */
export function countOf({ lines }: Pick<Cart, 'lines'>): number {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0)
}
