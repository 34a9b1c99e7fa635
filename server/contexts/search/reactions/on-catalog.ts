import type { CatalogEvent } from '#context/catalog'
import type { Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'
import type { Subscription } from '#platform/log/subscription'

import { gathering, SIDE_BY_SIDE } from './gathering.ts'
import { newBundles, type NewBundleParts } from './new-bundles.ts'

const NEW = 'catalog.product-created'

const OF_PRODUCTS = [
  'catalog.product-changed',
  'catalog.product-archived',
  // The place by rating is part of what is kept of a product.
  'reviews.rating-changed',
]

/** What many products say of themselves: their category's name, their brand's, their attributes'. */
const OF_MANY = [
  'catalog.category-set',
  'catalog.category-removed',
  'catalog.brand-set',
  'catalog.attribute-set',
]

/**
 * After the catalog has changed (SRC-07): a product is indexed anew at once. New ones come by the
 * thousand when a table is read, so a subscription of their own hears them, and what changes meanwhile
 * does not wait behind them. Both make the index say what there is now, so neither has to come first.
 * What many products share is followed by looking through the whole shop, beside and once for however
 * many changes; should the process end meanwhile, the job that looks through all shops finds what is
 * left.
 */
export function onCatalog(
  { waiting, log }: Pick<Platform, 'waiting' | 'log'>,
  { bundles, refresh }: NewBundleParts,
): readonly Subscription[] {
  const lookAgain = newBundles({ waiting, log }, { bundles, refresh })
  /** Shops being looked through, and whether they changed again since. */
  const underWay = new Map<TenantId, 'once' | 'again'>()

  function lookThrough(tenant: TenantId): void {
    if (underWay.has(tenant)) {
      underWay.set(tenant, 'again')
      return
    }
    underWay.set(tenant, 'once')
    waiting.after(200, () => {
      underWay.set(tenant, 'once')
      refresh
        .everything(tenant)
        .catch((error: unknown) => log.warn({ err: error, tenant }, 'a shop was not indexed whole'))
        .finally(() => {
          const isChanged = underWay.get(tenant) === 'again'
          underWay.delete(tenant)
          if (isChanged) lookThrough(tenant)
        })
    })
  }

  const heard = (name: string, ofProducts: readonly string[], ofMany: readonly string[]) => {
    const indexed = gathering(waiting, async (tenant, ids) => {
      await refresh.products(tenant, ids)
    })
    return {
      kind: 'reaction',
      name,
      sideBySide: SIDE_BY_SIDE,
      hears: { events: [...ofProducts, ...ofMany], transfers: false },
      async react(entry) {
        if (entry.kind !== 'event') return
        if (ofMany.includes(entry.event.type)) return lookThrough(entry.tenant)
        const { productId } = entry.event as unknown as { productId: string }
        await indexed(entry.tenant, [productId])
        if (entry.event.type !== 'reviews.rating-changed')
          lookAgain(entry.tenant, entry.event as CatalogEvent)
      },
    } satisfies Subscription
  }
  return [heard('search.catalog', OF_PRODUCTS, OF_MANY), heard('search.new-products', [NEW], [])]
}
