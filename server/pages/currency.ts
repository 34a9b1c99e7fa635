import type { Tenant } from '#platform/tenants'

import type { Currencies } from './contract.ts'

/** No secret: it decides which of a few pages that are everybody's one is given. */
const NAME = '__Host-torg-currency'
const SECONDS = 365 * 86_400

/** What is known of the prices of shops without asking the API: it is asked for every page. */
export interface ShopCurrencies {
  /** The main one first. */
  currencies(shop: Tenant): Promise<readonly string[]>
  /** Minor units, by way of delivery. */
  delivery(shop: Tenant, currency: string): Promise<Readonly<Record<string, number>>>
}

/** What a visitor chose, as long as the shop sells in it; else its main currency. */
export async function currencyShown(
  { currencies }: ShopCurrencies,
  shop: Tenant,
  cookie: string | undefined,
): Promise<string> {
  const [, chosen] = new RegExp(`(?:^|;\\s*)${NAME}=([A-Z]{3})(?:;|$)`).exec(cookie ?? '') ?? []
  // Nearly all say nothing, and nothing is asked for them.
  if (chosen === undefined || chosen === shop.currency) return shop.currency
  return (await currencies(shop)).includes(chosen) ? chosen : shop.currency
}

/** `set` is told the cookie of a choice. */
export function currenciesOf(
  { currencies, delivery }: ShopCurrencies,
  shop: Tenant,
  shown: string,
  set: (cookie: string) => void,
): Currencies {
  return {
    shown,
    all: () => currencies(shop),
    deliveryIn: (currency) => delivery(shop, currency),
    choose(currency) {
      if (!/^[A-Z]{3}$/.test(currency)) throw new Error(`There is no currency ${currency}.`)
      set(`${NAME}=${currency}; Path=/; Max-Age=${SECONDS}; Secure; HttpOnly; SameSite=Lax`)
    },
  }
}

/** For a page that is the same for everybody to whom this currency is shown. */
export function everybodys(prices: ShopCurrencies, shop: Tenant, shown: string): Currencies {
  return currenciesOf(prices, shop, shown, () => {
    throw new Error('A page that is the same for everybody chose a currency.')
  })
}
