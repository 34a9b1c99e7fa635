import { LRUCache } from 'lru-cache'

import type { Platform } from '#platform/context'
import type { Id, TenantId } from '#platform/ids'
import { accept, refuse, type Outcome } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'

import type { SearchAsk, SearchedPage, SearchPage, SearchRefusal } from '../contract.ts'
import type { SearchEngine, SearchShop, Soon } from '../domain/engine.ts'
import { filtersOf } from '../domain/filters.ts'
import type { FindAsk, Found, Liking } from '../domain/find.ts'
import { placeOf } from '../domain/place.ts'
import { presentPage } from '../domain/present.ts'
import type { Attempt, SynonymTerms } from '../domain/understand.ts'
import type { StockLooks } from './stock-looks.ts'

/** Answers kept, and for how long at most: then times of publication are looked at again. */
const REMEMBERED_BYTES = 16 * 1024 * 1024
const REMEMBERED_MS = 1000

/** Sold-out products that are met while a page is made are left out and the page is made again. */
const RETRIES = 3

export interface SearchParts {
  readonly engine: SearchEngine
  readonly looks: StockLooks
  readonly synonyms: (tenant: TenantId) => Promise<SynonymTerms>
  readonly liking: (
    tenant: TenantId,
    ask: SearchAsk,
    shop: SearchShop,
  ) => Promise<Liking | undefined>
}

interface Answered {
  readonly found: Found
  readonly attempt: Attempt | undefined
}

export interface Search {
  (tenant: Tenant, ask: SearchAsk): Promise<Outcome<SearchedPage, SearchRefusal>>
  /** Answers given from memory and those made, since the start; and the room the kept ones take. */
  readonly figures: { hits: number; misses: number; bytes(): number }
}

/** Finds products, what is sold out or hidden never among them, and keeps answers for a second. */
export function openSearch(platform: Pick<Platform, 'clock'>, parts: SearchParts): Search {
  const remembered = new LRUCache<string, { readonly at: number; readonly page: SearchPage }>({
    maxSize: REMEMBERED_BYTES,
  })

  const figures = { hits: 0, misses: 0, bytes: () => remembered.calculatedSize }

  const search = async (
    tenant: Tenant,
    ask: SearchAsk,
  ): Promise<Outcome<SearchedPage, SearchRefusal>> => {
    const synonyms = parts.synonyms(tenant.id)
    // Should the engine be away, nobody waits for these.
    synonyms.catch(() => undefined)
    return parts.engine.ask(tenant.id, async (shop) => searchIn(shop, tenant, ask, await synonyms))
  }

  const searchIn = async (
    shop: SearchShop,
    tenant: Tenant,
    ask: SearchAsk,
    synonyms: SynonymTerms,
  ): Promise<Outcome<SearchedPage, SearchRefusal>> => {
    const now = platform.clock.now()
    const { shopper, ...shared } = ask
    const liking = shopper === undefined ? undefined : await parts.liking(tenant.id, ask, shop)
    const isShared = liking === undefined
    const key = `${tenant.id} ${shop.version} ${JSON.stringify(shared)}`
    const kept = isShared ? remembered.get(key) : undefined
    if (kept !== undefined && kept.at <= now && now - kept.at < REMEMBERED_MS) {
      figures.hits += 1
      return accept({ page: kept.page, isRemembered: true })
    }
    figures.misses += 1
    const filters = filtersOf(ask, shop.values)
    if (!filters.ok) return filters
    const place = ask.after === undefined ? undefined : placeOf(ask.after)
    if (ask.after !== undefined && place?.sort !== ask.sort) {
      return refuse({ code: 'search.place-foreign', sort: ask.sort })
    }
    const page = await pageOf(
      parts,
      { tenant, ask, shop, synonyms },
      {
        filters: filters.value,
        sort: ask.sort,
        limit: ask.limit,
        now,
        ...(ask.minPrice === undefined ? {} : { minPrice: ask.minPrice }),
        ...(ask.maxPrice === undefined ? {} : { maxPrice: ask.maxPrice }),
        ...(place === undefined ? {} : { after: place }),
        ...(liking === undefined ? {} : { liking }),
      },
    )
    if (isShared) {
      // The version may have changed while stock was looked at; then nobody finds this under the old one.
      const size = key.length * 2 + 700 * page.items.length + 60 * 200
      remembered.set(key, { at: now, page }, { size })
    }
    return accept({ page, isRemembered: false })
  }
  return Object.assign(search, { figures })
}

/** What was asked, of whom, and in which index it is looked for. */
interface Asked {
  readonly tenant: Tenant
  readonly ask: SearchAsk
  readonly shop: SearchShop
  readonly synonyms: SynonymTerms
}

async function pageOf(
  { looks }: SearchParts,
  { tenant, ask, shop, synonyms }: Asked,
  asked: Omit<FindAsk, 'words'>,
): Promise<SearchPage> {
  const { filters } = asked
  const languages = [ask.language, ...tenant.languages]
  const { attempts, isCut } = await shop.understand(ask.text, languages, synonyms)
  const isNothing = ask.text.trim() !== '' && attempts.length === 0
  const answered = await inStock(tenant.id, looks, (hidden) =>
    best((ask) => shop.find(ask, hidden), attempts, isNothing ? { ...asked, limit: 0 } : asked),
  )
  return presentPage({ ...answered, values: shop.values, tenant, ask, filters, isCut, isNothing })
}

/** The first way to understand the query that finds a product with all its words, else the nearest. */
async function best(
  find: (ask: FindAsk) => Soon<Found>,
  attempts: readonly Attempt[],
  asked: Omit<FindAsk, 'words'>,
): Promise<Answered> {
  if (attempts.length === 0)
    return { found: await find({ ...asked, words: [] }), attempt: undefined }
  let nearest: Answered | undefined
  for (const attempt of attempts) {
    const found = await find({ ...asked, words: attempt.words })
    const answered = { found, attempt }
    const isWhole = found.missing === 0 && (found.total > 0 || found.facets.length > 0)
    if (isWhole) return answered
    const share = shareOf(answered)
    if (share > 0 && (nearest === undefined || share > shareOf(nearest))) nearest = answered
  }
  if (nearest !== undefined) return nearest
  const [attempt] = attempts as readonly [Attempt]
  return { found: await find({ ...asked, words: attempt.words }), attempt: undefined }
}

/** How much of what was sought is found; of two that are alike, the one of the smaller penalty. */
function shareOf({ found, attempt }: Answered): number {
  if (found.total === 0 || attempt === undefined) return 0
  return 1 - found.missing / attempt.words.length - attempt.penalty / 100
}

/** Looks at the stock of what is about to be shown, and makes the page anew without what is sold out. */
async function inStock(
  tenant: TenantId,
  looks: StockLooks,
  make: (hidden: ReadonlySet<Id>) => Promise<Answered>,
): Promise<Answered> {
  const hidden = new Set<Id>()
  for (let tries = 0; ; tries += 1) {
    const answered = await make(hidden)
    const soldOut = await looks.soldOut(
      tenant,
      answered.found.hits.map(({ entry }) => entry),
    )
    if (soldOut.length === 0) return answered
    for (const id of soldOut) hidden.add(id)
    if (tries >= RETRIES) {
      const hits = answered.found.hits.filter(({ entry }) => !hidden.has(entry.id))
      return { ...answered, found: { ...answered.found, hits } }
    }
  }
}
