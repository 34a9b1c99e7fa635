import type { Aggregate } from '#platform/write/commit'

import type { BrandSet, Texts } from '../contract.ts'

/** A brand as its events tell it; version 0 when they tell nothing. */
export interface Brand {
  readonly version: number
  readonly name: string
  readonly story: Texts
}

export const brands: Aggregate<Brand, BrandSet> = {
  kind: 'brand',
  initial: { version: 0, name: '', story: {} },
  apply(before, { name, story, after }) {
    return { version: (before.version || (after ?? 0)) + 1, name, story }
  },
}
