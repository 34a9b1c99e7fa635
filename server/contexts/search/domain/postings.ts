import { Growing } from './growing.ts'
import { SortedWords } from './sorted.ts'

/** Bits of a posting that say in which field its term was found; the rest is the document's number. */
const FIELD_BITS = 2

/**
 * How much a term counts by where it was found: description, about (brand, category, attributes),
 * name, and name and category both: that is what the product is, not only what it goes with.
 */
export const FIELD_WEIGHTS = new Float32Array([0.35, 1.3, 2.4, 3.2])

/** Looking a document up in a list costs as much as reading so many of its postings. */
const LOOK_COST = 24

/** Postings one search reads at most where no document has all words: some ten milliseconds. */
const MOST_READ = 3_000_000

/** So many terms of one beginning are looked for, the commonest. */
const PREFIX_TERMS = 40

/** A term that may stand for a word that was sought, and how well: 1 for the word itself. */
export interface Alternative {
  readonly term: string
  /** Terms a document must have as well. */
  readonly also?: readonly string[]
  /** Every term that begins so. */
  readonly isPrefix?: true
  readonly weight: number
}

/** One word that was sought, as all terms it may be found by. */
export type Sought = readonly Alternative[]

/** A list to be read, and what each of its documents gains. */
interface Part {
  readonly numbers: Uint32Array
  readonly length: number
  readonly gain: number
}

/** What was found: the numbers of the documents, and by number how well each matches. */
export interface Matched {
  readonly documents: Uint32Array
  readonly count: number
  readonly scores: Float32Array
  /** How many of the words each of these documents has. */
  readonly words: number
}

/**
 * Which documents have which term, by document number. What is no longer there is told by the caller:
 * a document that changes gets a new number, and the old one stays in the lists until they are made anew.
 */
export class Postings {
  /** Most terms are of one product, a SKU: then the posting itself, at a tenth of the room. */
  readonly #lists = new Map<string, Growing | number>()
  readonly #terms = new SortedWords()
  #postings = 0
  // Scratch of one search, by document number. Stamps tell what is of this search, so nothing is cleared.
  #sum = new Float32Array(0)
  #best = new Float32Array(0)
  #found = new Uint8Array(0)
  #searchStamps = new Uint32Array(0)
  #wordStamps = new Uint32Array(0)
  #touched = new Uint32Array(0)
  #hits = new Uint32Array(0)
  #stamp = 0

  /** Roughly, of all lists. */
  get bytes(): number {
    return this.#postings * 7 + this.#lists.size * 120 + this.#sum.length * 25
  }

  add(term: string, document: number, field: number): void {
    const posting = document * 2 ** FIELD_BITS + field
    const list = this.#lists.get(term)
    if (list === undefined) {
      this.#lists.set(term, posting)
      this.#terms.add(term)
    } else if (typeof list === 'number') this.#lists.set(term, growingOf(list, posting))
    else list.push(posting)
    this.#postings += 1
  }

  has(term: string): boolean {
    return this.#lists.has(term)
  }

  /** In how many documents, those included that are no longer there. */
  count(term: string): number {
    const list = this.#lists.get(term)
    return typeof list === 'number' ? 1 : (list?.length ?? 0)
  }

