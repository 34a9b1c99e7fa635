import { Buffer } from 'node:buffer'
import { hash } from 'node:crypto'

import type { Availabilities, Availability } from '#context/inventory'
import { Kept, type Made } from '#platform/cache/kept'
import type { Sharing } from '#platform/cache/sharing'
import type { Tail } from '#platform/cache/tail'
import type { Clock } from '#platform/clock'
import type { Figure, Platform } from '#platform/context'
import type { Reads } from '#platform/db/reads'
import type { TenantId } from '#platform/ids'
import type { Known } from '#platform/known'
import type { Tenant } from '#platform/tenants'

import type { Definitions } from '../domain/attributes.ts'
import type { ProductsAsk, ReadyPage } from '../contract/pages.ts'
import { fillCard } from '../domain/card.ts'
import { skuOf, unitsIn } from '../domain/listing.ts'
import type { Said } from '../domain/said.ts'
import { idIn } from '../store/cards.ts'
import { findPage, type Found } from './find-page.ts'
import { openCards, type KnownCards, type Placed } from './known-cards.ts'
import { filtersOf } from './list-filters.ts'
import type { Places } from './places.ts'
import { saidInLists, type SaidAsk, type SaidOf, type SaidParts } from './said-of.ts'
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
/** By what else: the rating of one product. */
const RATING = '/product-rating/'

export interface ProductLists {
  list(tenant: Tenant, ask: ProductsAsk, language: string): Promise<ReadyPage>
  /** What was kept of a shop is asked anew. */
  forget(tenant: TenantId): void
  readonly figures: readonly Figure[]
}

export interface ListParts extends SaidParts {
  readonly places: Places
  readonly definitions: Known<Definitions>
  readonly words: Availabilities
  /** Without it a page is as old as it may be before it is made anew. */
  readonly tail?: Tail | undefined
  /** Without it pages are remembered by this process alone. */
  readonly sharing?: Sharing | undefined
}

/**
 * Pages of products as ready bytes, dropped as soon as the log tells of a change that touches them
 * and never more than a second old. Hot ones cost no query and no serialization; whoever asks while
 * a page is made waits for that one.
 */
export function productLists(platform: ListPlatform, parts: ListParts): ProductLists {
  const { clock, reads } = platform
  const { places, definitions, words, tail, sharing } = parts
  const pages = openPages(clock, sharing)
  const asked = new Kept<true>({ clock, maxAgeMs: REPEAT_WITHIN_MS, maxSize: ASKED_KEPT })
  const standings = openStandings(platform, words, tail)
  const cards = openCards(reads)
  const saidOf = saidInLists(parts)
  const find = finding(reads, { cards, places, definitions, standings, saidOf })
  dropWhatChanges(tail, pages, cards)

  async function make(
    tenant: Tenant,
    ask: ProductsAsk,
    language: string,
    isKept: boolean,
  ): Promise<Made<ReadyPage>> {
    const { shown, next } = await find(tenant, ask, language)
    const units = shown.flatMap(({ card }) => card.listed)
    const asked = shown.map(({ place, card }) => askedOf({ place, listed: card.listed }))
    const [there, said] =
      shown.length === 0
        ? [NOBODY, NOTHING_SAID]
        : await Promise.all([standings.of(tenant.id, units), saidOf(tenant, asked)])
    const items = shown.map(({ card }, n) =>
      fillCard(card.pieces, card.skus, there, said.get(asked[n]?.id ?? '')),
    )
    // A name is of any letters; its place travels in an address.
    const place = ask.sort === 'name' && next !== null ? base64url(next) : next
    // Places are of ASCII in every order, and so is all that was filled in.
    const json = Buffer.from(
      `{"items":[${items.join()}],"next":${JSON.stringify(place)}}`,
      'latin1',
    )
    return {
      value: readyPage(json),
      size: json.length + ROOM,
      touches: isKept
        ? [CATALOG, ...asked.map(({ id }) => RATING + id), ...new Set(units.flatMap(unitsIn))]
        : [],
    }
  }

  return {
    async list(tenant, ask, language) {
      const key = keyOf(ask, language)
      const kept = pages.get(tenant.id, key)
      if (kept !== undefined) return kept
      const isRepeated = asked.get(tenant.id, key) === true
      // Said anew each time, or what is asked for all the time would lapse.
      asked.put(tenant.id, key, true)
      // With `inStock` any SKU may come back and belong on the page.
      const isKept = isRepeated && ask.inStock !== true
      return pages.of(tenant.id, key, () => make(tenant, ask, language, isKept), isKept)
    },
    forget(tenant) {
      pages.dropAllOf(tenant)
      standings.forget(tenant)
    },
    figures: figuresOf(pages.figures),
  }
}

