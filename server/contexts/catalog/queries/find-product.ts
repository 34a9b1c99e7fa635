import type { Availabilities } from '#context/inventory'
import type { Instant } from '#platform/clock'
import type { Platform } from '#platform/context'
import type { Known } from '#platform/known'
import type { Tenant } from '#platform/tenants'

import type { Component, Variant } from '../contract.ts'
import type {
  CatalogPages,
  ComponentView,
  ProductView,
  Reader,
  RelatedView,
} from '../contract/pages.ts'
import type { Definitions } from '../domain/attributes.ts'
import { isGone } from '../domain/publication.ts'
import { UNSAID_OF } from '../domain/said.ts'
import { inBest, presentProduct } from '../domain/view.ts'
import { componentsBySku } from '../store/components.ts'
import { productBySlug, productsById, type ProductRow } from '../store/products.ts'
import { relatedOf, type RelatedRow } from '../store/related.ts'
import { perTick } from '#platform/per-tick'
import type { SaidOf } from './said-of.ts'
import { isShown, publicationIn } from './shown.ts'
import { wholeOf } from './whole-of.ts'

type Finding = Pick<CatalogPages, 'findProduct' | 'findBySlug' | 'relatedTo'>

/** One product with its stock, read as of now: whoever has just changed it sees the change. */
export function findingProducts(
  { reads, waiting, clock }: Pick<Platform, 'reads' | 'waiting' | 'clock'>,
  words: Pick<Availabilities, 'of'>,
  saidOf: SaidOf,
  definitions: Known<Definitions>,
): Finding {
  const load = perTick<ProductRow>(waiting, async (tenant, ids) => {
    const rows = await reads.read(tenant, productsById, [tenant, ids])
    return new Map(rows.map((row) => [row.id, row]))
  })

  const componentsOf = findingComponents({ reads, clock })

  /** Hidden, not published yet, archived: to buyers all of it is as if it were not there. */
  const isFor = (row: ProductRow, { isStaff }: Reader): boolean =>
    isStaff || (row.status === 'active' && isShown(row, clock.now()))

  async function present(tenant: Tenant, row: ProductRow, reader: Reader): Promise<ProductView> {
    const product = wholeOf(row, clock.now())
    const { variants, attributes } = product.facts
    const asked = [{ id: row.id, sku: variants[0]?.sku ?? '' }]
    const [stock, said, known, componentProducts] = await Promise.all([
      words.of(
        tenant.id,
        variants.map((variant) => variant.sku),
      ),
      saidOf(tenant, asked),
      Object.keys(attributes).length === 0 ? new Map() : definitions.of(tenant.id),
      componentsOf(tenant, variants, reader),
    ])
    return presentProduct(product, {
      ...reader,
      stock,
      said: said.get(row.id) ?? UNSAID_OF,
      definitions: known,
      componentProducts,
    })
  }

  return {
    async findProduct(tenant, productId, reader) {
      const row = (await load(tenant.id, [productId])).get(productId)
      return row !== undefined && isFor(row, reader) ? present(tenant, row, reader) : undefined
    },

    async findBySlug(tenant, slug, reader) {
      const [row] = await reads.read(tenant.id, productBySlug, [tenant.id, slug])
      if (row === undefined) return undefined
      if (!isFor(row, reader)) {
        if (!wasSold(row, clock.now())) return undefined
        const { id, name, category } = row
        return { gone: { id, name: inBest(name, reader.languages), category } }
      }
      return row.slug === slug ? present(tenant, row, reader) : { movedTo: row.slug }
    },

    async relatedTo(tenant, productId, reader) {
      const [found, rows] = await Promise.all([
        load(tenant.id, [productId]),
        reads.read(tenant.id, relatedOf, [tenant.id, productId]),
      ])
      const own = found.get(productId)
      if (own === undefined || !isFor(own, reader)) return undefined
      return rows
        .filter((row) => isShown(row, clock.now()))
        .flatMap((row) => relatedView(row, reader))
    },
  }
}

function wasSold(row: ProductRow, at: Instant): boolean {
  const { status, created_ms: createdMs, updated_ms: updatedMs } = row
  return isGone({ status, publication: publicationIn(row), createdMs, updatedMs }, at)
}

/** Nothing of a product that has no price: it cannot be bought. */
function relatedView(
  { kind, direction, id, slug, name, price, picture }: RelatedRow,
  { languages }: Reader,
): readonly RelatedView[] {
  if (price === null) return []
  return [{ kind, direction, product: { id, slug, name: inBest(name, languages), price, picture } }]
}

/** What goes into bundles, as buyers see it now. */
function findingComponents({ reads, clock }: Pick<Platform, 'reads' | 'clock'>) {
  return async (
    tenant: Tenant,
    variants: readonly Variant[],
    { languages }: Reader,
  ): Promise<readonly ComponentView[]> => {
    const skus = [...new Set(variants.flatMap(({ components }) => components.map(skuOf)))]
    if (skus.length === 0) return []
    const rows = await reads.read(tenant.id, componentsBySku, [tenant.id, skus])
    const at = clock.now()
    return rows
      .filter((row) => isShown(row, at))
      .map(({ sku, options, id, slug, name, price, picture }) => ({
        sku,
        options: options.map(({ value }) => inBest(value, languages)),
        product: { id, slug, name: inBest(name, languages), price, picture },
      }))
  }
}

function skuOf({ sku }: Component): string {
  return sku
}
