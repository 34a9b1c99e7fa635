import { LRUCache } from 'lru-cache'

import type { Id, TenantId } from '#platform/ids'

import type { EntryChanges, EntryNow } from '../../domain/engine.ts'
import type { Entry } from '../../domain/entry.ts'
import { EngineAway, type Calls, type Json } from './calls.ts'
import {
  productDocument,
  valueDocument,
  valuesOf,
  wordDocument,
  type Document,
} from './documents.ts'
import type { Mark } from './marks.ts'

/** Products written by one call. */
const AT_ONCE = 100

/** Words and values written lately, which need not be written again. */
const KEPT_NAMES = 20_000

/** When something is written: in which round, and which round wrote all of the shop last. */
export type Rounds = Pick<Mark, 'round' | 'wholeRound'>

/** Writes what products are now, under the number of a round. */
export interface Feed {
  /**
   * What a later round wrote stays as it is. Searches see it when this returns, unless the round writes
   * the whole shop: then when that is swept.
   */
  write(tenant: TenantId, ids: readonly Id[], rounds: Rounds): Promise<void>
  /** Deletes what was written by no round from this one on, and lets searches see everything. */
  sweep(tenant: TenantId, round: number): Promise<void>
}

export function openFeed(calls: Calls, changes: EntryChanges): Feed {
  const { call, index } = calls
  /** By name, what was written last. Where a whole shop was written since, it may be gone. */
  const written = new LRUCache<string, string>({ max: KEPT_NAMES })

  function news(document: Document, wholeRound: number): boolean {
    const text = `${wholeRound} ${JSON.stringify(document.source)}`
    if (written.get(document.name) === text) return false
    written.set(document.name, text)
    return true
  }

  async function bulk(
    tenant: TenantId,
    documents: readonly Document[],
    round: number,
    isPart: boolean,
  ): Promise<void> {
    const lines = documents.flatMap(({ index: name, name: _id, source }, order): Json[] => [
      {
        index: {
          _index: index(name),
          _id,
          routing: String(tenant),
          version: round,
          version_type: 'external',
        },
      },
      name === 'lexicon' ? { ...source, round, order } : { ...source, round },
    ])
    const { body } = await call({
      method: 'POST',
      path: '/_bulk',
      query: { refresh: !isPart },
      lines,
      isSlow: true,
    })
    for (const item of body['items'] as readonly { readonly index?: { status?: number } }[]) {
      const status = item.index?.status ?? 0
      // 409: a later round has written it, and had read it later.
      if (status !== 409 && (status < 200 || status > 299)) {
        throw new EngineAway(`a document was answered with ${status}`, { cause: item })
      }
    }
  }

  return {
    async write(tenant, ids, { round, wholeRound }) {
      for (let first = 0; first < ids.length; first += AT_ONCE) {
        const now = await changes.now(tenant, ids.slice(first, first + AT_ONCE))
        const { documents, lexicon } = documentsOf(tenant, now)
        const unwritten = lexicon.filter((each) => news(each, wholeRound))
        try {
          // The words first: a product is never found whose values nobody can name.
          await bulk(tenant, [...unwritten, ...documents], round, round === wholeRound)
        } catch (error) {
          for (const { name } of unwritten) written.delete(name)
          throw error
        }
      }
    },

    async sweep(tenant, round) {
      for (const name of ['products', 'lexicon']) await sweepIndex(calls, name, tenant, round)
    },
  }
}

async function sweepIndex(
  { call, index }: Calls,
  name: string,
  tenant: TenantId,
  round: number,
): Promise<void> {
  await call({ method: 'POST', path: `/${index(name)}/_refresh`, isSlow: true })
  await call({
    method: 'POST',
    path: `/${index(name)}/_delete_by_query`,
    query: { routing: String(tenant), conflicts: 'proceed', refresh: true },
    body: {
      query: { bool: { filter: [{ term: { tenant } }, { range: { round: { lt: round } } }] } },
    },
    isSlow: true,
  })
}

/** Products as documents, and the words and values they have, each once. */
function documentsOf(
  tenant: TenantId,
  products: readonly EntryNow[],
): { readonly documents: readonly Document[]; readonly lexicon: readonly Document[] } {
  const documents: Document[] = []
  const lexicon = new Map<string, Document>()
  const note = (document: Document): void => void lexicon.set(document.name, document)
  for (const each of products) {
    const entry = each.entry === null ? undefined : (JSON.parse(each.entry) as Entry)
    documents.push(productDocument(tenant, each, entry))
    if (entry === undefined) continue
    for (const value of valuesOf(entry)) note(valueDocument(tenant, value))
    for (const word of new Set(Object.values(entry.words).flat())) note(wordDocument(tenant, word))
  }
  return { documents, lexicon: [...lexicon.values()] }
}
