import type { Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'
import type { Tenant } from '#platform/tenants'

import type { BrandView, CategoryView, Page, PageAsk } from '../contract/pages.ts'
import { inLanguage } from '../domain/view.ts'
import { allBrands, allCategories, type BrandRow, type CategoryRow } from '../store/places.ts'
import { Fresh } from './fresh.ts'

const PLACES_AGE_MS = 1_000
const SHOPS_KEPT = 1_000

/** Categories and brands of a shop, at most 1 s old. */
export interface Places {
  categories(tenant: Tenant, ask: PageAsk, language: string): Promise<Page<CategoryView>>
  brands(tenant: Tenant, ask: PageAsk, language: string): Promise<Page<BrandView>>
  /** The category and every one below it; none when the shop does not have it. */
  categoryWithAllBelow(tenant: TenantId, slug: string): Promise<readonly string[]>
  forget(tenant: TenantId): void
}

export function openPlaces({ reads, clock }: Pick<Platform, 'reads' | 'clock'>): Places {
  const limits = { maxAgeMs: PLACES_AGE_MS, maxSize: SHOPS_KEPT }
  const categories = new Fresh<readonly CategoryRow[]>(clock, limits)
  const brands = new Fresh<readonly BrandRow[]>(clock, limits)

  async function readCategories(tenant: TenantId): Promise<readonly CategoryRow[]> {
    const kept = categories.get(tenant, '')
    if (kept !== undefined) return kept
    const asked = categories.asking(tenant)
    const rows = await reads.read(tenant, allCategories, [tenant])
    categories.set(tenant, '', rows, asked)
    return rows
  }

  async function readBrands(tenant: TenantId): Promise<readonly BrandRow[]> {
    const kept = brands.get(tenant, '')
    if (kept !== undefined) return kept
    const asked = brands.asking(tenant)
    const rows = await reads.read(tenant, allBrands, [tenant])
    brands.set(tenant, '', rows, asked)
    return rows
  }

  return {
    async categories(tenant, ask, language) {
      const [first = ''] = tenant.languages
      return pageOf(await readCategories(tenant.id), ask, ({ slug, name, parent }) => ({
        slug,
        name: inLanguage(name, language, first),
        parent,
      }))
    },

    async brands(tenant, ask, language) {
      const [first = ''] = tenant.languages
      return pageOf(await readBrands(tenant.id), ask, ({ slug, name, story }) => ({
        slug,
        name,
        story: inLanguage(story, language, first),
      }))
    },

    async categoryWithAllBelow(tenant, slug) {
      const rows = await readCategories(tenant)
      const below = new Set(rows.some((row) => row.slug === slug) ? [slug] : [])
      // A set goes on with what is added while it is walked, so this reaches every level.
      for (const parent of below) {
        for (const row of rows) if (row.parent === parent) below.add(row.slug)
      }
      return [...below]
    },

    forget(tenant) {
      categories.forget(tenant)
      brands.forget(tenant)
    },
  }
}

/** The part of a list, read whole, that comes after a slug; nothing when that slug is gone. */
export function pageOf<Row extends { readonly slug: string }, View>(
  rows: readonly Row[],
  { limit, after }: PageAsk,
  present: (row: Row) => View,
): Page<View> {
  const last = rows.findIndex((row) => row.slug === after)
  if (after !== undefined && last < 0) return { items: [], next: null }
  const shown = rows.slice(last + 1, last + 1 + limit)
  const isLast = last + 1 + shown.length >= rows.length
  return { items: shown.map(present), next: isLast ? null : (shown.at(-1)?.slug ?? null) }
}
