import type {
  AttributeDefinition,
  CatalogChanges,
  Offers,
  ProductDraft,
  VariantDraft,
} from '#context/catalog'
import type { StockCommands } from '#context/inventory'
import type { PriceListCommands } from '#context/pricing'
import type { Cause } from '#platform/http/route'
import type { Id, TenantId } from '#platform/ids'
import { refuse, type Outcome, type Refusal } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'

import type { ImportMode, RowFault, TableKind } from '../contract.ts'
import type { Column } from '../domain/columns.ts'
import { belongs, productBody } from '../domain/products.ts'
import { fault, missing, priceRow, stockRow, type Read, type TableRow } from '../domain/rows.ts'
import type { Effect, Rehearsal } from './rehearse.ts'

/** What a look at a body finds, as the routes of products find it: where, and what. */
export type Look = (
  body: unknown,
) => readonly { readonly pointer: string; readonly message: string }[]

/** The commands rows are applied by, all opened over the rehearsal's writer. */
export interface Targets {
  readonly rehearsal: Rehearsal
  readonly offers: Offers
  readonly create: CatalogChanges['createProduct']
  merge(
    tenant: Tenant,
    productId: Id,
    patch: Readonly<{ [name: string]: unknown }>,
    variants: readonly VariantDraft[],
    cause: Cause,
  ): Promise<Outcome<unknown>>
  readonly looks: { readonly draft: Look; readonly patch: Look }
  /** Which attributes there are, by code. */
  definitionsOf(tenant: TenantId): Promise<ReadonlyMap<string, AttributeDefinition>>
  readonly prices: Pick<PriceListCommands, 'setPrice' | 'removePrice'>
  readonly stock: Pick<StockCommands, 'correct'>
  /** Units on hand; undefined where the SKU or the warehouse is not known. */
  onHand(tenant: Tenant, sku: string, warehouse: string): Promise<number | undefined>
}

export interface Batch {
  readonly tenant: Tenant
  readonly importId: Id
  readonly kind: TableKind
  readonly mode: ImportMode
  readonly columns: readonly Column[]
  /** Nobody has read the import before, so no row of it has been applied. */
  readonly isFirst: boolean
}

/** What became of some rows. */
export interface Result {
  readonly rows: number
  readonly effect: Effect | 'failed'
  readonly faults: readonly RowFault[]
}

/** Rows that are decided together: those of one product, or one. */
export function groupsOf(kind: TableKind, records: readonly TableRow[]): TableRow[][] {
  const groups: TableRow[][] = []
  for (const record of records) {
    const last = groups.at(-1)
    if (kind === 'products' && last !== undefined && belongs(last, record)) last.push(record)
    else groups.push([record])
  }
  return groups
}

/** What a row is of: rows of one thing are applied in the order of the file, so the last of them counts. */
export function namesOf(kind: TableKind, { cells }: TableRow): readonly string[] {
  const [sku = '', product] = [cells.get('sku'), cells.get('product')]
  if (kind === 'products') return product === undefined ? [sku] : [sku, `product ${product}`]
  return [`${sku} ${cells.get(kind === 'prices' ? 'currency' : 'warehouse') ?? ''}`]
}

/** Applies a group. Done again after a crash it is found done: its key is the import and its line. */
export async function apply(
  targets: Targets,
  batch: Batch,
  group: readonly TableRow[],
): Promise<Result> {
  const [first] = group
  if (first === undefined) return { rows: 0, effect: 'unchanged', faults: [] }
  const read = await attempt(targets, batch, group, first)
  if ('faults' in read) return { rows: group.length, effect: 'failed', faults: read.faults }
  const outcome = await targets.rehearsal.run(batch.mode === 'trial', read.row)
  if (outcome.ok) return { rows: group.length, effect: outcome.value, faults: [] }
  const found = fault(first.line, null, outcome.refusal.code, reasonOf(outcome.refusal))
  return { rows: group.length, effect: 'failed', faults: [found] }
}

/** `It is no choice. (attribute "gender")`: what a refusal says in words, then its facts. */
function reasonOf({ code: _, ...rest }: Refusal): string {
  const { reason, ...facts } = rest as Readonly<Record<string, unknown>>
  const said = Object.entries(facts).map(([name, value]) => `${name} ${JSON.stringify(value)}`)
  if (reason === undefined) return said.join(', ')
  return `${reason as string}${said.length === 0 ? '' : ` (${said.join(', ')})`}`
}