function dropWhatChanges(tail: Tail | undefined, pages: Kept<ReadyPage>, cards: KnownCards): void {
  tail?.hear({
    told({ tenant, type, stream }) {
      // A price of any list may be one of a sale.
      if (/^(catalog|pricing)\./.test(type)) pages.drop(tenant, CATALOG)
      else if (type === 'reviews.rating-changed') pages.drop(tenant, `/${stream}`)
      else if (changesWords(type)) pages.dropAllOf(tenant)
    },
    moved: ({ tenant, unit }) => pages.drop(tenant, unit),
    lost() {
      pages.dropAll()
      // A database that was restored counts its transactions anew.
      cards.forgetAll()
    },
  })
}

function readyPage(json: Buffer): ReadyPage {
  return { json, etag: `"${hash('sha1', json, 'base64url')}"` }
}

function openPages(clock: Clock, by: Sharing | undefined): Kept<ReadyPage> {
  return new Kept<ReadyPage>({
    clock,
    // However quiet the log is: products come and go by their dates of publication, too.
    maxAgeMs: AGE_MS,
    maxSize: PAGES_BYTES,
    ...(by === undefined
      ? {}
      : { shared: { by, kind: 'catalog.pages', pack: ({ json }) => json, unpack: readyPage } }),
  })
}

function figuresOf(counts: Kept<ReadyPage>['figures']): readonly Figure[] {
  const figure = (word: keyof typeof counts, help: string): Figure => ({
    name: `torg_catalog_pages_${word}`,
    help,
    read: () => counts[word],
  })
  return [
    figure('kept', 'Pages of products given from memory since the start.'),
    figure('taken', 'Pages of products taken from another process since the start.'),
    figure('made', 'Pages of products made from the database since the start.'),
  ]
}

type Find = (tenant: Tenant, ask: ProductsAsk, language: string) => Promise<Found>

interface FindParts extends Pick<ListParts, 'places' | 'definitions'> {
  readonly cards: KnownCards
  readonly standings: Standings
  readonly saidOf: SaidOf
}

/** The products of a page, with what is in stock asked of those that might be on it. */
function finding(reads: Reads, parts: FindParts): Find {
  const { cards, places, definitions, standings, saidOf } = parts
  return async (tenant, ask, language) => {
    const { sort = 'newest', limit, after, inStock = false } = ask
    const filters = await filtersOf(places, definitions, tenant.id, ask)
    if (filters === undefined) return { shown: [], next: null }
    const wanted = { sort, limit, after, filters }
    // Both remember what they read, so whoever asks them for the page itself waits no longer.
    const expect = (products: readonly Placed[]): void => {
      const beside = Promise.all([
        standings.of(
          tenant.id,
          products.flatMap(({ listed }) => listed),
        ),
        saidOf(tenant, products.map(askedOf)),
      ])
      // The page asks once more, and hears of a failure then.
      beside.catch(() => undefined)
    }
    const sources = { reads, cards, expect }
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

/** What others are asked about a product of a page. */
function askedOf({ place, listed }: Pick<Placed, 'place' | 'listed'>): SaidAsk {
  return { id: idIn(place), sku: skuOf(listed[0] ?? '') }
}

type ListPlatform = Pick<Platform, 'reads' | 'clock' | 'waiting'>

/** What a page takes beside its bytes. */
const ROOM = 2_000
const NOBODY: ReadonlyMap<string, Availability> = new Map()
const NOTHING_SAID: ReadonlyMap<string, Said> = new Map()

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
