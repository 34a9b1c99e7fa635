import type { Ratings } from '#context/reviews'
import type { Platform } from '#platform/context'
import type { Id } from '#platform/ids'

import type { AttributeDefinition, CatalogProducts, IndexedProduct } from '../contract.ts'
import { attributesIndexed, pathOf } from '../domain/indexed.ts'
import { ratedAs } from '../domain/said.ts'
import { allAttributes } from '../store/attributes.ts'
import { idsAfter, idsApart } from '../store/indexed.ts'
import { allBrands, allCategories, type BrandRow, type CategoryRow } from '../store/places.ts'
import { productsById, type ProductRow } from '../store/products.ts'
import { isShown, publicationIn } from './shown.ts'

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000'
const MOST = 1_000
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Products as whoever indexes them needs them, read as of now with what they name. */
export function catalogProducts(
  { reads, clock }: Pick<Platform, 'reads' | 'clock'>,
  ratings?: Ratings,
): CatalogProducts {
  return {
    async products(tenant, ids, withRatings = false) {
      const asked = ids.filter((id) => UUID.test(id)).slice(0, MOST)
      if (asked.length === 0) return []
      const [rows, categories, brands, definitions, rated] = await Promise.all([
        reads.read(tenant, productsById, [tenant, asked]),
        reads.read(tenant, allCategories, [tenant]),
        reads.read(tenant, allBrands, [tenant]),
        reads.read(tenant, allAttributes, [tenant]),
        withRatings ? ratings?.ratings(tenant, asked) : undefined,
      ])
      const named: Named = {
        categories: new Map(categories.map((each) => [each.slug, each])),
        brands: new Map(brands.map((each) => [each.slug, each])),
        definitions: new Map(definitions.map((each) => [each.code, each])),
      }
      const at = clock.now()
      return rows.map((row) => ({
        ...indexed(row, named, row.status === 'active' && isShown(row, at)),
        rated: ratedAs(rated?.get(row.id)?.counts ?? []),
      }))
    },

    async idsAfter(tenant, after, limit) {
      const rows = await reads.read(tenant, idsAfter, [tenant, after ?? BEFORE_ALL, limit])
      return rows.map(({ id }): Id => id)
    },

    async idsApart(tenant, step, limit) {
      const rows = await reads.read(tenant, idsApart, [tenant, step, limit])
      return rows.map(({ id }): Id => id)
    },
  }
}

interface Named {
  readonly categories: ReadonlyMap<string, CategoryRow>
  readonly brands: ReadonlyMap<string, BrandRow>
  readonly definitions: ReadonlyMap<string, AttributeDefinition>
}

function indexed(row: ProductRow, named: Named, isVisible: boolean): Omit<IndexedProduct, 'rated'> {
  const prices = row.variants.map(({ price }) => price.amount)
  const { status, from, until } = publicationIn(row)
  const isScheduled = row.status === 'active' && status === 'published'
  const brand = row.brand === null ? undefined : named.brands.get(row.brand)
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    description: row.description,
    categoryPath: pathOf(row.category, named.categories),
    brand: brand === undefined ? null : { slug: brand.slug, name: brand.name },
    skus: row.variants.map(({ sku }) => sku),
    minPrice: Math.min(...prices),
    maxPrice: Math.max(...prices),
    attributes: attributesIndexed(row.attributes, row.variants, named.definitions),
    isVisible,
    visibleFrom: isScheduled ? from : null,
    visibleUntil: isScheduled ? until : null,
    createdAt: new Date(Math.round(row.created_ms)).toISOString(),
    version: row.version,
    picture: row.pictures[0]?.asset ?? null,
    pictures: row.pictures.map(({ asset }) => asset),
  }
}
