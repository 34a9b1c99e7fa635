import type { Tail } from '#platform/cache/tail'
import type { Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'
import { known, type Heard } from '#platform/known'
import type { Tenant } from '#platform/tenants'

import type { BrandView, CategoryView, Page, PageAsk } from '../contract/pages.ts'
import { inLanguage } from '../domain/view.ts'
import { allBrands, allCategories, stepsFrom, type CategoryRow } from '../store/places.ts'

const PLACES_AGE_MS = 1_000
const SHOPS_KEPT = 2_000

/** Categories and brands of a shop, at most 1 s old. */
export interface Places {
  categories(tenant: Tenant, ask: PageAsk, language: string): Promise<Page<CategoryView>>
  /** By the address it has or had; null: it was removed and nothing stands for it. */
  findCategory(
    tenant: Tenant,
    slug: string,
    language: string,
  ): Promise<CategoryView | { readonly movedTo: string | null } | undefined>
  brands(tenant: Tenant, ask: PageAsk, language: string): Promise<Page<BrandView>>
  /** The category and every one below it; none when the shop does not have it. */
  categoryWithAllBelow(tenant: TenantId, slug: string): Promise<readonly string[]>
  forget(tenant: TenantId): void
}

export function openPlaces(
  { reads, clock }: Pick<Platform, 'reads' | 'clock'>,
  tail: Tail | undefined,
): Places {
  const heard = (type: string): Heard => ({
    tail,
    isAbout: (told) => told.startsWith(`catalog.${type}-`),
    mostShops: SHOPS_KEPT,
  })
  const categories = known(
    clock,
    PLACES_AGE_MS,
    (tenant) => reads.read(tenant, allCategories, [tenant]),
    heard('category'),
  )
  const brands = known(
    clock,
    PLACES_AGE_MS,
    (tenant) => reads.read(tenant, allBrands, [tenant]),
    heard('brand'),
  )

  return {
    async categories(tenant, ask, language) {
      return pageOf(await categories.of(tenant.id), ask, (row) => viewOf(row, tenant, language))
    },

    async findCategory(tenant, slug, language) {
      const rows = await categories.of(tenant.id)
      const row = rows.find((each) => each.slug === slug)
      if (row !== undefined) return viewOf(row, tenant, language)
      const steps = await reads.read(tenant.id, stepsFrom, [tenant.id, slug])
      if (steps.length === 0) return undefined
      const now = steps.find(({ leads_to: to }) => rows.some((each) => each.slug === to))
      return { movedTo: now?.leads_to ?? null }
    },

    async brands(tenant, ask, language) {
      const [first = ''] = tenant.languages
      return pageOf(await brands.of(tenant.id), ask, ({ slug, name, story }) => ({
        slug,
        name,
        story: inLanguage(story, language, first),
      }))
    },

    async categoryWithAllBelow(tenant, slug) {
      const rows = await categories.of(tenant)
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

function viewOf(
  { slug, name, parent }: CategoryRow,
  { languages: [first = ''] }: Tenant,
  language: string,
): CategoryView {
  return { slug, name: inLanguage(name, language, first), parent }
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
