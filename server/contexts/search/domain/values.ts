import type { Texts } from './entry.ts'
import { widened } from './growing.ts'
import { textIn } from './texts.ts'

/** What products are filtered by: `category`, `brand`, or an attribute, whose code is its own. */
export type FacetKind = 'category' | 'brand' | 'attribute'

export interface Facet {
  readonly number: number
  readonly kind: FacetKind
  readonly code: string
  readonly name: Texts
  /** The numbers of its values. */
  readonly values: number[]
}

export interface Value {
  readonly facet: Facet
  readonly code: string
  readonly label: Texts
  /** Of an attribute that is measured. */
  readonly amount: number | null
}

/** More than any shop has; an attribute that comes later is no facet, so memory stays bounded. */
const MOST_FACETS = 200
const MOST_VALUES = 20_000

/** Lists of languages whose names are kept; a shop has three or four. */
const MOST_NAMINGS = 8

/** The facets of one shop and their values, by number; what is called anew keeps its number. */
export class Values {
  readonly #facets = new Map<string, Facet>()
  readonly #numbers = new Map<string, number>()
  readonly #values: Value[] = []
  readonly #codes: string[] = []
  readonly #namings = new Map<string, readonly string[]>()
  #facetNumbers = new Uint16Array(0)
  #numbered = 0

  get length(): number {
    return this.#values.length
  }

  at(number: number): Value {
    return this.#values[number] as Value
  }

  /** Their codes by number. */
  get codes(): readonly string[] {
    return this.#codes
  }

  /**
   * What they are called in the first of these languages that has a word for it, by number: kept until
   * one changes, because a page shows dozens, and each would be read from three places of memory.
   */
  namesIn(languages: readonly string[]): readonly string[] {
    const key = languages.join()
    const known = this.#namings.get(key)
    if (known !== undefined) return known
    const names = this.#values.map(({ label, code }) => textIn(label, languages).text || code)
    if (this.#namings.size >= MOST_NAMINGS) this.#namings.clear()
    this.#namings.set(key, names)
    return names
  }

  facets(): Iterable<Facet> {
    return this.#facets.values()
  }

  get facetCount(): number {
    return this.#facets.size
  }

  /** The number of its facet by the number of each value. Good until the next value comes. */
  facetNumbers(): Uint16Array {
    if (this.#numbered < this.#values.length) {
      this.#facetNumbers = widened(this.#facetNumbers, this.#values.length)
      for (; this.#numbered < this.#values.length; this.#numbered += 1) {
        this.#facetNumbers[this.#numbered] = this.at(this.#numbered).facet.number
      }
    }
    return this.#facetNumbers
  }

  facet(kind: FacetKind, code: string): Facet | undefined {
    return this.#facets.get(`${kind}/${code}`)
  }

  numberOf(facet: Facet, code: string): number | undefined {
    return this.#numbers.get(`${facet.number}/${code}`)
  }

  /** A slug as its value has it: one text for all products, so that a page reads less memory. */
  sameSlug(kind: 'category' | 'brand', slug: string): string {
    const facet = this.facet(kind, kind)
    const number = facet === undefined ? undefined : this.numberOf(facet, slug)
    return number === undefined ? slug : (this.#codes[number] as string)
  }

  /** The number of a value; undefined when there are too many to keep. */
  take(
    of: { readonly kind: FacetKind; readonly code: string; readonly name: Texts },
    value: { readonly code: string; readonly label: Texts; readonly number: number | null },
  ): number | undefined {
    const facet = this.#takeFacet(of)
    if (facet === undefined) return undefined
    const key = `${facet.number}/${value.code}`
    const known = this.#numbers.get(key)
    const number = known ?? this.#values.length
    if (known === undefined) {
      if (number >= MOST_VALUES) return undefined
      this.#numbers.set(key, number)
      facet.values.push(number)
    }
    // The last to come says how it is called; what it says again is what is known of it already.
    const before = this.#values[number]
    if (before !== undefined && isSame(before.label, value.label)) return number
    this.#values[number] = { facet, code: value.code, label: value.label, amount: value.number }
    this.#codes[number] = value.code
    this.#namings.clear()
    return number
  }

  #takeFacet(of: { kind: FacetKind; code: string; name: Texts }): Facet | undefined {
    const key = `${of.kind}/${of.code}`
    const known = this.#facets.get(key)
    if (known !== undefined) return Object.assign(known, { name: of.name })
    if (this.#facets.size >= MOST_FACETS) return undefined
    const facet: Facet = { ...of, number: this.#facets.size, values: [] }
    this.#facets.set(key, facet)
    return facet
  }
}

function isSame(one: Texts, other: Texts): boolean {
  const names = Object.keys(one)
  return (
    names.length === Object.keys(other).length && names.every((name) => one[name] === other[name])
  )
}
