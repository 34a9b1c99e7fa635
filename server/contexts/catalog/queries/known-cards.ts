import { Buffer } from 'node:buffer'

import { LRUCache } from 'lru-cache'

import type { Reads } from '#platform/db/reads'
import type { TenantId } from '#platform/ids'

import { piecesOf, withTexts } from '../domain/card.ts'
import { skuOf } from '../domain/listing.ts'
import { cardsOf, idIn } from '../store/cards.ts'

/** Some 80,000 products in one language; a shop of hundreds takes hundreds of kilobytes. */
const CARDS_BYTES = 128 * 1024 * 1024
/** What a card takes beside its bytes. */
const ROOM = 600

/** A product of a page, and which transaction wrote it last. */
export interface Placed {
  readonly place: string
  readonly version: string
  /** As in `KnownCard`; another one's where the product was changed between two statements. */
  readonly listed: readonly string[]
}

/** How a product is shown, in one language. */
export interface KnownCard {
  readonly version: string
  /** As they are kept with it: see `domain/listing.ts`. */
  readonly listed: readonly string[]
  readonly skus: readonly string[]
  /** Bytes of UTF-8, a letter each: pages are put together of them without being encoded again. */
  readonly pieces: readonly string[]
}

export interface Shown {
  readonly place: string
  readonly card: KnownCard
}

export interface KnownCards {
  /** Without those that are no longer listed, or that nobody wrote in this language. */
  of(tenant: TenantId, language: string, placed: readonly Placed[]): Promise<readonly Shown[]>
  forgetAll(): void
}

/**
 * Cards in the memory of the process. A page asks PostgreSQL for versions only; a card that was read
 * under the version that stands there is as new as if it had been read now, so nothing is ever old.
 */
export function openCards(reads: Reads): KnownCards {
  const kept = new LRUCache<string, KnownCard>({ maxSize: CARDS_BYTES })

  async function load(
    tenant: TenantId,
    language: string,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, KnownCard>> {
    const [row] = await reads.read(tenant, cardsOf, [tenant, language, ids])
    const found = new Map<string, KnownCard>()
    const [versions, skus, cards, texts] = [row?.versions, row?.skus, row?.cards, row?.texts].map(
      linesOf,
    )
    for (const [n, id] of linesOf(row?.ids).entries()) {
      const listed = (skus?.[n] ?? '').split(' ')
      const whole = withTexts(cards?.[n] ?? '', texts?.[n] ?? '')
      const bytes = Buffer.from(whole).toString('latin1')
      const card = {
        version: versions?.[n] ?? '',
        listed,
        skus: listed.map(skuOf),
        pieces: piecesOf(bytes),
      }
      found.set(id, card)
      kept.set(`${tenant} ${language} ${id}`, card, { size: bytes.length + ROOM })
    }
    return found
  }

  return {
    async of(tenant, language, placed) {
      const there = placed.map(({ place, version }) => {
        const id = idIn(place)
        const card = kept.get(`${tenant} ${language} ${id}`)
        return { place, id, card: card?.version === version ? card : undefined }
      })
      const missing = there.filter(({ card }) => card === undefined).map(({ id }) => id)
      const loaded = missing.length === 0 ? NONE : await load(tenant, language, missing)
      return there.flatMap(({ place, id, card = loaded.get(id) }) =>
        card === undefined ? [] : [{ place, card }],
      )
    },
    forgetAll: () => kept.clear(),
  }
}

const NONE: ReadonlyMap<string, KnownCard> = new Map()

function linesOf(text: string | null | undefined): readonly string[] {
  return text === null || text === undefined ? [] : text.split('\n')
}
