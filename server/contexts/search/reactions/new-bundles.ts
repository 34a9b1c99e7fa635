import type { CatalogEvent } from '#context/catalog'
import type { BundlesOf } from '#context/inventory'
import type { Platform } from '#platform/context'
import type { Id, TenantId } from '#platform/ids'

import type { Refresh } from '../commands/refresh.ts'

/** Inventory is asked so often, and so many times, whether it knows what a bundle is put together of. */
const ASK_MS = 250
const ASKS = 20

/** A SKU that a bundle is put together of. */
interface Part {
  readonly unit: string
  readonly sku: string
}

type Waiters = Map<Id, { readonly parts: readonly Part[]; readonly asks: number }>

export interface NewBundleParts {
  readonly bundles: BundlesOf
  readonly refresh: Refresh
}

/**
 * Inventory knows a new bundle some moments behind the catalog, and that moves no unit. Units that
 * moved before nobody knew whose parts they are were looked at for themselves only; so the bundle is
 * looked at once more as soon as it is known, and whatever moves later is known to touch it.
 */
export function newBundles(
  { waiting, log }: Pick<Platform, 'waiting' | 'log'>,
  { bundles, refresh }: NewBundleParts,
): (tenant: TenantId, event: CatalogEvent) => void {
  const shops = new Map<TenantId, Waiters>()

  async function ask(tenant: TenantId, waiters: Waiters): Promise<void> {
    bundles.forget(tenant)
    const known = await bundles.bundles(tenant)
    const found: Id[] = []
    for (const [id, { parts, asks }] of waiters) {
      const isKnown = parts.every(({ unit, sku }) => known.get(unit)?.includes(sku))
      // What stays unknown was changed once more: the job that looks through all shops finds the rest.
      if (isKnown || asks >= ASKS) found.push(id)
      else wait(tenant, id, { parts, asks: asks + 1 })
    }
    await refresh.stock(tenant, found)
  }

  function wait(tenant: TenantId, id: Id, waiter: { parts: readonly Part[]; asks: number }): void {
    const begun = shops.get(tenant)
    if (begun !== undefined) {
      begun.set(id, waiter)
      return
    }
    const waiters: Waiters = new Map([[id, waiter]])
    shops.set(tenant, waiters)
    waiting.after(ASK_MS, () => {
      shops.delete(tenant)
      ask(tenant, waiters).catch((error: unknown) =>
        log.warn({ err: error, tenant }, 'new bundles were not looked at'),
      )
    })
  }

  return (tenant, event) => {
    if (event.type !== 'catalog.product-created' && event.type !== 'catalog.product-changed') return
    const parts = partsOf(event)
    if (parts.length > 0) wait(tenant, event.productId, { parts, asks: 1 })
  }
}

type OfVariants = Extract<
  CatalogEvent,
  { type: 'catalog.product-created' | 'catalog.product-changed' }
>

function partsOf(event: OfVariants): Part[] {
  const variants =
    event.type === 'catalog.product-created' ? event.variants : (event.changes.variants ?? [])
  return variants.flatMap(({ sku, components }) =>
    // Events of the time before there were bundles say nothing of components.
    ((components as readonly { sku: string }[] | undefined) ?? []).map((part) => ({
      unit: part.sku,
      sku,
    })),
  )
}
