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
import { cardOf } from '../domain/card.ts'
import { skusOf, type Product } from '../domain/product.ts'
import { inLanguage, type ListedProduct } from '../domain/view.ts'
import { cardTable, productTable, skuTable, slugTable } from './tables.ts'

type Known = Exclude<Product, { status: 'unknown' }>

/** A product's facts with what the rows say beside them. Times are ISO 8601. */
interface Dated {
  readonly productId: Id
  readonly facts: ProductFacts
  readonly version: number
  readonly createdAt: string
  readonly updatedAt: string
}

/** The rows of a new product. Its SKUs and its address must be nobody's. */
export function rowsOfCreated(
  event: ProductCreated,
  languages: readonly string[],
): readonly Write[] {
  const { productId, createdAt } = event
  return [
    {
      table: productTable,
      verb: 'insert',
      row: {
        id: productId,
        ...factColumns(event),
        status: 'active',
        version: 1,
        created_at: createdAt,
        updated_at: createdAt,
      },
    },
    // First the SKUs: a slug that was made of one is taken only because that one is.
    ...event.variants.map((variant) => claimSku(productId, variant)),
    claimSlug(productId, event.slug),
    ...cards({ productId, facts: event, version: 1, createdAt, updatedAt: createdAt }, languages),
  ]
}

/** The rows a change leaves: what is new is claimed, what is gone stays claimed but is not sold. */
export function rowsOfChanged(
  before: Known,
  { productId, changes }: ProductChanged,
  updatedAt: string,
  languages: readonly string[],
): readonly Write[] {
  const facts: ProductFacts = { ...before.facts, ...changes }
  const version = before.version + 1
  const { createdAt } = before
  const ownSlugs = [before.facts.slug, ...before.formerSlugs]
  return [
    {
      table: productTable,
      verb: 'update',
      row: { id: productId, ...factColumns(facts), version, updated_at: updatedAt },
    },
    ...(changes.variants === undefined ? [] : skuRows(before, productId, changes.variants)),
    ...(ownSlugs.includes(facts.slug) ? [] : [claimSlug(productId, facts.slug)]),
    ...cards({ productId, facts, version, createdAt, updatedAt }, languages),
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
        version: before.version + 1,
        updated_at: updatedAt,
      },
    },
    ...languages.map((language): Write => ({
      table: cardTable,
      verb: 'delete',
      row: { language, product_id: productId },
    })),
  ]
}

function cards(product: Dated, languages: readonly string[]): readonly Write[] {
  const { productId, facts, version } = product
  const [first = ''] = languages
  const createdMs = Date.parse(product.createdAt)
  return languages.map((language): Write => {
    const listed: ListedProduct = {
      ...facts,
      id: productId,
      name: inLanguage(facts.name, language, first),
      description: inLanguage(facts.description, language, first),
      version,
      created_ms: createdMs,
      updated_ms: Date.parse(product.updatedAt),
    }
    return {
      table: cardTable,
      verb: 'upsert',
      row: {
        language,
        product_id: productId,
        place: `${createdMs}.${productId}`,
        category: facts.category,
        brand: facts.brand,
        skus: skusOf(facts).join(' '),
        card: cardOf(listed, language, first),
      },
    }
  })
}

function skuRows(before: Known, productId: Id, variants: readonly Variant[]): readonly Write[] {
  const own = new Set([...skusOf(before.facts), ...before.retired])
  const sold = new Set(variants.map((variant) => variant.sku))
  return [
    ...variants.map((variant): Write =>
      own.has(variant.sku)
        ? { table: skuTable, verb: 'update', row: skuColumns(productId, variant) }
        : claimSku(productId, variant),
    ),
    ...skusOf(before.facts)
      .filter((sku) => !sold.has(sku))
      .map((sku): Write => ({ table: skuTable, verb: 'update', row: { sku, is_sold: false } })),
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
