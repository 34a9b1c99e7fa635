import type { CatalogProducts, IndexedProduct, Offer, Offers } from '#context/catalog'
import type { PriceListQueries } from '#context/pricing'
import type { Id, TenantId } from '#platform/ids'
import { decimalOf } from '#platform/money'
import type { Tenant } from '#platform/tenants'

import type { TableFormat, TableKind } from '../contract.ts'
import { componentsText } from '../domain/components.ts'
import { csvFile, xlsxFile, type Written } from '../formats/write.ts'

/** What exports are made of. */
export interface Sources {
  readonly products: CatalogProducts
  readonly offers: Offers
  readonly lists: PriceListQueries['lists']
  readonly prices: PriceListQueries['prices']
  /** Units on hand by warehouse. */
  levels(
    tenant: TenantId,
    skus: readonly string[],
  ): Promise<ReadonlyMap<string, readonly { warehouse: string; onHand: number }[]>>
}

type Table = AsyncGenerator<readonly string[]>

/** Products, and prices, are read so many at a time. */
const PAGE = 200

/**
 * A table as it would be imported, the header first. Each page is as of when it is read: what changes
 * meanwhile may be in it or not, and nothing else is missed or twice.
 */
function exported(sources: Sources, tenant: Tenant, kind: TableKind): Table {
  if (kind === 'products') return products(sources, tenant)
  return kind === 'prices' ? prices(sources, tenant) : stock(sources, tenant)
}

/** Such a table as a file; counts its rows while it is read. */
export function exportFile(sources: Sources) {
  return (tenant: Tenant, kind: TableKind, format: TableFormat, count = { rows: 0 }): Written => {
    const rows = counted(exported(sources, tenant, kind), count)
    return format === 'csv' ? csvFile(rows) : xlsxFile(rows)
  }
}

async function* counted(table: Table, count: { rows: number }): Table {
  // The header is none.
  let seen = -1
  for await (const cells of table) {
    count.rows = seen += 1
    yield cells
  }
}

interface Listed {
  readonly product: IndexedProduct
  readonly offers: readonly Offer[]
}

async function* walk({ products: all, offers }: Sources, tenant: Tenant): AsyncGenerator<Listed> {
  for (let after: Id | null = null; ;) {
    const ids: readonly Id[] = await all.idsAfter(tenant.id, after, PAGE)
    const found = await all.products(tenant.id, ids)
    const skus = found.flatMap((product) => product.skus)
    const sold = await offers.offers(tenant.id, skus)
    for (const product of found) {
      const own = product.skus.flatMap((sku) => sold.get(sku) ?? [])
      // What is archived cannot be edited, so a table of it could not be imported.
      if (own.some(({ status }) => status !== 'archived')) yield { product, offers: own }
    }
    if (ids.length < PAGE) return
    after = ids.at(-1) ?? null
  }
}

async function* products(sources: Sources, tenant: Tenant): Table {
  const { languages } = tenant
  const options = new Set<string>()
  const attributes = new Set<string>()
  let hasBundles = false
  // The header names every column, so all are looked through before the first is written.
  for await (const { product, offers } of walk(sources, tenant)) {
    for (const { options: chosen } of offers) for (const { code } of chosen) options.add(code)
    hasBundles ||= isBundle(offers)
    for (const { code } of product.attributes) if (!options.has(code)) attributes.add(code)
  }
  for (const code of options) attributes.delete(code)
  yield [
    'product',
    'sku',
    ...languages.map((language) => `name.${language}`),
    ...languages.map((language) => `description.${language}`),
    'category',
    'brand',
    'price',
    'weightGrams',
    'status',
    ...[...options].map((code) => `option.${code}`),
    ...[...attributes].map((code) => `attribute.${code}`),
    'pictures',
    'components',
  ]
  const row = ({ product }: Listed, offer: Offer): readonly string[] => {
    const { sku, price, weightGrams, components } = offer
    return [
      product.slug,
      sku,
      ...languages.map((language) => product.name[language] ?? ''),
      ...languages.map((language) => product.description[language] ?? ''),
      product.categoryPath.at(-1)?.slug ?? '',
      product.brand?.slug ?? '',
      decimalOf(price),
      weightGrams === null ? '' : String(weightGrams),
      // Why something is not seen, for how long, a table cannot say: it says nothing.
      product.isVisible ? 'published' : '',
      ...[...options].map((code) => valueOf(offer, code)),
      ...[...attributes].map((code) => attributeOf(product, code)),
      product.pictures.join('|'),
      componentsText(components),
    ]
  }
  // What bundles are put together from comes before them, so that another shop can import it as well.
  for (const bundles of hasBundles ? [false, true] : [false]) {
    for await (const listed of walk(sources, tenant)) {
      if (isBundle(listed.offers) !== bundles) continue
      for (const offer of listed.offers) yield row(listed, offer)
    }
  }
}

function isBundle(offers: readonly Offer[]): boolean {
  return offers.some(({ components }) => components.length > 0)
}

function valueOf({ options }: Offer, code: string): string {
  return options.find((option) => option.code === code)?.valueCode ?? ''
}

function attributeOf({ attributes }: IndexedProduct, code: string): string {
  const found = attributes.find((attribute) => attribute.code === code)
  if (found === undefined) return ''
  return found.values
    .map(({ code: value, number, label }) => {
      if (found.kind === 'number') return String(number)
      return found.kind === 'text' || found.kind === 'date' ? (label[''] ?? value) : value
    })
    .join('|')
}

async function* prices(sources: Sources, tenant: Tenant): Table {
  yield ['sku', 'currency', 'price']
  for await (const { offers } of walk(sources, tenant)) {
    for (const { sku, price } of offers) yield [sku, price.currency, decimalOf(price)]
  }
  for (const { currency } of await sources.lists(tenant)) {
    for (let after: string | undefined; ;) {
      const page = await sources.prices(tenant, {
        currency,
        limit: PAGE,
        ...(after === undefined ? {} : { after }),
      })
      // The list was closed meanwhile.
      if (!page.ok) break
      const { items, next } = page.value
      for (const { sku, price } of items) yield [sku, currency, decimalOf(price)]
      if (next === null) break
      after = next
    }
  }
}

async function* stock(sources: Sources, tenant: Tenant): Table {
  yield ['sku', 'warehouse', 'quantity']
  for await (const { product, offers } of walk(sources, tenant)) {
    const levels = await sources.levels(tenant.id, product.skus)
    for (const { sku, components } of offers) {
      // A bundle has no stock of its own.
      if (components.length > 0) continue
      for (const { warehouse, onHand } of levels.get(sku) ?? []) {
        yield [sku, warehouse, String(onHand)]
      }
    }
  }
}