  /**
   * Documents that have all words, or when there are none those that have as many as any has, but at
   * least half of them. The time it takes is bounded by the length of the lists that are read, and by
   * `MOST_READ`. The arrays belong to these postings and are good until the next search.
   */
  match(words: readonly Sought[], total: number, isThere: Uint8Array): Matched {
    this.#widen(isThere.length)
    const parts = words.map((alternatives) => this.#parts(alternatives, total))
    const all = this.#all(parts)
    if (all.some((document) => isThere[document] === 1)) {
      return { documents: all, count: all.length, scores: this.#sum, words: words.length }
    }
    return this.#most(parts, isThere)
  }

  /** Documents that have every word: the rarest is read first, and the others only about those. */
  #all(words: readonly (readonly Part[])[]): Uint32Array {
    const rarestFirst = words
      .map((parts) => ({ parts, cost: parts.reduce((cost, { length }) => cost + length, 0) }))
      .toSorted((a, b) => a.cost - b.cost)
    this.#begin()
    let count = 0
    for (const [place, { parts, cost }] of rarestFirst.entries()) {
      this.#stamp += 1
      if (place === 0) count = this.#scanFirst(parts)
      else if (count * LOOK_COST * parts.length < cost) count = this.#lookUp(parts, count)
      else count = this.#scanAgain(parts, count)
      if (count === 0) break
    }
    return this.#touched.subarray(0, count)
  }

  /** Every document of these lists, each with its best score. */
  #scanFirst(parts: readonly Part[]): number {
    const [sum, seen, touched, word] = [this.#sum, this.#wordStamps, this.#touched, this.#stamp]
    let count = 0
    for (const { numbers, length, gain } of parts) {
      for (let place = 0; place < length; place += 1) {
        const posting = numbers[place] as number
        const document = posting >>> FIELD_BITS
        const score = gain * (FIELD_WEIGHTS[posting & 3] as number)
        if (seen[document] !== word) {
          seen[document] = word
          sum[document] = score
          touched[count] = document
          count += 1
        } else if (score > (sum[document] as number)) sum[document] = score
      }
    }
    return count
  }

  /** Keeps those of the documents found so far that these lists have as well, by reading the lists. */
  #scanAgain(parts: readonly Part[], found: number): number {
    const [best, seen, touched, word] = [this.#best, this.#wordStamps, this.#touched, this.#stamp]
    for (let place = 0; place < found; place += 1) best[touched[place] as number] = 0
    for (const { numbers, length, gain } of parts) {
      for (let place = 0; place < length; place += 1) {
        const posting = numbers[place] as number
        const document = posting >>> FIELD_BITS
        // Found by the word before, or already by this one.
        if ((seen[document] as number) < word - 1) continue
        const score = gain * (FIELD_WEIGHTS[posting & 3] as number)
        seen[document] = word
        if (score > (best[document] as number)) best[document] = score
      }
    }
    return this.#keep(found, (document) => (seen[document] === word ? best[document] : undefined))
  }

  /** The same by looking each document up in the lists, which are in its order. */
  #lookUp(parts: readonly Part[], found: number): number {
    const [seen, word] = [this.#wordStamps, this.#stamp]
    return this.#keep(found, (document) => {
      let best: number | undefined
      for (const { numbers, length, gain } of parts) {
        const posting = postingOf(numbers, length, document)
        if (posting === undefined) continue
        const score = gain * (FIELD_WEIGHTS[posting & 3] as number)
        if (best === undefined || score > best) best = score
      }
      if (best !== undefined) seen[document] = word
      return best
    })
  }

  #keep(found: number, gainOf: (document: number) => number | undefined): number {
    const [sum, touched] = [this.#sum, this.#touched]
    let count = 0
    for (let place = 0; place < found; place += 1) {
      const document = touched[place] as number
      const gain = gainOf(document)
      if (gain === undefined) continue
      sum[document] = (sum[document] as number) + gain
      touched[count] = document
      count += 1
    }
    return count
  }

  /** Documents that have as many of the words as any has. */
  #most(words: readonly (readonly Part[])[], isThere: Uint8Array): Matched {
    const touched = this.#readAll(words)
    let most = 0
    for (let place = 0; place < touched; place += 1) {
      const document = this.#touched[place] as number
      if (isThere[document] === 1) most = Math.max(most, this.#found[document] as number)
    }
    let count = 0
    if (most >= words.length / 2 && most > 0) {
      for (let place = 0; place < touched; place += 1) {
        const document = this.#touched[place] as number
        if (this.#found[document] !== most || isThere[document] !== 1) continue
        this.#hits[count] = document
        count += 1
      }
    }
    return { documents: this.#hits, count, scores: this.#sum, words: most }
  }

  /** Every document that has any of the words, with how many it has. */
  #readAll(words: readonly (readonly Part[])[]): number {
    this.#begin()
    this.#stamp += 1
    const search = this.#stamp
    const [sum, best, found] = [this.#sum, this.#best, this.#found]
    const [searches, seen, touched] = [this.#searchStamps, this.#wordStamps, this.#touched]
    let [count, read] = [0, 0]
    for (const parts of words) {
      this.#stamp += 1
      const word = this.#stamp
      for (const { numbers, length, gain } of parts) {
        read += length
        if (read > MOST_READ) return count
        for (let place = 0; place < length; place += 1) {
          const posting = numbers[place] as number
          const document = posting >>> FIELD_BITS
          const score = gain * (FIELD_WEIGHTS[posting & 3] as number)
          if (seen[document] === word) {
            const before = best[document] as number
            if (score <= before) continue
            sum[document] = (sum[document] as number) + score - before
            best[document] = score
            continue
          }
          if (searches[document] !== search) {
            searches[document] = search
            sum[document] = 0
            found[document] = 0
            touched[count] = document
            count += 1
          }
          seen[document] = word
          best[document] = score
          sum[document] = (sum[document] as number) + score
          found[document] = (found[document] as number) + 1
        }
      }
    }
    return count
  }

  #begin(): void {
    if (this.#stamp > 4_000_000_000) this.#restart()
    // The word before the first is no word of another search.
    this.#stamp += 2
  }

  /**
   * The lists of one word, the best first. No other name of it counts as rarer than that: otherwise a
   * rare name of something else (trainer) would outdo the word that was sought (кросівки).
   */
  #parts(alternatives: Sought, total: number): Part[] {
    let most = Infinity
    return alternatives.flatMap((each) =>
      this.#listsOf(each).map(({ numbers, length }) => {
        const rarity = Math.min(most, Math.log(1 + total / (length + 0.5)))
        if (most === Infinity) most = rarity
        return { numbers, length, gain: each.weight * rarity }
      }),
    )
  }

  #listsOf({ term, also = [], isPrefix }: Alternative): readonly Growing[] {
    if (isPrefix === true)
      return this.withPrefix(term, PREFIX_TERMS).flatMap((each) => this.#list(each) ?? [])
    const list = this.#list(term)
    const together = also.length === 0 ? list : this.#together(list, also)
    return together === undefined ? [] : [together]
  }

  #list(term: string): Growing | undefined {
    const list = this.#lists.get(term)
    return typeof list === 'number' ? growingOf(list) : list
  }

  /** The postings of documents that have the other terms as well; lists are in the order of documents. */
  #together(list: Growing | undefined, also: readonly string[]): Growing | undefined {
    let left = list
    for (const term of also) {
      const other = this.#list(term)
      if (left === undefined || other === undefined) return undefined
      const both = new Growing()
      const [numbers, others] = [left.numbers, other.numbers]
      for (let place = 0, at = 0; place < left.length && at < other.length;) {
        const posting = numbers[place] as number
        const [one, two] = [posting >>> FIELD_BITS, (others[at] as number) >>> FIELD_BITS]
        if (one === two) both.push(posting)
        if (one <= two) place += 1
        else at += 1
      }
      left = both
    }
    return left
  }

  /** Terms that begin so, the commonest first. */
  withPrefix(prefix: string, most: number): string[] {
    if (prefix === '') return []
    const found = this.#terms.beginningWith(prefix, PREFIX_TERMS * 50)
    return found.toSorted((a, b) => this.count(b) - this.count(a)).slice(0, most)
  }

  #widen(length: number): void {
    if (this.#sum.length >= length) return
    this.#sum = new Float32Array(length)
    this.#best = new Float32Array(length)
    this.#found = new Uint8Array(length)
    this.#touched = new Uint32Array(length)
    this.#hits = new Uint32Array(length)
    this.#restart(length)
  }

  #restart(length = this.#sum.length): void {
    this.#searchStamps = new Uint32Array(length)
    this.#wordStamps = new Uint32Array(length)
    this.#stamp = 0
  }
}

function growingOf(...postings: readonly number[]): Growing {
  const list = new Growing(postings.length)
  for (const posting of postings) list.push(posting)
  return list
}

/** The posting of a document in a list, which is in the order of documents. */
function postingOf(numbers: Uint32Array, length: number, document: number): number | undefined {
  let [low, high] = [0, length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((numbers[middle] as number) >>> FIELD_BITS < document) low = middle + 1
    else high = middle
  }
  const posting = numbers[low]
  return low < length && posting !== undefined && posting >>> FIELD_BITS === document
    ? posting
    : undefined
}
