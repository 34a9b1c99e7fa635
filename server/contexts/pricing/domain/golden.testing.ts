/** What a golden case is, and the tax terms that several of them have. */
import type { TaxTerms } from '../contract.ts'

export type Given = readonly [sku: string, unitPrice: number, quantity: number, category?: string]

export interface Case {
  readonly name: string
  readonly currency?: string
  readonly terms: TaxTerms
  readonly lines: readonly Given[]
  readonly delivery?: number
  readonly discount?: number
  /** By line: total, tax, discount, delivery, delivery's tax. */
  readonly each: readonly (readonly [number, number, number?, number?, number?])[]
  /** Items, tax, total. */
  readonly sums: readonly [number, number, number]
}

export const terms = (
  areIncluded: boolean,
  rates: Record<string, number>,
  rounding: TaxTerms['rounding'] = 'half-up',
): TaxTerms => ({
  areIncluded,
  rounding,
  zone: 'z',
  source: 'own',
  rates: Object.fromEntries(
    Object.entries(rates).map(([category, partsPerMillion]) => [
      category,
      { name: category, partsPerMillion },
    ]),
  ),
})

export const UA = terms(true, { standard: 200_000 })
export const UA_MEDICINE = terms(true, { standard: 200_000, medicine: 70_000, export: 0 })
export const DE = terms(false, { standard: 190_000, reduced: 70_000 })
export const DE_IN = terms(true, { standard: 190_000, reduced: 70_000 })
export const EVEN = terms(false, { standard: 190_000 }, 'half-even')
export const JP = terms(true, { standard: 100_000, food: 80_000 })
export const JP_EX = terms(false, { standard: 100_000, food: 80_000 })
export const KW = terms(false, { standard: 50_000 })
export const HALF = terms(false, { standard: 500_000 })
export const HALF_EVEN = terms(false, { standard: 500_000 }, 'half-even')
export const US = terms(false, { standard: 88_750, clothes: 0 })
export const CH = terms(true, { standard: 81_000, reduced: 26_000 })
export const ALL = terms(true, { standard: 1_000_000 })
export const NONE: TaxTerms = { ...terms(true, {}), source: 'none', zone: null }
