import type { Availabilities, Availability } from '#context/inventory'
import { Kept } from '#platform/cache/kept'
import type { Tail } from '#platform/cache/tail'
import type { Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'

import { skuOf, unitsIn } from '../domain/listing.ts'
import { perTick } from '#platform/per-tick'

/** SKUs whose availability is remembered. */
const SKUS_KEPT = 100_000
/** What nobody has said to hold is not believed for longer. */
const AGE_MS = 1_000
/** What bundles are put together of follows the catalog some moments later, and moves no unit. */
const MOST_MS = 5_000

/** How SKUs stand, remembered until the log tells that units of them moved. */
export interface Standings {
  /** By SKU; asked by what lists keep, so that the components of bundles are heard as well. */
  of(tenant: TenantId, listed: readonly string[]): Promise<ReadonlyMap<string, Availability>>
  forget(tenant: TenantId): void
}

/** A SKU that is put together of nothing is dropped by its own name. */
const NO_UNITS: readonly string[] = []

export function openStandings(
  { clock, waiting }: Pick<Platform, 'clock' | 'waiting'>,
  words: Availabilities,
  tail: Tail | undefined,
): Standings {
  const kept = new Kept<Availability>({
    clock,
    maxAgeMs: AGE_MS,
    mostMs: MOST_MS,
    maxSize: SKUS_KEPT,
    ...(tail === undefined ? {} : { currentTo: () => tail.currentTo() }),
  })
  const load = perTick<Availability>(waiting, (tenant, skus) => words.of(tenant, skus))
  tail?.hear({
    told({ tenant, type }) {
      if (type.startsWith('catalog.product-')) kept.dropAllOf(tenant)
      if (!changesWords(type)) return
      words.forget(tenant)
      kept.dropAllOf(tenant)
    },
    moved: ({ tenant, unit }) => kept.drop(tenant, unit),
    lost: () => kept.dropAll(),
  })
  return {
    of(tenant, listed) {
      const wanted = new Map<string, readonly string[]>()
      for (const each of listed) {
        wanted.set(skuOf(each), each.includes('+') ? unitsIn(each) : NO_UNITS)
      }
      return kept.all(tenant, wanted, (missing) => load(tenant, missing))
    },
    forget: (tenant) => kept.dropAllOf(tenant),
  }
}

/** Whether an event may put what is free into other words; what moves is told by transfers. */
export function changesWords(type: string): boolean {
  return /^inventory\.((threshold|backorder)-set|settings-changed)$/.test(type)
}