type Work = () => Promise<Outcome<unknown>>

function attempt(
  targets: Targets,
  batch: Batch,
  group: readonly TableRow[],
  first: TableRow,
): Read<Work> | Promise<Read<Work>> {
  if (batch.kind === 'products') return product(targets, batch, group, first)
  if (batch.kind === 'prices') return price(targets, batch, first)
  return stock(targets, batch, first)
}

function causeOf({ importId }: Batch, { line }: TableRow): Cause {
  return { caller: `import/${importId}`, key: String(line), fingerprint: '' }
}

async function product(
  { offers, create, merge, looks, definitionsOf }: Targets,
  batch: Batch,
  group: readonly TableRow[],
  first: TableRow,
): Promise<Read<Work>> {
  const { tenant, columns } = batch
  const skus = group.map(({ cells }) => cells.get('sku'))
  const silent = group.find((_, n) => skus[n] === undefined)
  if (silent !== undefined) return missing(silent.line, 'sku')
  const known = await offers.offers(tenant.id, skus as string[])
  const [ours, ...others] = known.values()
  const productId = ours?.productId
  const stranger = others.find((offer) => offer.productId !== productId)
  if (stranger !== undefined) {
    const reason = `${stranger.sku} is of another product.`
    return { faults: [fault(first.line, 'sku', 'catalog.sku-taken', reason)] }
  }
  const definitions = await definitionsOf(tenant.id)
  const { body, variants, faults } = productBody(columns, group, tenant, {
    attributes: definitions,
    isNew: (sku) => !known.has(sku),
  })
  if (faults.length > 0) return { faults }
  const whole = variants.length === 0 ? body : { ...body, variants }
  const found = productId === undefined ? looks.draft(whole) : looks.patch(whole)
  if (found.length > 0) {
    return {
      faults: found.map(({ pointer, message }) =>
        fault(first.line, columnAt(pointer), 'request.invalid', message),
      ),
    }
  }
  const cause = causeOf(batch, first)
  // Should two processes be the first all the same, its SKUs let a product be made once.
  const { isFirst: isFreshKey } = batch
  // The look has seen that the body is one.
  const draft = whole as unknown as ProductDraft
  return {
    row: () =>
      productId === undefined
        ? create(tenant, draft, { ...cause, isFreshKey }, tenant.languages)
        : merge(tenant, productId, body, variants, cause),
  }
}

/** `/name/uk` is the column `name.uk`; what is of a variant is of its row. */
function columnAt(pointer: string): string | null {
  const [, name = '', part] = pointer.split('/')
  if (name === 'variants' || name === '') return null
  return part === undefined ? name : `${name.replace(/s$/, '')}.${part}`.replace(/^name/, 'name')
}

function price({ prices, offers, rehearsal }: Targets, batch: Batch, record: TableRow): Read<Work> {
  const read = priceRow(record)
  if ('faults' in read) return read
  const { sku, currency, amount } = read.row
  const { tenant } = batch
  const cause = causeOf(batch, record)
  return {
    row: async () => {
      if (amount !== null) return prices.setPrice(tenant, { sku, currency, amount }, cause)
      const removed = await prices.removePrice(tenant, { sku, currency }, cause)
      const isGone = !removed.ok && removed.refusal.code === 'pricing.price-unknown'
      // What has no price already is as it should be, if there is such a thing at all.
      if (!isGone) return removed
      const known = await offers.offers(tenant.id, [sku])
      return known.has(sku) ? rehearsal.nothing(tenant.id, cause) : refuse(unknownSku(sku))
    },
  }
}

function stock(targets: Targets, batch: Batch, record: TableRow): Read<Work> {
  const read = stockRow(record)
  if ('faults' in read) return read
  const { sku, warehouse, quantity } = read.row
  const { tenant, importId } = batch
  return {
    row: async () => {
      const known = await targets.offers.offers(tenant.id, [sku])
      const offer = known.get(sku)
      if (offer === undefined) return refuse(unknownSku(sku))
      const cause = causeOf(batch, record)
      const onHand = await targets.onHand(tenant, sku, warehouse)
      if (onHand === quantity) return targets.rehearsal.nothing(tenant.id, cause)
      const correction = { sku, warehouse, quantity, reason: `import ${importId}` }
      return targets.stock.correct(tenant.id, offer.productId, correction, cause)
    },
  }
}

function unknownSku(sku: string): Refusal & { readonly sku: string } {
  return { code: 'inventory.unknown-sku', sku }
}
