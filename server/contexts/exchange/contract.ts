/**
 * Exchange: products, prices and stock as tables, in and out (GAP-37, CAT-14).
 *
 * Everything outside this folder may import this file, and only this file.
 */
import type { Cause } from '#platform/http/route'
import type { Id, TenantId } from '#platform/ids'
import type { Page } from '#platform/keyset'
import type { Outcome } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'

/** What the rows of a table are. */
export type TableKind = 'products' | 'prices' | 'stock'

export type TableFormat = 'csv' | 'xlsx'

/** `trial`: everything is read and judged, nothing is changed. */
export type ImportMode = 'apply' | 'trial'

export type ImportState = 'waiting' | 'running' | 'done' | 'broken' | 'cancelled'

/** A table was sent and waits to be read. */
export interface ImportBegun {
  readonly type: 'exchange.import-begun'
  readonly kind: TableKind
  readonly format: TableFormat
  readonly mode: ImportMode
  readonly bytes: number
}

/** So many rows more have been read, and what has become of all of them until now. */
export interface ImportProgressed extends Tally {
  readonly type: 'exchange.import-progressed'
}

/** Nothing more is read: all was, or the file broke off, or somebody called it off. */
export interface ImportEnded {
  readonly type: 'exchange.import-ended'
  readonly state: 'done' | 'broken' | 'cancelled'
}

export type ExchangeEvent = ImportBegun | ImportProgressed | ImportEnded

export interface Tally {
  /** Rows read, without the header. */
  readonly rows: number
  readonly applied: number
  readonly unchanged: number
  readonly failed: number
}

export type ExchangeRefusal =
  | { readonly code: 'exchange.import-unknown'; readonly importId: string }
  | {
      readonly code: 'exchange.import-over'
      readonly importId: string
      readonly state: ImportState
    }
  | { readonly code: 'exchange.file-empty' }
  | {
      readonly code: 'exchange.too-many-imports'
      readonly limit: number
      readonly retryAfterSeconds: number
    }

export interface ImportView extends Tally {
  readonly id: Id
  readonly kind: TableKind
  readonly format: TableFormat
  readonly mode: ImportMode
  readonly state: ImportState
  readonly bytes: number
  /** Of the file, from 0 to 1. */
  readonly progress: number
  readonly rowsPerSecond: number | null
  readonly secondsLeft: number | null
  readonly createdAt: string
  readonly endedAt: string | null
}

/** Why a row was not taken. */
export interface RowFault {
  /** In the file, from 1; the first line of a product that has several. */
  readonly line: number
  /** As the header has it; null where the fault is of the whole row. */
  readonly column: string | null
  readonly code: string
  readonly reason: string
}

/** What is sent with a table. */
export interface ImportAsk {
  readonly kind: TableKind
  readonly mode: ImportMode
  /** Found out where absent. */
  readonly delimiter?: string
  readonly encoding?: string
}

/** Tables that come in: each is kept, then read row by row in the background. */
export interface Imports {
  /** Keeps the file and has it read. Throws `TooLarge`. Refusals are those of `ExchangeRefusal`. */
  begin(
    tenant: Tenant,
    ask: ImportAsk,
    bytes: AsyncIterable<Uint8Array>,
    cause: Cause,
  ): Promise<Outcome<ImportView>>
  /** What has been applied stays. */
  cancel(
    tenant: TenantId,
    importId: Id,
    cause: Cause,
  ): Promise<Outcome<{ readonly answer: ImportView; readonly replayed: boolean }>>
  view(tenant: TenantId, importId: Id): Promise<Outcome<ImportView>>
  /** Newest first. */
  list(
    tenant: TenantId,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<Page<ImportView>>
  /** By line. */
  faults(
    tenant: TenantId,
    importId: Id,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<Outcome<Page<RowFault>>>
}
