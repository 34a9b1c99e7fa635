import { trigrams as trigramsOf } from '../words/correct.ts'
import type { Growing } from './growing.ts'
import { SortedWords } from './sorted.ts'

/** A word of the shop's texts, as people write it, and in how many products it is. */
export interface Word {
  readonly word: string
  readonly frequency: number
}

interface Known {
  readonly word: string
  readonly number: number
  /** By the number of the language; 0 where absent. */
  readonly counts: number[]
  total: number
}

/** Languages that are told apart; those of a shop that has more count as one. */
const MOST_LANGUAGES = 16

/** Words compared for one correction; the likeliest by the trigrams they share. */
const CANDIDATES = 60

/** Words looked at for one beginning. */
const PREFIX_LOOKS = 3000

/** The words a shop's texts have: for corrections by shared trigrams, and for suggestions by beginnings. */
export class Lexicon {
  readonly #known = new Map<string, Known>()
  readonly #words: Known[] = []
  readonly #languages: string[] = []
  readonly #byTrigram = new Map<string, number[]>()
  readonly #sorted = new SortedWords()
  #bytes = 0
  #shared = new Uint8Array(0)

  get bytes(): number {
    return this.#bytes
  }

  get length(): number {
    return this.#words.length
  }

  /** Counts the words of a product, and puts down in `notes` what they are to be taken out by. */
  add(words: Readonly<Record<string, readonly string[]>>, notes: Growing): void {
    for (const [tag, all] of Object.entries(words)) {
      const language = this.#languageOf(tag)
      for (const word of all) {
        const known = this.#known.get(word) ?? this.#learn(word)
        known.counts[language] = (known.counts[language] ?? 0) + 1
        known.total += 1
        notes.push(known.number * MOST_LANGUAGES + language)
      }
    }
  }

  /** Takes one word of a product out by what was put down when it came. */
  remove(note: number): void {
    const known = this.#words[Math.floor(note / MOST_LANGUAGES)]
    if (known === undefined) return
    const language = note % MOST_LANGUAGES
    known.counts[language] = (known.counts[language] ?? 1) - 1
    known.total -= 1
  }

  /** How many products have it in any of their languages, counted once for each. */
  frequency(word: string): number {
    return this.#known.get(word)?.total ?? 0
  }

  /** Words that begin so, those of the language first, then the commonest. */
  beginningWith(prefix: string, language: string, most: number): Word[] {
    if (prefix === '' || most < 1) return []
    const found: { word: string; own: number; frequency: number }[] = []
    const spoken = this.#languages.indexOf(language)
    for (const word of this.#sorted.beginningWith(prefix, PREFIX_LOOKS)) {
      const { total: frequency, counts } = this.#known.get(word) as Known
      if (frequency === 0) continue
      const own = counts[spoken] ?? 0
      const last = found[most - 1]
      if (last !== undefined && !isAbove(own, frequency, last)) continue
      const place = found.findIndex((each) => isAbove(own, frequency, each))
      found.splice(place < 0 ? found.length : place, 0, { word, own, frequency })
      found.length = Math.min(found.length, most)
    }
    return found.map(({ word, frequency }) => ({ word, frequency }))
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
      const { word, total: frequency } = this.#words[number] as Known
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

  #languageOf(tag: string): number {
    const known = this.#languages.indexOf(tag)
    if (known >= 0) return known
    if (this.#languages.length < MOST_LANGUAGES) this.#languages.push(tag)
    return this.#languages.length - 1
  }

  #learn(word: string): Known {
    const known: Known = { word, number: this.#words.length, counts: [], total: 0 }
    this.#known.set(word, known)
    this.#words.push(known)
    this.#sorted.add(word)
    this.#bytes += word.length * 12 + 150
    for (const trigram of distinctTrigrams(word)) {
      const list = this.#byTrigram.get(trigram)
      if (list === undefined) this.#byTrigram.set(trigram, [known.number])
      else list.push(known.number)
    }
    return known
  }
}

/** What a word is compared by. */
export function distinctTrigrams(word: string): readonly string[] {
  return [...new Set(trigramsOf(word))]
}

function isAbove(
  own: number,
  frequency: number,
  other: { readonly own: number; readonly frequency: number },
): boolean {
  return own === other.own ? frequency > other.frequency : own > other.own
}
