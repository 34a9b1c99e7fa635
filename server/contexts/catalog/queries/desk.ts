import type { Platform } from '#platform/context'
import type { Reads } from '#platform/db/reads'
import type { TenantId } from '#platform/ids'
import { pageOf, placeOf, type Page } from '#platform/keyset'
import type { Tenant } from '#platform/tenants'

import type {
  AttributeDesk,
  BrandDesk,
  CatalogDeskPages,
  CategoryDesk,
  DeskAsk,
  ProductDesk,
} from '../contract/desk.ts'
import { nameKey } from '../domain/desk.ts'
import { allAttributes } from '../store/attributes.ts'
import {
  byName,
  byNameOfStanding,
  bySku,
  nameEnd,
  nameEndOfStanding,
  newestOfAll,
  newestOfCategory,
  newestOfCategoryAndStanding,
  newestOfStanding,
  skuEnd,
  type DeskPlace,
  type DeskRow,
} from '../store/desk.ts'
import { allBrands, allCategories } from '../store/places.ts'
import { isShown, publicationIn } from './shown.ts'

/** Greater than every text that begins as the one before it: no key holds a private character so high. */
const END = '\u{10FFFF}'
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000'

/** What a walk found, and where it ended if it was as long as it may be. */
type Walked = readonly [readonly DeskRow[], () => Promise<readonly DeskPlace[]>]

/** What staff look at. Everything is read as of now: an edit is made on what was seen. */
export function deskPages({ reads, clock }: Pick<Platform, 'reads' | 'clock'>): CatalogDeskPages {
  const present = (row: DeskRow): ProductDesk => presented(row, isShown(row, clock.now()))

  async function newest(tenant: Tenant, ask: DeskAsk): Promise<Page<ProductDesk>> {
    const { standing, category, limit } = ask
    const place = placeOf(ask.after)
    const values = [tenant.id, new Date(place.at).toISOString(), place.id, limit + 1]
    const rows =
      category === undefined
        ? standing === undefined
          ? await reads.read(tenant.id, newestOfAll, values)
          : await reads.read(tenant.id, newestOfStanding, [...values, standing])
        : standing === undefined
          ? await reads.read(tenant.id, newestOfCategory, [...values, category])
          : await reads.read(tenant.id, newestOfCategoryAndStanding, [
              ...values,
              category,
              standing,
            ])
    const { items, next } = pageOf(rows, limit, ({ at, id }) => ({ at: new Date(at), id }))
    return { items: items.map(present), next }
  }

  async function byText(tenant: Tenant, ask: DeskAsk): Promise<Page<ProductDesk>> {
    const { sku, name, limit, standing = null, category = null } = ask
    const [id = '', key = ''] = textPlace(ask.after)
    const prefix = sku ?? nameKey(name ?? '')
    const walk = [tenant.id, key, prefix, `${prefix}${END}`]
    const [rows, endOfWalk] = await (sku === undefined
      ? byNames(reads, tenant.id, [...walk, id], standing, [limit + 1, category])
      : bySkus(reads, tenant.id, walk, [limit + 1, standing, category]))
    const shown = rows.slice(0, limit)
    // Shorter than asked for: there is no more, or no more in a row that was long enough.
    const last = rows.length > limit ? shown.at(-1) : (await endOfWalk()).at(0)
    const next =
      last === undefined ? null : Buffer.from(`${last.id}${last.key}`).toString('base64url')
    return { items: shown.map(present), next }
  }

  return {
    products: (tenant, ask) =>
      ask.sku === undefined && ask.name === undefined ? newest(tenant, ask) : byText(tenant, ask),
    categories: async (tenant, limit, after) =>
      bySlug(await reads.read(tenant.id, allCategories, [tenant.id]), limit, after, deskCategory),
    brands: async (tenant, limit, after) =>
      bySlug(await reads.read(tenant.id, allBrands, [tenant.id]), limit, after, deskBrand),
    attributes: async (tenant, limit, after) => {
      const rows = await reads.read(tenant.id, allAttributes, [tenant.id])
      const keyed = rows.map((row): AttributeDesk & { slug: string } => ({
        ...row,
        slug: row.code,
      }))
      return bySlug(keyed, limit, after, ({ slug: _, ...row }) => row)
    },
  }
}

async function byNames(
  reads: Reads,
  tenant: TenantId,
  walk: readonly unknown[],
  standing: string | null,
  rest: readonly unknown[],
): Promise<Walked> {
  const [page, end] = standing === null ? [byName, nameEnd] : [byNameOfStanding, nameEndOfStanding]
  const from = standing === null ? walk : [...walk, standing]
  const rows = await reads.read(tenant, page, [...from, ...rest])
  return [rows, () => reads.read(tenant, end, from)]
}

async function bySkus(
  reads: Reads,
  tenant: TenantId,
  walk: readonly unknown[],
  rest: readonly unknown[],
): Promise<Walked> {
  const rows = await reads.read(tenant, bySku, [...walk, ...rest])
  return [rows, () => reads.read(tenant, skuEnd, walk)]
}

/** The id and the text behind which a list by text goes on; before all for what is none of ours. */
function textPlace(after: string | undefined): readonly string[] {
  const text = Buffer.from(after ?? '', 'base64url').toString()
  const [, id, key] = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(.*)$/s.exec(text) ?? []
  // PostgreSQL knows no character 0.
  const isOurs = id !== undefined && key !== undefined && !key.includes('\0')
  return isOurs ? [id, key.toWellFormed()] : [BEFORE_ALL, '']
}

function presented(row: DeskRow, isInTime: boolean): ProductDesk {
  const { from, until } = publicationIn(row)
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    skus: row.variants.map(({ sku }) => sku),
    category: row.category,
    brand: row.brand,
    standing: row.standing,
    isVisible: row.standing === 'active' && isInTime,
    visibleFrom: from,
    visibleUntil: until,
    version: row.version,
    createdAt: new Date(row.at).toISOString(),
    updatedAt: new Date(Math.round(row.updated_ms)).toISOString(),
  }
}

function deskCategory({ slug, parent, name, position, version }: CategoryDesk): CategoryDesk {
  return { slug, parent, name, position, version }
}

function deskBrand({ slug, name, story, version }: BrandDesk): BrandDesk {
  return { slug, name, story, version }
}

/** A page of what is read whole; it goes on behind a slug even when that one is gone. */
function bySlug<Row extends { readonly slug: string }, View>(
  rows: readonly Row[],
  limit: number,
  after: string | undefined,
  present: (row: Row) => View,
): Page<View> {
  const sorted = rows.toSorted((a, b) => (a.slug < b.slug ? -1 : 1))
  const rest = sorted.filter(({ slug }) => after === undefined || slug > after)
  const shown = rest.slice(0, limit)
  const next = rest.length > shown.length ? (shown.at(-1)?.slug ?? null) : null
  return { items: shown.map(present), next }
}
