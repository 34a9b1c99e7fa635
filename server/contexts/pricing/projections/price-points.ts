import type { LoggedEvent, Subscription } from '#platform/log/subscription'
import type { Money } from '#platform/money'
import type { CatalogEvent, Variant } from '#context/catalog'

import type { PricingEvent } from '../contract.ts'
import { pricePointTable } from '../store/price-points.ts'

interface Point {
  readonly sku: string
  readonly currency: string
  readonly amount: number | null
}

/** Keeps `pricing.price_points`: what every SKU has cost since when, without special lists. */
export const keepPricePoints: Subscription = {
  kind: 'projection',
  name: 'pricing.price-points',
  hears: {
    events: [
      'catalog.product-created',
      'catalog.product-changed',
      'pricing.price-set',
      'pricing.price-removed',
    ],
    transfers: false,
  },
  project: (entries) =>
    entries.flatMap((entry) =>
      entry.kind === 'event'
        ? pointsOf(entry).map(({ sku, currency, amount }) => ({
            tenant: entry.tenant,
            write: {
              table: pricePointTable,
              verb: 'upsert' as const,
              row: { currency, sku, at: new Date(entry.at).toISOString(), amount },
            },
          }))
        : [],
    ),
}

function pointsOf({ event }: LoggedEvent): Point[] {
  const heard = event as CatalogEvent | PricingEvent
  switch (heard.type) {
    case 'catalog.product-created':
      return heard.variants.map(pointOf)
    case 'catalog.product-changed':
      return (heard.changes.variants ?? []).map(pointOf)
    case 'pricing.price-set':
      return [{ sku: heard.sku, currency: heard.currency, amount: heard.amount }]
    case 'pricing.price-removed':
      return [{ sku: heard.sku, currency: heard.currency, amount: null }]
    default:
      return []
  }
}

function pointOf({ sku, price }: Variant & { readonly price: Money }): Point {
  return { sku, currency: price.currency, amount: price.amount }
}
