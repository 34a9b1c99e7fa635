import type { Id } from '#platform/ids'
import type { Refusal } from '#platform/outcome'
import type { Write } from '#platform/write/commit'

import type {
  ProductArchived,
  ProductChanged,
  ProductCreated,
  ProductFacts,
  Variant,
} from '../contract.ts'
import type { CatalogRefusal } from '../contract/refusals.ts'
import { nameKey } from '../domain/desk.ts'
import { componentsOf } from '../domain/naming.ts'
import { skusOf, type Product } from '../domain/product.ts'
import { whole } from '../domain/whole.ts'
import { delistingRows, listingRows } from './listing-rows.ts'
import { productTable, relatedTable, skuTable, slugTable } from './tables.ts'

type Known = Exclude<Product, { status: 'unknown' }>

/** The rows of a new product. Its SKUs and its address must be nobody's. */
export function rowsOfCreated(
  { productId, createdAt }: ProductCreated,
  facts: ProductFacts,
  languages: readonly string[],
): readonly Write[] {
  return [
    {
      table: productTable,
      verb: 'insert',
      row: {
        ...factColumns(facts, languages),
        id: productId,
        status: 'active',
        version: 1,
        created_at: createdAt,
        updated_at: createdAt,
      },
    },
    // First the SKUs: a slug that was made of one is taken only because that one is.
    ...facts.variants.map((variant) => claimSku(productId, variant)),
    ...markComponents([], facts.variants),
    claimSlug(productId, facts.slug),
    ...relatedRows(productId, [], facts.related),
    ...listingRows({ productId, facts, version: 1, createdAt, updatedAt: createdAt }, languages),
  ]
}

/** The rows a change leaves: what is new is claimed, what is gone stays claimed but is not sold. */
export function rowsOfChanged(
  before: Known,
  { productId, changes }: ProductChanged,
  updatedAt: string,
  languages: readonly string[],
): readonly Write[] {
  const facts = whole({ ...before.facts, ...changes })
  const version = before.version + 1
  const { createdAt } = before
  const ownSlugs = [before.facts.slug, ...before.formerSlugs]
  return [
    {
      table: productTable,
      verb: 'update',
      row: { ...factColumns(facts, languages), id: productId, version, updated_at: updatedAt },
    },
    ...(changes.variants === undefined ? [] : skuRows(before, productId, changes.variants)),
    ...(ownSlugs.includes(facts.slug) ? [] : [claimSlug(productId, facts.slug)]),
    ...relatedRows(productId, before.facts.related, facts.related),
    ...listingRows({ productId, facts, version, createdAt, updatedAt }, languages, before.facts),
  ]
}

export function rowsOfArchived(
  before: Known,
  { productId }: ProductArchived,
  updatedAt: string,
  languages: readonly string[],
): readonly Write[] {
  return [
    {
      table: productTable,
      verb: 'update',
      row: {
        id: productId,
        status: 'archived',
        standing: 'archived',
        version: before.version + 1,
        updated_at: updatedAt,
      },
    },
    ...delistingRows(productId, before.facts, languages),
  ]
}

function skuRows(before: Known, productId: Id, variants: readonly Variant[]): readonly Write[] {
  const own = new Set([...skusOf(before.facts), ...before.retired])
  const sold = new Set(variants.map((variant) => variant.sku))
  return [
    ...variants.map((variant): Write =>
      own.has(variant.sku) ? keepSku(productId, variant) : claimSku(productId, variant),
    ),
    ...markComponents(before.facts.variants, variants),
    ...skusOf(before.facts)
      .filter((sku) => !sold.has(sku))
      .map((sku): Write => ({ table: skuTable, verb: 'update', row: { sku, is_sold: false } })),
  ]
}

function factColumns(facts: ProductFacts, languages: readonly string[]): Record<string, unknown> {
  const { slug, name, description, category, brand, variants, publication } = facts
  const { attributes, optionGroups, pictures, related, seo, taxCategory } = facts
  const isHidden = publication.status === 'hidden'
  return {
    slug,
    name,
    description,
    category,
    brand,
    variants,
    attributes,
    option_groups: optionGroups,
    pictures,
    related,
    seo,
    tax_category: taxCategory,
    is_hidden: isHidden,
    visible_from: publication.from,
    visible_until: publication.until,
    standing: isHidden ? 'hidden' : 'active',
    name_key: nameKey(name[languages[0] ?? ''] ?? ''),
  }
}

function skuColumns(productId: Id, variant: Variant): Record<string, unknown> {
  return {
    sku: variant.sku,
    product_id: productId,
    options: variant.options,
    price_amount: variant.price.amount,
    currency: variant.price.currency,
    weight_grams: variant.weightGrams,
    components: variant.components,
    is_bundle: variant.components.length > 0,
    is_sold: true,
  }
}

function claimSku(productId: Id, variant: Variant): Write {
  return {
    table: skuTable,
    verb: 'insert',
    row: skuColumns(productId, variant),
    orRefuse: refusal({ code: 'catalog.sku-taken', sku: variant.sku }),
  }
}

/** An own SKU goes on. One that other bundles are made of becomes no bundle (CATALOG-6). */
function keepSku(productId: Id, variant: Variant): Write {
  const write: Write = { table: skuTable, verb: 'update', row: skuColumns(productId, variant) }
  if (variant.components.length === 0) return write
  return {
    ...write,
    when: { is_component: false },
    orRefuse: refusal({ code: 'catalog.component-of-bundle', sku: variant.sku }),
  }
}

/**
 * Says of what goes into bundles now that it does, unless it is a bundle itself or no longer sold:
 * compared under the lock of its row, whatever else is being written.
 */
function markComponents(before: readonly Variant[], now: readonly Variant[]): readonly Write[] {
  const known = componentsOf(before)
  const added = componentsOf(now).filter((sku) => !known.includes(sku))
  return [...new Set(added)].toSorted().map((sku): Write => ({
    table: skuTable,
    verb: 'update',
    row: { sku, is_component: true },
    when: { is_bundle: false, is_sold: true },
    orRefuse: refusal({
      code: 'catalog.component-wrong',
      sku,
      reason: 'It is a bundle itself, or is no longer sold.',
    }),
  }))
}

function relatedRows(
  productId: Id,
  before: ProductFacts['related'],
  now: ProductFacts['related'],
): readonly Write[] {
  return [
    ...before.slice(now.length).map((_, n): Write => ({
      table: relatedTable,
      verb: 'delete',
      row: { product_id: productId, position: now.length + n },
    })),
    ...now.map(({ kind, productId: other }, position): Write => ({
      table: relatedTable,
      verb: 'upsert',
      row: { product_id: productId, position, kind, other_id: other },
    })),
  ]
}

function claimSlug(productId: Id, slug: string): Write {
  return {
    table: slugTable,
    verb: 'insert',
    row: { slug, product_id: productId },
    orRefuse: refusal({ code: 'catalog.slug-taken', slug }),
  }
}

/** The writer takes any refusal; this keeps ours to those the contract names. */
function refusal(named: CatalogRefusal): Refusal {
  return named
}
