import type { TenantId } from '#platform/ids'

import type { Word } from '../../domain/lexicon.ts'
import {
  understand,
  type ShopWords,
  type SynonymTerms,
  type Understood,
} from '../../domain/understand.ts'
import { countedOf, filtersIn, hitsOf, termsIn, totalOf } from './answers.ts'
import { EngineAway, whole, type Calls, type Json } from './calls.ts'
import type { Followed } from './following.ts'

/** Times a query is read anew with what was learnt; more words come up seldom, and never that often. */
const MOST_READINGS = 8

/** Terms asked for by one call, and beginnings and spellings. */
const TERMS_AT_ONCE = 500

/** Answers remembered of one shop. */
const MOST_KNOWN = 20_000

/** Words compared for one correction, as in the built-in lexicon. */
const CANDIDATES = 60

/** What is to be learnt of a shop's words. */
interface Missing {
  readonly terms: Set<string>
  readonly beginnings: Set<string>
  /** Trigrams with spaces between. */
  readonly spellings: Set<string>
}

/**
 * The words of a shop, asked of the server. Understanding a query is a pure function that asks about
 * words as it goes: it runs with what is known, everything it asked for in vain is fetched at once, and
 * it runs again until nothing is missing.
 */
export class ServerWords {
  readonly #calls: Calls
  readonly #tenant: TenantId
  readonly #known: Map<string, unknown>

  constructor(calls: Calls, tenant: TenantId, { known }: Followed) {
    this.#calls = calls
    this.#tenant = tenant
    if (known.size > MOST_KNOWN) known.clear()
    this.#known = known
  }

