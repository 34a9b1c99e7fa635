import { Buffer } from 'node:buffer'
import { hash } from 'node:crypto'

import type { StockLevels } from '#context/inventory'
import type { Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'
import type { Tenant } from '#platform/tenants'

import type { ProductsAsk, ReadyPage } from '../contract.ts'
import { fillCard } from '../domain/card.ts'
import { noStock } from '../domain/view.ts'
import {
  BEGINNING,
  newestCards,
  newestOfBrand,
  newestOfCategories,
  newestOfCategoriesAndBrand,
  type CardRow,
} from '../store/cards.ts'
import { Fresh } from './fresh.ts'
import type { Places } from './places.ts'

const PAGE_AGE_MS = 1_000
/** Some 1,500 pages of 20 products. */
const PAGES_BYTES = 32 * 1024 * 1024
/** A page is kept once it is asked for twice within so long: who walks a catalog displaces nothing. */
const REPEAT_WITHIN_MS = 10_000
const ASKED_KEPT = 10_000

export interface ProductLists {
  list(tenant: Tenant, ask: ProductsAsk, language: string): Promise<ReadyPage>
  /** What was kept of a shop is asked anew. */
  forget(tenant: TenantId): void
}

/**
 * Pages of products, newest first, as ready bytes. A page is kept for a second at most, so hot ones
 * cost no query and no serialization; whoever asks while a page is made waits for that one.
 */
export function productLists(
  { reads, clock }: Pick<Platform, 'reads' | 'clock'>,
  places: Places,
  stock: Pick<StockLevels, 'freeUnits'>,
): ProductLists {
  const pages = new Fresh<ReadyPage>(clock, { maxAgeMs: PAGE_AGE_MS, maxSize: PAGES_BYTES })
  const askedBefore = new Fresh<true>(clock, { maxAgeMs: REPEAT_WITHIN_MS, maxSize: ASKED_KEPT })
  const making = new Map<string, Promise<ReadyPage>>()

  async function make(tenant: Tenant, ask: ProductsAsk, language: string): Promise<ReadyPage> {
    const rows = await findCards(tenant, ask, language)
    const shown = rows.slice(0, ask.limit)
    const skus = shown.map((row) => row.skus.split(' '))
    const free = shown.length === 0 ? noStock : await stock.freeUnits(tenant.id, skus.flat())

    const items = shown.map((row, n) => fillCard(row.card, skus[n] ?? [], free))
    const next = rows.length > ask.limit ? shown.at(-1)?.place : null
    const json = Buffer.from(`{"items":[${items.join()}],"next":${JSON.stringify(next ?? null)}}`)
    return { json, etag: `"${hash('sha1', json, 'base64url')}"` }
  }

  async function findCards(
    tenant: Tenant,
    ask: ProductsAsk,
    language: string,
  ): Promise<readonly CardRow[]> {
    // One more than asked for tells whether there is a next page.
    const values = [tenant.id, language, ask.after ?? BEGINNING, ask.limit + 1]
    const { category, brand } = ask
    if (category === undefined) {
      return brand === undefined
        ? reads.read(tenant.id, newestCards, values)
        : reads.read(tenant.id, newestOfBrand, [...values, brand])
    }
    const categories = await places.categoryWithAllBelow(tenant.id, category)
    if (categories.length === 0) return []
    return brand === undefined
      ? reads.read(tenant.id, newestOfCategories, [...values, categories])
      : reads.read(tenant.id, newestOfCategoriesAndBrand, [...values, categories, brand])
  }

  return {
    async list(tenant, ask, language) {
      const key = JSON.stringify([language, ask.limit, ask.after, ask.category, ask.brand])
      const kept = pages.get(tenant.id, key)
      if (kept !== undefined) return kept

      const asked = pages.asking(tenant.id)
      // A change in between begins a new generation, whose readers must not join older ones.
      const name = `${tenant.id} ${asked.generation} ${key}`
      const begun = making.get(name)
      if (begun !== undefined) return begun
      const made = make(tenant, ask, language).finally(() => making.delete(name))
      making.set(name, made)
      const isRepeated = askedBefore.get(tenant.id, key) === true
      askedBefore.set(tenant.id, key, true, askedBefore.asking(tenant.id))
      const page = await made
      if (isRepeated) pages.set(tenant.id, key, page, asked, page.json.length + key.length + 200)
      return page
    },
    forget: (tenant) => pages.forget(tenant),
  }
}
