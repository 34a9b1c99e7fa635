import type { Reads } from '#platform/db/reads'
import { rowsByKeys, statement } from '#platform/db/statement'
import type { Id, TenantId } from '#platform/ids'
import type { Refusal } from '#platform/outcome'
import type { Table, Write } from '#platform/write/commit'

import { availabilityTable, documentTable } from './tables.ts'

/** Before every product, and before every transaction. */
export const FIRST_ID = '00000000-0000-0000-0000-000000000000'
export const FIRST_TRANSACTION = '0'

/** Rows of one look. */
export const PAGE = 500

interface DocumentRow {
  readonly product_id: Id
  readonly entry: string | null
  readonly changed_in: string
}

interface AvailabilityRow {
  readonly product_id: Id
  readonly is_available: boolean
  readonly changed_in: string
}

/** Everything a reader asks for next lies behind this: a transaction and a product. */
export interface Since {
  readonly transaction: string
  readonly id: Id
}

const horizon = statement<{ horizon: string }>(
  'search.horizon',
  `select pg_snapshot_xmin(pg_current_snapshot())::text as horizon`,
)

/** All transactions before this one have ended, and what they did is seen by reads that begin later. */
export async function horizonOf(reads: Reads, tenant: TenantId): Promise<string> {
  const [row] = await reads.read(tenant, horizon)
  return row?.horizon ?? FIRST_TRANSACTION
}

const origin = statement<{ origin: string }>(
  'search.origin',
  `select (select system_identifier from pg_control_system()) || '/'
     || (select timeline_id from pg_control_checkpoint()) || '/'
     || (select oid from pg_database where datname = current_database()) as origin`,
)

/** Is another one after a restore and in another database: transactions of two origins say nothing of each other. */
export async function originOf(reads: Reads, tenant: TenantId): Promise<string> {
  const [row] = await reads.read(tenant, origin)
  return row?.origin ?? ''
}

// Rows of a transaction that this cluster has yet to begin were restored from another cluster: they are
// read with all others, and are no news.
// That every transaction is behind the first is said for the index: it is for those only who say so.
const isNews = `tenant_id = $1 and changed_in > '0'::xid8 and (changed_in, product_id) > ($2::xid8, $3::uuid)
  and changed_in < (select pg_snapshot_xmax(pg_current_snapshot()))
  order by changed_in, product_id limit ${PAGE}`

const changedDocuments = statement<DocumentRow>(
  'search.changed-documents',
  `select product_id, entry, changed_in::text from search.documents where ${isNews}`,
)

const changedAvailability = statement<AvailabilityRow>(
  'search.changed-availability',
  `select product_id, is_available, changed_in::text from search.availability where ${isNews}`,
)

export function documentsSince(reads: Reads, tenant: TenantId, { transaction, id }: Since) {
  return reads.read(tenant, changedDocuments, [tenant, transaction, id])
}

export function availabilitySince(reads: Reads, tenant: TenantId, { transaction, id }: Since) {
  return reads.read(tenant, changedAvailability, [tenant, transaction, id])
}

/** Rows of one look at everything. */
export const LOADED = 250

const allDocuments = statement<DocumentRow>(
  'search.all-documents',
  `select product_id, entry, changed_in::text from search.documents
   where tenant_id = $1 and product_id > $2::uuid order by product_id limit ${LOADED}`,
)

const allAvailability = statement<AvailabilityRow>(
  'search.all-availability',
  `select product_id, is_available, changed_in::text from search.availability
   where tenant_id = $1 and product_id > $2::uuid order by product_id limit ${LOADED}`,
)

const availableOf = statement<AvailabilityRow>(
  'search.availability-of',
  rowsByKeys(
    'search.availability',
    'product_id',
    'product_id, is_available, changed_in::text as changed_in',
  ),
)

/** Pages of all documents by product. */
export function documentsAfter(reads: Reads, tenant: TenantId, after: Id): Promise<DocumentRow[]> {
  return reads.read(tenant, allDocuments, [tenant, after])
}

export function availabilityAfter(
  reads: Reads,
  tenant: TenantId,
  after: Id,
): Promise<AvailabilityRow[]> {
  return reads.read(tenant, allAvailability, [tenant, after])
}

/** A row as it was read, and the transaction that wrote it. */
export interface Noted<T> {
  readonly value: T
  readonly changedIn: string
}

/** Whether there are units of these products, as was noted last; those never noted are absent. */
export async function availabilityOf(
  reads: Reads,
  tenant: TenantId,
  ids: readonly Id[],
): Promise<ReadonlyMap<Id, Noted<boolean>>> {
  const rows = await reads.read(tenant, availableOf, [tenant, ids])
  return new Map(
    rows.map(({ product_id: id, is_available: value, changed_in: changedIn }) => [
      id,
      { value, changedIn },
    ]),
  )
}

const entriesOf = statement<DocumentRow>(
  'search.entries-of',
  rowsByKeys('search.documents', 'product_id', 'product_id, entry, changed_in::text as changed_in'),
)

/** What these products are found by as JSON, null where they are not; those never indexed are absent. */
export async function entriesOfProducts(
  reads: Reads,
  tenant: TenantId,
  ids: readonly Id[],
): Promise<ReadonlyMap<Id, Noted<string | null>>> {
  const rows = await reads.read(tenant, entriesOf, [tenant, ids])
  return new Map(
    rows.map(({ product_id: id, entry: value, changed_in: changedIn }) => [
      id,
      { value, changedIn },
    ]),
  )
}

/** Another process wrote the same product at the same time: whoever is refused looks anew. */
const CHANGED: Refusal = { code: 'search.changed-meanwhile' }

/** The product is found by this from now on, if what is there is what was read; null when it is not to be found. */
export function putDocument(
  row: { readonly id: Id; readonly version: number; readonly entry: string | null },
  before: Noted<unknown> | undefined,
): readonly Write[] {
  const { id, version, entry } = row
  return put(documentTable, { product_id: id, entry, version }, before)
}

/** Likewise. */
export function putAvailability(
  id: Id,
  isAvailable: boolean,
  before: Noted<unknown> | undefined,
): readonly Write[] {
  return put(availabilityTable, { product_id: id, is_available: isAvailable }, before)
}

/** A row that is deleted and inserted says which transaction did it; an update would keep the old one. */
function put(
  table: Table,
  row: Record<string, unknown>,
  before: Noted<unknown> | undefined,
): readonly Write[] {
  const made = { table, verb: 'insert', row, orRefuse: CHANGED } as const
  if (before === undefined) return [made]
  const when = { changed_in: before.changedIn }
  return [{ table, verb: 'delete', row, when, orRefuse: CHANGED }, made]
}
