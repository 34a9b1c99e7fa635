import { trigrams as trigramsOf } from '../words/correct.ts'

/** A word of the shop's texts, as people write it, and in how many products it is. */
export interface Word {
  readonly word: string
  readonly frequency: number
}

interface Known {
  readonly number: number
  /** By language. */
  readonly counts: Map<string, number>
  total: number
}

/** Words compared for one correction; the likeliest by the trigrams they share. */
const CANDIDATES = 60

/** Words looked at for one beginning. */
const PREFIX_LOOKS = 3000

/** The words a shop's texts have: for corrections by shared trigrams, and for suggestions by beginnings. */
export class Lexicon {
  readonly #known = new Map<string, Known>()
  readonly #words: string[] = []
  readonly #byTrigram = new Map<string, number[]>()
  #sorted: string[] = []
  #isSorted = true
  #bytes = 0
  #shared = new Uint8Array(0)

  get bytes(): number {
    return this.#bytes
  }

  get length(): number {
    return this.#words.length
  }

  add(words: Readonly<Record<string, readonly string[]>>): void {
    for (const [language, all] of Object.entries(words)) {
      for (const word of all) {
        const known = this.#known.get(word) ?? this.#learn(word)
        known.counts.set(language, (known.counts.get(language) ?? 0) + 1)
        known.total += 1
      }
    }
  }

  remove(words: Readonly<Record<string, readonly string[]>>): void {
    for (const [language, all] of Object.entries(words)) {
      for (const word of all) {
        const known = this.#known.get(word)
        if (known === undefined) continue
        known.counts.set(language, (known.counts.get(language) ?? 1) - 1)
        known.total -= 1
      }
    }
  }

  /** How many products have it in any of their languages, counted once for each. */
  frequency(word: string): number {
    return this.#known.get(word)?.total ?? 0
  }

  /** Words that begin so, those of the language first, then the commonest. */
  beginningWith(prefix: string, language: string, most: number): Word[] {
    if (prefix === '') return []
    const sorted = this.#inOrder()
    let [low, high] = [0, sorted.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((sorted[middle] as string) < prefix) low = middle + 1
      else high = middle
    }
    const found: { word: string; own: number; frequency: number }[] = []
    for (let place = low; place < sorted.length && place < low + PREFIX_LOOKS; place += 1) {
      const word = sorted[place] as string
      if (!word.startsWith(prefix)) break
      const known = this.#known.get(word) as Known
      if (known.total > 0) {
        found.push({ word, own: known.counts.get(language) ?? 0, frequency: known.total })
      }
    }
    return found
      .toSorted((a, b) => b.own - a.own || b.frequency - a.frequency)
      .slice(0, most)
      .map(({ word, frequency }) => ({ word, frequency }))
  }

  /** Words that share most trigrams, which the caller makes as `words/` does. */
  like(trigrams: readonly string[]): Word[] {
    if (this.#shared.length < this.#words.length) {
      this.#shared = new Uint8Array(Math.ceil(this.#words.length * 1.5))
    }
    const touched: number[] = []
    for (const trigram of trigrams.slice(0, 66)) {
      for (const number of this.#byTrigram.get(trigram) ?? []) {
        if (this.#shared[number] === 0) touched.push(number)
        this.#shared[number] = (this.#shared[number] as number) + 1
      }
    }
    const least = Math.max(1, Math.floor(trigrams.length / 4))
    const found: { word: string; frequency: number; shared: number }[] = []
    for (const number of touched) {
      const shared = this.#shared[number] as number
      this.#shared[number] = 0
      const word = this.#words[number] as string
      const frequency = this.frequency(word)
      if (shared >= least && frequency > 0) {
        // Of two that share as many, the one of fewer trigrams has more in common.
        found.push({ word, frequency, shared: shared - word.length / 100 })
      }
    }
    return found
      .toSorted((a, b) => b.shared - a.shared)
      .slice(0, CANDIDATES)
      .map(({ word, frequency }) => ({ word, frequency }))
  }

  #learn(word: string): Known {
    const known: Known = { number: this.#words.length, counts: new Map(), total: 0 }
    this.#known.set(word, known)
    this.#words.push(word)
    this.#sorted.push(word)
    this.#isSorted = false
    this.#bytes += word.length * 12 + 150
    for (const trigram of new Set(trigramsOf(word))) {
      const list = this.#byTrigram.get(trigram)
      if (list === undefined) this.#byTrigram.set(trigram, [known.number])
      else list.push(known.number)
    }
    return known
  }

  #inOrder(): readonly string[] {
    if (!this.#isSorted) {
      this.#sorted.sort()
      this.#isSorted = true
    }
    return this.#sorted
  }
}
