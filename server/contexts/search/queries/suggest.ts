import type { Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'

import type { SearchQueries, Suggestion } from '../contract.ts'
import type { SearchEngine } from '../domain/engine.ts'
import { suggest } from '../domain/suggest.ts'
import type { SynonymTerms } from '../domain/understand.ts'
import type { StockLooks } from './stock-looks.ts'

/** Suggestions from the same index as searches; what is sold out is never among them. */
export function openSuggest(
  { clock }: Pick<Platform, 'clock'>,
  parts: {
    readonly engine: SearchEngine
    readonly looks: StockLooks
    readonly synonyms: (tenant: TenantId) => Promise<SynonymTerms>
  },
): SearchQueries['suggest'] {
  return async ({ id, languages }, { text, language, limit }) => {
    const synonyms = await parts.synonyms(id)
    const now = clock.now()
    const found = await parts.engine.ask(id, (shop) =>
      suggest(shop, { text, language, languages, limit, now, synonyms }),
    )
    const entries = found.products.map(({ entry }) => entry)
    const soldOut = new Set(await parts.looks.soldOut(id, entries))
    const products = entries
      .filter((entry) => !soldOut.has(entry.id))
      .map((entry): Suggestion => {
        const called = entry.name[language] ?? entry.name[languages[0] ?? '']
        return {
          kind: 'product',
          text: called ?? Object.values(entry.name)[0] ?? '',
          slug: entry.slug,
          productId: entry.id,
          picture: entry.picture,
        }
      })
    return [...found.words, ...found.places, ...products]
  }
}
