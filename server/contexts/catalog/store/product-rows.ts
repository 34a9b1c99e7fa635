import type { Instant } from '#platform/clock'
import type { Id } from '#platform/ids'
import type { Refusal } from '#platform/outcome'
import type { Write } from '#platform/write/commit'

import type {
  CatalogRefusal,
  ProductArchived,
  ProductChanged,
  ProductCreated,
  ProductFacts,
  Variant,
} from '../contract.ts'
import { skusOf, type Product } from '../domain/product.ts'
import { productTable, skuTable, slugTable } from './tables.ts'

type Known = Exclude<Product, { status: 'unknown' }>

/** The rows of a new product. Its SKUs and its address must be nobody's. */
export function rowsOfCreated(event: ProductCreated, at: Instant): readonly Write[] {
  const { productId } = event
  return [
    {
      table: productTable,
      verb: 'insert',
      row: {
        id: productId,
        ...factColumns(event),
        status: 'active',
        version: 1,
        created_at: new Date(at).toISOString(),
        updated_at: new Date(at).toISOString(),
      },
    },
    // First the SKUs: a slug that was made of one is taken only because that one is.
    ...event.variants.map((variant) => claimSku(productId, variant)),
    claimSlug(productId, event.slug),
  ]
}

/** The rows a change leaves: what is new is claimed, what is gone stays claimed but is not sold. */
export function rowsOfChanged(before: Known, event: ProductChanged, at: Instant): readonly Write[] {
  const { productId, changes } = event
  const facts: ProductFacts = { ...before.facts, ...changes }
  const rows: Write[] = [
    {
      table: productTable,
      verb: 'update',
      row: {
        id: productId,
        ...factColumns(facts),
        version: before.version + 1,
        updated_at: new Date(at).toISOString(),
      },
    },
  ]
  const ownSlugs = [before.facts.slug, ...before.formerSlugs]
  if (!ownSlugs.includes(facts.slug)) rows.push(claimSlug(productId, facts.slug))

  if (changes.variants !== undefined) {
    const ownSkus = new Set([...skusOf(before.facts), ...before.retired])
    const sold = new Set(skusOf(facts))
    for (const variant of changes.variants) {
      rows.push(
        ownSkus.has(variant.sku)
          ? { table: skuTable, verb: 'update', row: skuColumns(productId, variant) }
          : claimSku(productId, variant),
      )
    }
    for (const sku of skusOf(before.facts)) {
      if (!sold.has(sku)) {
        rows.push({ table: skuTable, verb: 'update', row: { sku, is_sold: false } })
      }
    }
  }
  return rows
}

export function rowsOfArchived(
  before: Known,
  event: ProductArchived,
  at: Instant,
): readonly Write[] {
  return [
    {
      table: productTable,
      verb: 'update',
      row: {
        id: event.productId,
        status: 'archived',
        version: before.version + 1,
        updated_at: new Date(at).toISOString(),
      },
    },
  ]
}

function factColumns(facts: ProductFacts): Record<string, unknown> {
  const { slug, name, description, category, brand, variants } = facts
  return { slug, name, description, category, brand, variants }
}

function skuColumns(productId: Id, variant: Variant): Record<string, unknown> {
  return {
    sku: variant.sku,
    product_id: productId,
    options: variant.options,
    price_amount: variant.price.amount,
    currency: variant.price.currency,
    weight_grams: variant.weightGrams,
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
