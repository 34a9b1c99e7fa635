import { openTokens } from './platform/auth/tokens.ts'
import type { Context, Platform } from './platform/context.ts'
import { openCart } from './contexts/cart/context.ts'
import { openCatalog } from './contexts/catalog/context.ts'
import { openAccount, openCheckout } from './contexts/checkout/context.ts'
import { openIdentity } from './contexts/identity/context.ts'
import { openInventory, openStockLevels } from './contexts/inventory/context.ts'
import { openOrders } from './contexts/orders/context.ts'
import { openPayments, openProviderBooks } from './contexts/payments/context.ts'
import { openPricing } from './contexts/pricing/context.ts'
import { createShop, openTenants } from './contexts/tenants/context.ts'

export interface ComposeOptions {
  /** Where the payment provider answers. */
  readonly paymentProviderUrl?: string
  /** Instead of one that is reached at an address, for simulation. */
  readonly paymentProvider?: Parameters<typeof openPayments>[1]['provider']
  /** Instead of tokens under this deployment's secret, for simulation. */
  readonly tokens?: ReturnType<typeof openTokens>
}

/** The whole of the business, and what the seed needs of it. */
export type Composed = ReturnType<typeof compose>

/**
 * Builds every context after the ones whose ports it needs. That such an order exists is the proof
 * that synchronous calls between contexts have no cycle. Opens nothing: no port, no connection.
 */
export function compose(
  platform: Platform,
  { paymentProviderUrl = 'http://127.0.0.1:9', paymentProvider, tokens }: ComposeOptions = {},
) {
  const tenants = openTenants(platform)
  const identity = openIdentity(platform, {
    tokens: tokens ?? openTokens(platform),
    tenants: async () => (await tenants.shops.list()).map(({ tenant }) => tenant.id),
  })
  const levels = openStockLevels(platform)
  const { offers, ...catalog } = openCatalog(platform, { levels })
  const { stock, ...inventory } = openInventory(platform, { offers, levels })
  const { pricing, ...prices } = openPricing(platform, { offers })
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
  const checkout = openCheckout(platform, { ...parts, orderList: orders.queries.list })

  const contexts: readonly Context[] = [
    tenants,
    identity,
    catalog.context,
    inventory.context,
    prices.context,
    cart.context,
    orders.context,
    paying.context,
    checkout.context,
  ]
  return {
    contexts,
    shops: tenants.shops,
    createShop,
    users: identity.users,
    catalog: catalog.changes,
    stock: inventory.commands,
    accountFor: openAccount(platform, parts, openProviderBooks(platform, paymentProviderUrl)),
  }
}
