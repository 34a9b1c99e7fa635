import { openTokens } from './platform/auth/tokens.ts'
import type { Tail } from './platform/cache/tail.ts'
import { openBlobs } from './platform/blob/open-blobs.ts'
import type { Context, Platform } from './platform/context.ts'
import { openCart } from './contexts/cart/context.ts'
import { openCatalog } from './contexts/catalog/context.ts'
import { openAccount, openCheckout } from './contexts/checkout/context.ts'
import { openExchange, type TableEnds } from './contexts/exchange/context.ts'
import { openIdentity } from './contexts/identity/context.ts'
import {
  openAvailabilities,
  openBundlesOf,
  openInventory,
  openStockLevels,
} from './contexts/inventory/context.ts'
import { openMedia } from './contexts/media/context.ts'
import { openLive } from './contexts/live/context.ts'
import { openOrders } from './contexts/orders/context.ts'
import { openPayments, openProviderBooks } from './contexts/payments/context.ts'
import { openPricing } from './contexts/pricing/context.ts'
import { openReviews } from './contexts/reviews/context.ts'
import { openSeo } from './contexts/seo/context.ts'
import { openSearchContext } from './contexts/search/context.ts'
import { createShop, openTenants } from './contexts/tenants/context.ts'

export interface ComposeOptions {
  /** Where the payment provider answers. */
  readonly paymentProviderUrl?: string
  /** Instead of one that is reached at an address, for simulation. */
  readonly paymentProvider?: Parameters<typeof openPayments>[1]['provider']
  /** Instead of tokens under this deployment's secret, for simulation. */
  readonly tokens?: ReturnType<typeof openTokens>
  /** The end of the log, where requests are served: what is remembered is dropped by it. */
  readonly tail?: Tail
}

/** The whole of the business, and what the seed needs of it. */
export type Composed = ReturnType<typeof compose>

/**
 * Builds every context after the ones whose ports it needs. That such an order exists is the proof
 * that synchronous calls between contexts have no cycle. Opens nothing: no port, no connection.
 */
export function compose(
  platform: Platform,
  { paymentProviderUrl = 'http://127.0.0.1:9', paymentProvider, tokens, tail }: ComposeOptions = {},
) {
  const tenants = openTenants(platform)
  const identity = openIdentity(platform, {
    tokens: tokens ?? openTokens(platform),
    tenants: async () => (await tenants.shops.list()).map(({ tenant }) => tenant.id),
  })
  const blobs = openBlobs(platform)
  const { media, ...pictures } = openMedia(platform, {
    blobs,
    tenants: async () => (await tenants.shops.list()).map(({ tenant }) => tenant.id),
    slugOf: async (tenant) => (await tenants.shops.byId(tenant))?.slug ?? '',
  })
  const levels = openStockLevels(platform)
  const words = openAvailabilities(platform)
  const { offers, ...catalog } = openCatalog(platform, { levels, words, tail })
  const { stock, ...inventory } = openInventory(platform, { offers, levels })
  const { pricing, ...prices } = openPricing(platform, { offers, users: identity.users })
  const { carts, ...cart } = openCart(platform, { pricing, stock })
  const orders = openOrders(platform, {
    tenants: async () => (await tenants.shops.list()).map(({ tenant }) => tenant.id),
  })
  const { payments, ...paying } = openPayments(platform, {
    orders: orders.orders,
    providerUrl: paymentProviderUrl,
    provider: paymentProvider,
  })
  const parts = {
    carts,
    offers,
    stock,
    orders: orders.orders,
    payments,
    pricing,
    tenants: async () => (await tenants.shops.list()).map(({ tenant }) => tenant.id),
  }
  const reviews = openReviews(platform, { offers })
  const search = openSearchContext(platform, {
    products: catalog.products,
    offers,
    availabilities: words,
    bundles: openBundlesOf(platform),
    tenants: parts.tenants,
  })
  const exchange = openExchange(platform, {
    blobs,
    tenantOf: (id) => tenants.shops.byId(id),
    ends: (watched) =>
      tableEnds(watched, { levels, users: identity.users, products: catalog.products }),
  })
  const seo = openSeo(platform, {
    products: catalog.products,
    pages: catalog.pages,
    offers,
    levels,
    pricing,
    media,
    ratings: reviews.ratings,
  })
  const checkout = openCheckout(platform, { ...parts, orderList: orders.queries.list })

  const live = openLive(platform, { products: catalog.live, words, tail })
  const contexts: readonly Context[] = [
    tenants,
    identity,
    pictures.context,
    catalog.context,
    inventory.context,
    prices.context,
    cart.context,
    orders.context,
    paying.context,
    checkout.context,
    live.context,
    search.context,
    reviews.context,
    seo.context,
    exchange.context,
  ]
  return {
    contexts,
    shops: tenants.shops,
    media,
    createShop,
    users: identity.users,
    catalog: catalog.changes,
    searchIndexing: search.indexing,
    prices: prices.lists,
    priceRules: prices.rules,
    stock: inventory.commands,
    reviews: reviews.commands,
    accountFor: openAccount(platform, parts, openProviderBooks(platform, paymentProviderUrl)),
  }
}

/**
 * What tables are imported by and exported from: the same commands over a writer that is watched and
 * can be told to commit nothing, with short memories of their own.
 */
function tableEnds(
  watched: Platform,
  ports: {
    readonly levels: ReturnType<typeof openStockLevels>
    readonly users: ReturnType<typeof openIdentity>['users']
    readonly products: ReturnType<typeof openCatalog>['products']
  },
): TableEnds {
  const { levels, users, products } = ports
  const { offers, changes, desk, looks, definitionsOf } = openCatalog(watched, { levels })
  const { lists, listQueries } = openPricing(watched, { offers, users })
  const { commands, queries } = openInventory(watched, { offers, levels })
  return {
    products,
    offers,
    create: changes.createProduct,
    merge: desk.mergeRows,
    looks,
    definitionsOf,
    prices: { ...lists, ...listQueries },
    stock: { ...commands, ...queries },
  }
}
