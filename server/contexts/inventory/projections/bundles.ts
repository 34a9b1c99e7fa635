import type { Subscription } from '#platform/log/subscription'
import type { Write } from '#platform/write/commit'
import type { CatalogEvent } from '#context/catalog'

import { partsOf } from '../domain/parts.ts'
import { bundles } from '../store/bundles.ts'

/** Keeps `inventory.bundles`: what the free units of a bundle are counted by. */
export const knowBundles: Subscription = {
  kind: 'projection',
  name: 'inventory.bundles',
  hears: { events: ['catalog.product-created', 'catalog.product-changed'], transfers: false },
  project: (entries) =>
    entries.flatMap((entry) =>
      entry.kind === 'event'
        ? rowsOf(entry.event as CatalogEvent).map((write) => ({ tenant: entry.tenant, write }))
        : [],
    ),
}

/** A SKU is of one product for ever, so one that is new was no bundle before. */
function rowsOf(event: CatalogEvent): Write[] {
  switch (event.type) {
    case 'catalog.product-created':
      return event.variants.flatMap((variant) => (isBundle(variant) ? [rowOf(variant)] : []))
    case 'catalog.product-changed':
      return (event.changes.variants ?? []).map((variant) =>
        isBundle(variant)
          ? rowOf(variant)
          : { table: bundles, verb: 'delete', row: { sku: variant.sku } },
      )
    default:
      return []
  }
}

/** A variant as events have it: those before there were bundles say nothing of components. */
interface Made {
  readonly sku: string
  readonly components?: readonly { readonly sku: string; readonly quantity: number }[]
}

function isBundle({ components = [] }: Made): boolean {
  return components.length > 0
}

function rowOf({ sku, components = [] }: Made): Write {
  const parts = partsOf({ holdId: '', sku, quantity: 1, components })
  const each = parts.map((part) => ({ sku: part.sku, quantity: part.quantity }))
  return { table: bundles, verb: 'upsert', row: { sku, components: each } }
}
