import type { Pricing } from './contract.ts'
import { total } from './domain/total.ts'

/** Needs nothing, stores nothing. */
export function openPricing(): Pricing {
  return { total }
}
