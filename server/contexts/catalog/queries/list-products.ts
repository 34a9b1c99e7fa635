import { Buffer } from 'node:buffer'
import { hash } from 'node:crypto'

import type { Availabilities, Availability } from '#context/inventory'
import { Kept, type Made } from '#platform/cache/kept'
import type { Tail } from '#platform/cache/tail'
import type { Platform } from '#platform/context'
import type { Reads } from '#platform/db/reads'
import type { TenantId } from '#platform/ids'
import type { Known } from '#platform/known'
import type { Tenant } from '#platform/tenants'

import type { Definitions } from '../domain/attributes.ts'
import type { ProductsAsk, ReadyPage } from '../contract/pages.ts'
import { fillCard } from '../domain/card.ts'
import { unitsIn } from '../domain/listing.ts'
import { findPage, type Found } from './find-page.ts'
import { openCards, type KnownCards } from './known-cards.ts'
import { filtersOf } from './list-filters.ts'
import type { Places } from './places.ts'
import { changesWords, openStandings, type Standings } from './standings.ts'

/** Nothing is older, whether or not anybody tells of changes. */
const AGE_MS = 1_000
/** Some 1,500 pages of 20 products. */
const PAGES_BYTES = 32 * 1024 * 1024
/** A page is kept once it is asked for twice within so long: who walks a catalog displaces nothing. */
const REPEAT_WITHIN_MS = 10_000
const ASKED_KEPT = 10_000

/** What a page is dropped by when anything of the catalog changed. */
const CATALOG = '/catalog'

export interface ProductLists {
  list(tenant: Tenant, ask: ProductsAsk, language: string): Promise<ReadyPage>
  /** What was kept of a shop is asked anew. */
  forget(tenant: TenantId): void
}

export interface ListParts {
  readonly places: Places
  readonly definitions: Known<Definitions>
  readonly words: Availabilities
  /** Without it a page is as old as it may be before it is made anew. */
  readonly tail?: Tail | undefined
}

/**
 * Pages of products as ready bytes, dropped as soon as the log tells of a change that touches them
 * and never more than a second old. Hot ones cost no query and no serialization; whoever asks while
 * a page is made waits for that one.
 */
export function productLists(platform: ListPlatform, parts: ListParts): ProductLists {
  const { clock, reads } = platform
  const { places, definitions, words, tail } = parts
  // However quiet the log is: products come and go by their dates of publication, too.
  const pages = new Kept<ReadyPage>({ clock, maxAgeMs: AGE_MS, maxSize: PAGES_BYTES })
  const asked = new Kept<true>({ clock, maxAgeMs: REPEAT_WITHIN_MS, maxSize: ASKED_KEPT })
  const standings = openStandings(platform, words, tail)
  const cards = openCards(reads)
  const find = finding(reads, { cards, places, definitions, standings })
  tail?.hear({
    told({ tenant, type }) {
      if (type.startsWith('catalog.')) pages.drop(tenant, CATALOG)
      else if (changesWords(type)) pages.dropAllOf(tenant)
    },
    moved: ({ tenant, unit }) => pages.drop(tenant, unit),
    lost() {
      pages.dropAll()
      // A database that was restored counts its transactions anew.
      cards.forgetAll()
    },
  })

  async function make(
    tenant: Tenant,
    ask: ProductsAsk,
    language: string,
    isKept: boolean,
  ): Promise<Made<ReadyPage>> {
    const { shown, next } = await find(tenant, ask, language)
    const units = shown.flatMap(({ card }) => card.listed)
    const there = shown.length === 0 ? NOBODY : await standings.of(tenant.id, units)
    const items = shown.map(({ card }) => fillCard(card.pieces, card.skus, there))
    // A name is of any letters; its place travels in an address.
    const place = ask.sort === 'name' && next !== null ? base64url(next) : next
    // Places are of ASCII in every order, and so is all that was filled in.
    const json = Buffer.from(
      `{"items":[${items.join()}],"next":${JSON.stringify(place)}}`,
      'latin1',
    )
    return {
      value: { json, etag: `"${hash('sha1', json, 'base64url')}"` },
      size: json.length + ROOM,
      touches: isKept ? [CATALOG, ...new Set(units.flatMap(unitsIn))] : [],
    }
  }

  return {
    async list(tenant, ask, language) {
      const key = keyOf(ask, language)
      const kept = pages.get(tenant.id, key)
      if (kept !== undefined) return kept
      const isRepeated = asked.get(tenant.id, key) === true
      if (!isRepeated) asked.put(tenant.id, key, true)
      // With `inStock` any SKU may come back and belong on the page.
      const isKept = isRepeated && ask.inStock !== true
      return pages.of(tenant.id, key, () => make(tenant, ask, language, isKept), isKept)
    },
    forget(tenant) {
      pages.dropAllOf(tenant)
      standings.forget(tenant)
    },
  }
}

type Find = (tenant: Tenant, ask: ProductsAsk, language: string) => Promise<Found>

interface FindParts extends Pick<ListParts, 'places' | 'definitions'> {
  readonly cards: KnownCards
  readonly standings: Standings
}

/** The products of a page, with what is in stock asked of those that might be on it. */
function finding(reads: Reads, { cards, places, definitions, standings }: FindParts): Find {
  return async (tenant, ask, language) => {
    const { sort = 'newest', limit, after, inStock = false } = ask
    const filters = await filtersOf(places, definitions, tenant.id, ask)
    if (filters === undefined) return { shown: [], next: null }
    const wanted = { sort, limit, after, filters }
    const sources = { reads, cards }
    if (!inStock) return findPage(sources, tenant.id, language, wanted)
    return findPage(sources, tenant.id, language, wanted, async (products) => {
      const units = products.flatMap(({ card }) => card.listed)
      const there = await standings.of(tenant.id, units)
      return products.filter(({ card }) =>
        card.skus.some((sku) => (there.get(sku)?.word ?? 'out') !== 'out'),
      )
    })
  }
}

type ListPlatform = Pick<Platform, 'reads' | 'clock' | 'waiting'>

/** What a page takes beside its bytes. */
const ROOM = 2_000
const NOBODY: ReadonlyMap<string, Availability> = new Map()

function keyOf(ask: ProductsAsk, language: string): string {
  const { sort, limit, after, category, brands, attributes, minPrice, maxPrice, inStock } = ask
  return JSON.stringify([
    language,
    sort,
    limit,
    after,
    category,
    brands,
    attributes,
    minPrice,
    maxPrice,
    inStock,
  ])
}

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url')
}
