import type { RouterContextProvider } from 'react-router'

import { apiOf } from '../../lib/api.ts'
import { buyerPrices } from '../../lib/buyer-prices.ts'
import { ofVariant, productsOf, type Product } from '../../lib/cart/cart-of.ts'
import type { Money } from '../../lib/format.ts'
import { read } from '../../lib/wishes/guests.ts'
import { visitContext } from '../../visit.ts'

type Context = Readonly<RouterContextProvider>

/** An entry of the list, with what it costs and whether there is any as of now. */
export interface ShownWish {
  readonly productId: string
  /** Empty for what a guest kept and nobody sells any more. */
  readonly name: string
  /** The chosen variant: `Black, 42`. */
  readonly options: string
  readonly picture: string | null
  /** Null for what is not sold any more. */
  readonly slug: string | null
  readonly price: Money | null
  /** The cheapest of several. */
  readonly isFrom: boolean
  /** `gone`: the product is sold, but not this variant any more. */
  readonly availability: 'in-stock' | 'low' | 'preorder' | 'out' | 'gone' | null
  /** What goes into the cart; null where a variant has to be chosen first, or there is none. */
  readonly buys: string | null
  readonly sku: string | null
  /** Of the next thing that is done to it: sent twice it is done once. */
  readonly key: string
}

interface Wish {
  readonly productId: string
  readonly sku: string | null
  readonly name: string
}

const ON_A_PAGE = 24

/** The list of whoever came: of an account, or of this browser; undefined for a place that is none. */
export async function wishesOf(context: Context, after: string | null) {
  const { session, language } = context.get(visitContext)
  const { accessToken, wishes = [] } = session.read()
  if (accessToken !== undefined) {
    const from = after === null ? {} : { after }
    const { data, response } = await apiOf(context).GET('/api/v1/users/me/wishes', {
      params: { query: { limit: ON_A_PAGE, lang: language, ...from } },
    })
    if (data !== undefined) {
      return { isGuest: false, next: data.next, wishes: await shown(context, data.items) }
    }
    if (response.status !== 401) throw new Response(null, { status: failure(response.status) })
  }
  const kept = wishes.map((each): Wish => ({ sku: null, name: '', ...read(each) })).toReversed()
  return { isGuest: true, next: null, wishes: await shown(context, kept) }
}

function failure(status: number): number {
  return status >= 500 ? status : 404
}

async function shown(context: Context, wishes: readonly Wish[]): Promise<ShownWish[]> {
  const products = await productsOf(
    context,
    wishes.map(({ productId }) => productId),
  )
  const plain = wishes.map((wish) => shownAs(wish, products.get(wish.productId)))
  const skus = plain.flatMap(({ priced }) => priced ?? [])
  if (skus.length === 0) return plain.map(({ shown: each }) => each)
  // What this buyer pays: a sale, the prices of a group.
  const { shop, currencies } = context.get(visitContext)
  const prices = await buyerPrices(apiOf(context), [...new Set(skus)], currencies.shown)
  const isMain = currencies.shown === shop.currency
  return plain.map(({ shown: each, priced }) => {
    const found = prices.get(priced ?? '')
    return {
      ...each,
      price: found?.unitPrice ?? each.price,
      // What is not sold in the currency that is shown does not go into a cart of it.
      buys: isMain || found !== undefined ? each.buys : null,
    }
  })
}

/** What is said of one, and the SKU whose price it is. */
function shownAs(
  { productId, sku, name }: Wish,
  product: Product | undefined,
): { readonly shown: ShownWish; readonly priced: string | null } {
  const key = crypto.randomUUID()
  const plain = { productId, sku, name, key, options: '', picture: null, price: null, buys: null }
  if (product === undefined || product.status !== 'active') {
    return { shown: { ...plain, slug: null, isFrom: false, availability: null }, priced: null }
  }
  const { variants, slug } = product
  const chosen = sku === null && variants.length > 1 ? undefined : sku
  const variant = variants.find((each) => each.sku === (chosen ?? variants[0]?.sku))
  const cheapest = variants.toSorted((a, b) => a.price.amount - b.price.amount)[0]
  const here = chosen === undefined ? cheapest : variant
  const isThere = (each: (typeof variants)[number]) => each.availability !== 'out'
  const best = chosen === undefined ? (variants.find(isThere) ?? cheapest) : variant
  const availability = best?.availability ?? 'gone'
  const { options, picture } = ofVariant(product, here?.sku ?? '')
  return {
    priced: here?.sku ?? null,
    shown: {
      ...plain,
      name: product.name,
      slug,
      options: chosen === undefined ? '' : options,
      picture,
      price: here?.price ?? null,
      isFrom:
        chosen === undefined &&
        variants.some(({ price }) => price.amount !== cheapest?.price.amount),
      availability,
      buys: chosen === undefined || availability === 'out' ? null : (here?.sku ?? null),
    },
  }
}
