import type { Platform } from '#platform/context'
import { money } from '#platform/money'
import { accept, refuse } from '#platform/outcome'
import { stream } from '#platform/write/commit'
import type { Offers } from '#context/catalog'

import type { ListPriceView, PriceListCommands, PricingRefusal } from '../contract.ts'
import { listPrices, priceLists } from '../domain/price-list.ts'
import type { KnownPrices } from '../store/known-prices.ts'
import { listPriceTable } from '../store/price-lists.ts'

/** Buyers to whom a lower price was shown keep it while its promise lasts. */
export function setPrice(
  { write }: Pick<Platform, 'write'>,
  offers: Offers,
  prices: Pick<KnownPrices, 'forget'>,
): PriceListCommands['setPrice'] {
  return async (tenant, { sku, currency, amount }, cause) => {
    const known = await offers.offers(tenant.id, [sku])
    const row = { sku, currency, amount }
    const answer: ListPriceView = { sku, price: money(amount, currency) }
    const outcome = await write({
      tenant: tenant.id,
      ...cause,
      streams: {
        list: stream(priceLists, currency),
        price: stream(listPrices, `${currency}/${sku}`),
      },
      decide({ list, price }) {
        if (currency === tenant.currency) {
          return refused({ code: 'pricing.list-of-catalog', currency })
        }
        if (list.list === null) return refused({ code: 'pricing.list-unknown', currency })
        if (!known.has(sku)) return refused({ code: 'pricing.sku-unknown', sku })
        if (price.amount === amount) return accept({ answer })
        return accept({
          append: { price: [{ type: 'pricing.price-set', ...row }] },
          rows: [{ table: listPriceTable, verb: 'upsert', row }],
          answer,
        })
      },
    })
    prices.forget(tenant.id)
    return outcome
  }
}

export function removePrice(
  { write }: Pick<Platform, 'write'>,
  prices: Pick<KnownPrices, 'forget'>,
): PriceListCommands['removePrice'] {
  return async (tenant, { sku, currency }, cause) => {
    const outcome = await write({
      tenant: tenant.id,
      ...cause,
      streams: { price: stream(listPrices, `${currency}/${sku}`) },
      decide({ price }) {
        if (currency === tenant.currency) {
          return refused({ code: 'pricing.list-of-catalog', currency })
        }
        if (price.amount === null) return refused({ code: 'pricing.price-unknown', sku, currency })
        return accept({
          append: { price: [{ type: 'pricing.price-removed', sku, currency }] },
          rows: [{ table: listPriceTable, verb: 'delete', row: { sku, currency } }],
          answer: null,
        })
      },
    })
    prices.forget(tenant.id)
    return outcome
  }
}

function refused(refusal: PricingRefusal) {
  return refuse(refusal)
}
