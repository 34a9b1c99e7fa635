import { accept, refuse, type Outcome } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'
import type { Aggregate } from '#platform/write/commit'

import type {
  ListPriceRemoved,
  ListPriceSet,
  PriceListSet,
  PriceListView,
  PricingRefusal,
} from '../contract.ts'

/** The stream of a currency: since when the shop sells in it, and how it delivers. */
export const priceLists: Aggregate<{ readonly list: PriceListView | null }, PriceListSet> = {
  kind: 'price-list',
  initial: { list: null },
  apply: (_, { currency, delivery }) => ({ list: { currency, delivery } }),
}

/** The stream of one price: `list-price/EUR/BALL-5`. */
export const listPrices: Aggregate<
  { readonly amount: number | null },
  ListPriceSet | ListPriceRemoved
> = {
  kind: 'list-price',
  initial: { amount: null },
  apply: (_, event) => ({ amount: event.type === 'pricing.price-set' ? event.amount : null }),
}

/** Whether this list may be as it is wished. */
export function allowed(
  tenant: Tenant,
  { currency, delivery }: PriceListView,
): Outcome<PriceListView, PricingRefusal> {
  if (currency === tenant.currency) return refuse({ code: 'pricing.list-of-catalog', currency })
  const odd = Object.keys(delivery).find((method) => !Object.hasOwn(tenant.delivery, method))
  if (odd !== undefined) return refuse({ code: 'pricing.delivery-unknown', method: odd })
  return accept({ currency, delivery })
}

export function isSame(one: PriceListView | null, other: PriceListView): boolean {
  const [a, b] = [Object.entries(one?.delivery ?? {}), Object.entries(other.delivery)]
  return (
    one !== null &&
    a.length === b.length &&
    b.every(([method, price]) => one.delivery[method] === price)
  )
}
