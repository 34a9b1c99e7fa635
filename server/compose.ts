import { openTokens } from './platform/auth/tokens.ts'
import type { Sharing } from './platform/cache/sharing.ts'
import type { Tail } from './platform/cache/tail.ts'
import { openBlobs } from './platform/blob/open-blobs.ts'
import type { Context, Platform } from './platform/context.ts'
import { openCart } from './contexts/cart/context.ts'
import { openCatalog, openCatalogOffers } from './contexts/catalog/context.ts'
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
import { openRatings, openReviews } from './contexts/reviews/context.ts'
import { openReturns } from './contexts/returns/context.ts'
import { openSeo } from './contexts/seo/context.ts'
import { openSearchContext } from './contexts/search/context.ts'
import { createShop, openShops, openTenants } from './contexts/tenants/context.ts'
import { openWishlists } from './contexts/wishlists/context.ts'

export interface ComposeOptions {
  /** Where the payment provider answers. */
  readonly paymentProviderUrl?: string
  /** Instead of one that is reached at an address, for simulation. */
  readonly paymentProvider?: Parameters<typeof openPayments>[1]['provider']
  /** Instead of tokens under this deployment's secret, for simulation. */
  readonly tokens?: ReturnType<typeof openTokens>
  /** The end of the log, where requests are served: what is remembered is dropped by it. */
  readonly tail?: Tail
  /** Where processes find each other's answers. */
  readonly sharing?: Sharing | undefined
}

/** The whole of the business, and what the seed needs of it. */
export type Composed = ReturnType<typeof compose>

/**
 * Builds every context after the ones whose ports it needs. That such an order exists is the proof
 * that synchronous calls between contexts have no cycle. Opens nothing: no port, no connection.
 */
export function compose(platform: Platform, options: ComposeOptions = {}) {
  const selling = openSelling(platform, options)
  const { tenants, identity, pictures, catalog, inventory, prices, cart } = selling
  const buying = openBuying(platform, selling, options)
  const following = openFollowing(platform, selling, options)
  const contexts: readonly Context[] = [
    tenants,
    identity,
    pictures.context,
    catalog.context,
    inventory.context,
    prices.context,
    cart.context,
    ...buying.contexts,
    ...following.contexts,
  ]
  return {
    contexts,
    shops: selling.shops,
    looks: tenants.looks,
    media: selling.media,
    createShop,
    users: identity.users,
    catalog: catalog.changes,
    searchIndexing: following.searchIndexing,
    pricing: selling.pricing,
    availabilityTerm: following.availabilityTerm,
    prices: prices.lists,
    priceRules: prices.rules,
    stock: inventory.commands,
    reviews: following.reviews,
    accountFor: buying.accountFor,
  }
}

/** What is sold, to whom, for how much, and how many there are: it knows of no order. */
function openSelling(platform: Platform, { tokens, tail, sharing }: ComposeOptions) {
  const shops = openShops(platform)
  const everyTenant = async () => (await shops.list()).map(({ tenant }) => tenant.id)
  const identity = openIdentity(platform, {
    tokens: tokens ?? openTokens(platform),
    tenants: everyTenant,
  })
  const blobs = openBlobs(platform)
  const { media, ...pictures } = openMedia(platform, {
    blobs,
    tenants: everyTenant,
    slugOf: async (tenant) => (await shops.byId(tenant))?.slug ?? '',
  })
  const tenants = openTenants(platform, media)
  const levels = openStockLevels(platform)
  const words = openAvailabilities(platform)
  const ratings = openRatings(platform, tail)
  const offers = openCatalogOffers(platform, tail)
  const { pricing, ...prices } = openPricing(platform, { offers, users: identity.users, tail })
  const { sales } = prices
  const catalogParts = { offers, levels, words, tail, ratings, sales, sharing }
  const catalog = openCatalog(platform, catalogParts)
  const { stock, ...inventory } = openInventory(platform, { offers, levels })
  const { carts, ...cart } = openCart(platform, { pricing, stock })
  return {
    shops,
    tenants,
    everyTenant,
    identity,
    blobs,
    media,
    pictures,
    levels,
    words,
    ratings,
    offers,
    catalog,
    stock,
    inventory,
    pricing,
    prices,
    carts,
    cart,
  }
}

type Selling = ReturnType<typeof openSelling>

/** Orders, money and the process that puts them together. */
function openBuying(
  platform: Platform,
  selling: Selling,
  { paymentProviderUrl = 'http://127.0.0.1:9', paymentProvider }: ComposeOptions,
) {
  const { carts, offers, stock, pricing, everyTenant } = selling
  const orders = openOrders(platform, { tenants: everyTenant })
  const { payments, ...paying } = openPayments(platform, {
    orders: orders.orders,
    providerUrl: paymentProviderUrl,
    provider: paymentProvider,
  })
  const parts = {
    carts,
    offers,
    stock,
    payments,
    pricing,
    orders: orders.orders,
    tenants: everyTenant,
  }
  const checkout = openCheckout(platform, { ...parts, orderList: orders.queries.list })
  const returns = openReturns(platform, parts)
  return {
    contexts: [orders.context, paying.context, checkout.context, returns.context],
    accountFor: openAccount(platform, parts, openProviderBooks(platform, paymentProviderUrl)),
  }
}

/** What reads the others and follows them; no sale waits for it. */
function openFollowing(platform: Platform, selling: Selling, { tail }: ComposeOptions) {
  const { shops, everyTenant, identity, blobs, media, levels, words, offers, catalog } = selling
  const { pricing, prices, ratings } = selling
  const { products, pages } = catalog
  const live = openLive(platform, { products: catalog.live, words, tail })
  const search = openSearchContext(platform, {
    products,
    offers,
    availabilities: words,
    bundles: openBundlesOf(platform),
    ratings,
    sales: prices.sales,
    tenants: everyTenant,
    tail,
  })
  const reviews = openReviews(platform, { offers, ratings })
  const wishlists = openWishlists(platform, { offers })
  const seo = openSeo(platform, {
    products,
    pages,
    offers,
    words,
    pricing,
    media,
    ratings,
  })
  const exchange = openExchange(platform, {
    blobs,
    tenants: everyTenant,
    tenantOf: (id) => shops.byId(id),
    ends: (watched) => tableEnds(watched, { levels, users: identity.users, products }),
  })
  return {
    contexts: [live, search, reviews, wishlists, seo, exchange].map(({ context }) => context),
    searchIndexing: search.indexing,
    availabilityTerm: seo.availabilityTerm,
    reviews: reviews.commands,
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
