import type { Id } from '#platform/ids'

import type { SearchEngine, SearchShop } from '../domain/engine.ts'
import type { Shown } from '../domain/entry.ts'
import { find, type FindAsk, type Found } from '../domain/find.ts'
import type { Word } from '../domain/lexicon.ts'
import type { ShopIndex } from '../domain/shop-index.ts'
import { understand, type SynonymTerms, type Understood } from '../domain/understand.ts'
import type { Values } from '../domain/values.ts'
import type { Indexes } from './indexes.ts'

/** The engine that needs nothing beside: it finds in lists of numbers that this process has in memory. */
export function builtInEngine(indexes: Indexes): SearchEngine {
  const shops = new WeakMap<ShopIndex, SearchShop>()
  const shopOf = (index: ShopIndex): SearchShop => {
    let shop = shops.get(index)
    if (shop === undefined) {
      shop = new BuiltInShop(index)
      shops.set(index, shop)
    }
    return shop
  }
  return {
    ask: async (tenant, work) => work(shopOf(await indexes.of(tenant))),
    // What it has is what PostgreSQL has.
    renew: async () => undefined,
    figures: { fallbacks: 0 },
  }
}

/** Answers at once, so nothing changes while it looks. */
class BuiltInShop implements SearchShop {
  readonly #index: ShopIndex

  constructor(index: ShopIndex) {
    this.#index = index
  }

  get version(): string {
    return String(this.#index.version)
  }

  get values(): Values {
    return this.#index.values
  }

  understand(text: string, languages: readonly string[], synonyms: SynonymTerms): Understood {
    return understand(this.#index, text, languages, synonyms)
  }

  find(ask: FindAsk, hidden: ReadonlySet<Id> = new Set()): Found {
    const { isThere } = this.#index
    const documents = [...hidden].flatMap((id) => this.#index.documentOf(id) ?? [])
    const before = documents.map((document) => isThere[document] as number)
    for (const document of documents) isThere[document] = 0
    try {
      return find(this.#index, ask)
    } finally {
      for (const [place, document] of documents.entries()) {
        isThere[document] = before[place] as number
      }
    }
  }

  beginningWith(beginning: string, language: string, most: number): readonly Word[] {
    return this.#index.lexicon.beginningWith(beginning, language, most)
  }

  like(trigrams: readonly string[]): readonly Word[] {
    return this.#index.lexicon.like(trigrams)
  }

  shown(ids: readonly Id[]): readonly Shown[] {
    return ids.flatMap((id) => {
      const document = this.#index.documentOf(id)
      return document === undefined ? [] : [this.#index.entry(document)]
    })
  }
}
