import type { Instant } from '#platform/clock'
import type { Id } from '#platform/ids'

import { FIELDS, shownOf, slugsOf, type Entry, type Field, type Shown } from './entry.ts'
import { Growing, widened } from './growing.ts'
import { Lexicon } from './lexicon.ts'
import { Postings } from './postings.ts'
import { Values } from './values.ts'

const FIELD_NUMBERS: Readonly<Record<Field, number>> = {
  description: 0,
  about: 1,
  name: 2,
  kind: 3,
}

/** So many numbers of documents may be of products that have changed since. */
const DEAD_ALLOWED = 1000

/**
 * What one shop sells, in memory, ready to be searched (`find.ts`): the terms, facets, prices and
 * times of each product by a dense number. A product that changes gets a new number, so that nothing
 * is ever half changed; `isWorn` says when it is time to build the index anew.
 *
 * Not more than one search at a time reads it, because searches do not wait for anything.
 */
export class ShopIndex {
  readonly postings = new Postings()
  readonly values = new Values()
  readonly lexicon = new Lexicon()
  /** By number: 1 where the product is sold and there are units of it. */
  isThere = new Uint8Array(0)
  minPrices = new Float64Array(0)
  rated = new Uint32Array(0)
  createdAt = new Float64Array(0)
  visibleFrom = new Float64Array(0)
  visibleUntil = new Float64Array(0)
  /** Where the values of a document begin in `valueNumbers`, and how many there are. */
  valueStarts = new Uint32Array(0)
  valueCounts = new Uint16Array(0)
  readonly #valueNumbers = new Growing(64)
  /** Of which words the lexicon is to be freed when a document goes, and where they begin. */
  readonly #notes = new Growing(64)
  #noteStarts = new Uint32Array(0)
  #noteCounts = new Uint16Array(0)
  readonly #entries: (Shown | undefined)[] = []
  readonly #byId = new Map<Id, number>()
  readonly #available = new Set<Id>()
  #textBytes = 0
  #version = 0

  /** Numbers given so far; those of products that have changed or gone are not given again. */
  get length(): number {
    return this.#entries.length
  }

  /** Products there are, shown or not. */
  get products(): number {
    return this.#byId.size
  }

  /** Rises with every change. */
  get version(): number {
    return this.#version
  }

  get valueNumbers(): Uint32Array {
    return this.#valueNumbers.numbers
  }

  /** Roughly what it takes of memory. */
  get bytes(): number {
    const columns = this.isThere.length * 49
    const lists =
      this.#valueNumbers.bytes + this.#notes.bytes + this.postings.bytes + this.lexicon.bytes
    return columns + lists + this.#textBytes + this.#available.size * 60
  }

  get isWorn(): boolean {
    const dead = this.#entries.length - this.#byId.size
    return dead > DEAD_ALLOWED && dead > this.#entries.length * 0.3
  }

  entry(document: number): Shown {
    return this.#entries[document] as Shown
  }

  documentOf(id: Id): number | undefined {
    return this.#byId.get(id)
  }

  /** The product is as this says from now on. */
  put(entry: Entry, knownAt?: Instant): void {
    this.remove(entry.id)
    const document = this.#entries.length
    this.#byId.set(entry.id, document)
    this.#widen(document + 1)
    this.#putValues(document, entry)
    const shown = this.#shownOf(entry, knownAt)
    this.#entries.push(shown)
    this.isThere[document] = this.#available.has(entry.id) ? 1 : 0
    this.minPrices[document] = entry.minPrice
    this.rated[document] = entry.rated ?? 0
    this.createdAt[document] = entry.createdAt
    this.visibleFrom[document] = entry.visibleFrom ?? 0
    this.visibleUntil[document] = entry.visibleUntil ?? Number.MAX_SAFE_INTEGER
    for (const field of FIELDS) {
      for (const term of entry.terms[field]) {
        this.postings.add(term, document, FIELD_NUMBERS[field])
      }
    }
    this.#noteStarts[document] = this.#notes.length
    this.lexicon.add(entry.words, this.#notes)
    this.#noteCounts[document] = this.#notes.length - (this.#noteStarts[document] as number)
    this.#textBytes += sizeOf(shown)
    this.#version += 1
  }

  /** The product is shown no more. */
  remove(id: Id): void {
    const document = this.#byId.get(id)
    if (document === undefined) return
    const entry = this.entry(document)
    const start = this.#noteStarts[document] as number
    for (let at = start; at < start + (this.#noteCounts[document] as number); at += 1) {
      this.lexicon.remove(this.#notes.numbers[at] as number)
    }
    this.#textBytes -= sizeOf(entry)
    this.#entries[document] = undefined
    this.#byId.delete(id)
    this.isThere[document] = 0
    this.#version += 1
  }

  /** Whether there are units; told before or after the product itself. */
  setAvailable(id: Id, isAvailable: boolean): void {
    if (this.#available.has(id) === isAvailable) return
    if (isAvailable) this.#available.add(id)
    else this.#available.delete(id)
    const document = this.#byId.get(id)
    if (document === undefined) return
    this.isThere[document] = isAvailable ? 1 : 0
    this.#version += 1
  }

  isAvailable(id: Id): boolean {
    return this.#available.has(id)
  }

  #shownOf(entry: Entry, knownAt: Instant | undefined): Shown {
    const { category, brand } = slugsOf(entry)
    return shownOf(entry, knownAt, {
      category: category && this.values.sameSlug('category', category),
      brand: brand && this.values.sameSlug('brand', brand),
    })
  }

  #putValues(document: number, entry: Entry): void {
    const numbers = new Set<number>()
    const take = (number: number | undefined): void => {
      if (number !== undefined) numbers.add(number)
    }
    for (const { slug, name } of entry.categories) {
      const value = { code: slug, label: name, number: null }
      take(this.values.take({ kind: 'category', code: 'category', name: {} }, value))
    }
    if (entry.brand !== null) {
      const value = { code: entry.brand.slug, label: { '': entry.brand.name }, number: null }
      take(this.values.take({ kind: 'brand', code: 'brand', name: {} }, value))
    }
    for (const { code, name, values } of entry.attributes) {
      for (const value of values) take(this.values.take({ kind: 'attribute', code, name }, value))
    }
    this.valueStarts[document] = this.#valueNumbers.length
    this.valueCounts[document] = numbers.size
    for (const number of numbers) this.#valueNumbers.push(number)
  }

  #widen(length: number): void {
    this.isThere = widened(this.isThere, length)
    this.minPrices = widened(this.minPrices, length)
    this.rated = widened(this.rated, length)
    this.createdAt = widened(this.createdAt, length)
    this.visibleFrom = widened(this.visibleFrom, length)
    this.visibleUntil = widened(this.visibleUntil, length)
    this.valueStarts = widened(this.valueStarts, length)
    this.valueCounts = widened(this.valueCounts, length)
    this.#noteStarts = widened(this.#noteStarts, length)
    this.#noteCounts = widened(this.#noteCounts, length)
  }
}

/** Texts are one or two bytes a character; a dozen objects an entry. As measured by `bench search`. */
function sizeOf({ name, skus }: Shown): number {
  let size = 500
  for (const text of Object.values(name)) size += text.length * 2 + 24
  for (const sku of skus) size += sku.length + 32
  return size
}
