import type { Platform } from '#platform/context'
import { known } from '#platform/known'

import type { BundlesOf } from '../contract.ts'
import { partsOfBundles } from '../store/bundles.ts'

/** A sale moves units all the time, and bundles are made now and then. */
const FRESH_MS = 1_000

export function bundlesOf({ reads, clock }: Pick<Platform, 'reads' | 'clock'>): BundlesOf {
  const bundles = known(clock, FRESH_MS, async (tenant) => {
    const found = new Map<string, string[]>()
    for (const { sku, unit } of await partsOfBundles(reads, tenant)) {
      found.set(unit, [...(found.get(unit) ?? []), sku])
    }
    return found
  })
  return { bundles: (tenant) => bundles.of(tenant), forget: (tenant) => bundles.forget(tenant) }
}