  async understand(
    text: string,
    languages: readonly string[],
    synonyms: SynonymTerms,
  ): Promise<Understood> {
    for (let readings = 0; readings < MOST_READINGS; readings += 1) {
      const missing = nothing()
      const understood = understand(this.#askedBy(missing), text, languages, synonyms)
      if (isNothing(missing)) return understood
      await this.#learn(missing)
    }
    throw new EngineAway('a query asks for ever more words')
  }

  /** In how many products each of these terms and beginnings is. */
  async count(terms: Iterable<string>, beginnings: Iterable<string>): Promise<void> {
    const missing = nothing()
    for (const term of terms) if (!this.#known.has(`t ${term}`)) missing.terms.add(term)
    for (const each of beginnings) if (!this.#known.has(`b ${each}`)) missing.beginnings.add(each)
    if (!isNothing(missing)) await this.#learn(missing)
  }

  /** As it was learnt; nothing before. */
  frequency(term: string): number {
    return (this.#known.get(`t ${term}`) as number | undefined) ?? 0
  }

  frequencyOfBeginning(beginning: string): number {
    return (this.#known.get(`b ${beginning}`) as number | undefined) ?? 0
  }

  /** Products of the shop, shown or not; learnt with anything else. */
  get products(): number {
    return (this.#known.get('products') as number | undefined) ?? 0
  }

  async like(trigrams: readonly string[]): Promise<readonly Word[]> {
    const spelling = trigrams.join(' ')
    if (!this.#known.has(`s ${spelling}`)) {
      await this.#learn({ ...nothing(), spellings: new Set([spelling]) })
    }
    return this.#known.get(`s ${spelling}`) as readonly Word[]
  }

  async beginningWith(beginning: string, language: string, most: number): Promise<readonly Word[]> {
    if (beginning === '' || most < 1) return []
    const counted = (field: string, prefix: string): Json => ({
      terms: { field, include: `${literal(prefix + beginning)}.*`, size: most },
    })
    const body = await this.#ofProducts({
      own: counted('words', `${language} `),
      all: counted('allWords', ''),
    })
    const own = termsIn(countedOf(body, 'own')).map(([word, frequency]) => ({
      word: word.slice(language.length + 1),
      frequency,
    }))
    const known = new Set(own.map(({ word }) => word))
    const others = termsIn(countedOf(body, 'all')).map(([word, frequency]) => ({ word, frequency }))
    return [...own, ...others.filter(({ word }) => !known.has(word))].slice(0, most)
  }

  #askedBy(missing: Missing): ShopWords {
    const answer = <T>(kind: keyof Missing, key: string, name: string, otherwise: T): T => {
      const found = this.#known.get(`${key} ${name}`) as T | undefined
      if (found === undefined) missing[kind].add(name)
      return found ?? otherwise
    }
    return {
      postings: {
        count: (term) => answer('terms', 't', term, 0),
        // Nobody asks for more than whether there is one.
        withPrefix: (beginning) =>
          beginning !== '' && answer('beginnings', 'b', beginning, 0) > 0 ? [beginning] : [],
      },
      lexicon: {
        like: (trigrams) => answer<readonly Word[]>('spellings', 's', trigrams.join(' '), []),
      },
    }
  }

  async #learn({ terms, beginnings, spellings }: Missing): Promise<void> {
    const counting = [...chunks([...terms, ...[...beginnings].map((each) => [each])])]
    await Promise.all([
      ...counting.map((each) => this.#countThese(each)),
      spellings.size === 0 ? undefined : this.#findSpellings([...spellings]),
    ])
  }

  /** A text is a term, a list of one a beginning. */
  async #countThese(asked: readonly (string | readonly [string] | string[])[]): Promise<void> {
    const filters = asked.map((each): Json =>
      typeof each === 'string'
        ? { term: { terms: each } }
        : { prefix: { terms: { value: each[0] } } },
    )
    const body = await this.#ofProducts({ asked: { filters: { filters: numbered(filters) } } })
    const counts = filtersIn(countedOf(body, 'asked'))
    this.#known.set('products', totalOf(body))
    for (const [place, each] of asked.entries()) {
      const name = typeof each === 'string' ? `t ${each}` : `b ${each[0]}`
      this.#known.set(name, counts.get(String(place)) ?? 0)
    }
  }

  /** For each spelling the words that share most trigrams with it and are in a product still. */
  async #findSpellings(spellings: readonly string[]): Promise<void> {
    const { call, index } = this.#calls
    const { body } = await call({
      method: 'POST',
      path: `/${index('lexicon')}/_msearch`,
      lines: spellings.flatMap((spelling) => [
        { routing: String(this.#tenant) },
        this.#spelledLike(spelling.split(' ')),
      ]),
    })
    const answers = body['responses'] as readonly Json[]
    const words = answers.map((answer) =>
      hitsOf<{ readonly word: string }>(whole(answer)).map(({ _source: { word } }) => word),
    )
    const all = [...new Set(words.flat())]
    const counts = new Map<string, number>()
    for (const some of chunks(all)) {
      const filters = some.map((word) => ({ term: { allWords: word } }))
      const counted = await this.#ofProducts({ asked: { filters: { filters: numbered(filters) } } })
      const found = filtersIn(countedOf(counted, 'asked'))
      for (const [place, word] of some.entries()) counts.set(word, found.get(String(place)) ?? 0)
    }
    for (const [place, spelling] of spellings.entries()) {
      const alike = (words[place] ?? []).map((word) => ({ word, frequency: counts.get(word) ?? 0 }))
      this.#known.set(
        `s ${spelling}`,
        alike.filter(({ frequency }) => frequency > 0),
      )
    }
  }

  #spelledLike(trigrams: readonly string[]): Json {
    const read = trigrams.slice(0, 66)
    return {
      size: CANDIDATES,
      track_total_hits: false,
      _source: ['word'],
      query: {
        bool: {
          filter: [{ term: { tenant: this.#tenant } }, { term: { what: 'word' } }],
          should: read.map((trigram) => ({
            constant_score: { filter: { term: { trigrams: trigram } }, boost: 1 },
          })),
          minimum_should_match: Math.max(1, Math.floor(trigrams.length / 4)),
        },
      },
      // Of two that share as many, the shorter has more in common.
      sort: [{ _score: 'desc' }, { length: 'asc' }, { word: 'asc' }],
    }
  }

  async #ofProducts(aggs: Json): Promise<Json> {
    const { call, index } = this.#calls
    const { body } = await call({
      method: 'POST',
      path: `/${index('products')}/_search`,
      query: { routing: String(this.#tenant) },
      body: {
        size: 0,
        track_total_hits: true,
        query: {
          bool: {
            filter: [{ term: { tenant: this.#tenant } }, { exists: { field: 'createdAt' } }],
          },
        },
        aggs,
      },
    })
    return body
  }
}

function nothing(): Missing {
  return { terms: new Set(), beginnings: new Set(), spellings: new Set() }
}

function isNothing({ terms, beginnings, spellings }: Missing): boolean {
  return terms.size + beginnings.size + spellings.size === 0
}

function numbered(filters: readonly Json[]): Json {
  return Object.fromEntries(filters.map((filter, place) => [String(place), filter]))
}

function* chunks<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let first = 0; first < all.length; first += TERMS_AT_ONCE) {
    yield all.slice(first, first + TERMS_AT_ONCE)
  }
}

/** A text in Lucene's regular expressions, where more signs mean something than elsewhere. */
function literal(text: string): string {
  return text.replace(/[.?+*|{}[\]()"\\#@&<>~^$-]/g, String.raw`\$&`)
}
