/** What those who run the warehouses do and see: types for this context's own routes. */
import type { Instant } from '#platform/clock'
import type { Cause } from '#platform/http/route'
import type { Id, TenantId } from '#platform/ids'
import type { Page } from '#platform/keyset'
import type { Outcome } from '#platform/outcome'

import type { Done, Holder, Level, SkuQuantity, StockSettings, Warehouse } from '../contract.ts'

/** Units somebody has bought before they were there. */
export interface OwedView {
  readonly holder: string
  readonly at: string
  readonly quantity: number
  /** How many of them have come. */
  readonly filled: number
}

export interface BackorderView {
  readonly limit: number
  readonly availableFrom: string | null
  /** May still be sold: neither owed nor held. */
  readonly free: number
  readonly held: number
  readonly owed: number
}

/** What is where, and why: as of an instant, or as of now (null). */
export interface StockView {
  readonly sku: string
  readonly at: string | null
  /** Free units; of a bundle so many as can be put together now, and null for an instant. */
  readonly stock: number | null
  /** What one unit of a bundle is put together of now; empty for what is on shelves itself. */
  readonly components: readonly SkuQuantity[]
  readonly warehouses: readonly Level[]
  readonly inTransit: readonly { readonly transferId: Id; readonly quantity: number }[]
  readonly backorder: BackorderView | null
  /** The oldest first, at most 100 that are not filled. */
  readonly owed: readonly OwedView[]
  /** Next to lapse first, at most 100. `until` is null in the past, where deadlines are not kept. */
  readonly holds: readonly Holder[]
  /** The last 20 movements of the warehouses, the newest first. */
  readonly why: readonly PlacedMovement[]
}

export type MovementKind =
  | 'received'
  | 'sold'
  | 'counted'
  | 'corrected'
  | 'held'
  | 'released'
  | 'lapsed'
  | 'sent'
  | 'arrived'
  /** Was sold, and the sale came to nothing. */
  | 'returned'
  /** Went to those who had bought before it was there. */
  | 'owed'

/** One line of the answer to "why is it 47?": `after` is what was on hand once it had happened. */
export interface MovementView {
  readonly at: string
  readonly what: MovementKind
  readonly change: number
  readonly quantity: number
  readonly after: number
  readonly reason: string | null
  readonly holder: string | null
  readonly cause: string
}

/** A movement and the warehouse it was in. */
export interface PlacedMovement extends Omit<MovementView, 'after' | 'reason'> {
  readonly warehouse: string
}

export interface LowStockView {
  readonly sku: string
  readonly free: number
  readonly threshold: number
  readonly since: string
}

export interface TransferView {
  readonly id: Id
  readonly from: string
  readonly to: string
  readonly status: 'on-the-way' | 'received' | 'cancelled'
  readonly createdAt: string
  readonly updatedAt: string
}

export interface TransferLine {
  readonly sku: string
  readonly sent: number
  readonly received: number
  readonly lost: number
  /** Went back to where it came from. */
  readonly returned: number
}

export interface StockTakeView {
  readonly id: Id
  readonly warehouse: string
  readonly status: 'open' | 'closed' | 'abandoned'
  readonly createdAt: string
  readonly updatedAt: string
}

export interface StockTakeLine {
  readonly sku: string
  readonly expected: number
  readonly counted: number
  /** Counted less expected. */
  readonly variance: number
}

/** How a shop keeps its stock, and what is special about a SKU. */
export interface StockRules {
  change(tenant: TenantId, settings: StockSettings, cause: Cause): Promise<Outcome<StockSettings>>
  /** Never below what is held or owed: `inventory.promised`. */
  setBackorder(
    tenant: TenantId,
    ask: { sku: string; limit: number; availableFrom: string | null },
    cause: Cause,
  ): Promise<Outcome<BackorderView & { sku: string }>>
  setThreshold(
    tenant: TenantId,
    ask: { sku: string; lowStock: number | null },
    cause: Cause,
  ): Promise<Outcome<{ sku: string; lowStock: number | null }>>
}

/** Units on their way from one warehouse to another belong to neither. */
export interface StockTransfers {
  send(
    tenant: TenantId,
    ask: { from: string; to: string; lines: readonly SkuQuantity[] },
    cause: Cause,
  ): Promise<Outcome<Done<{ id: Id }>>>
  /** Absent lines are all that is left. With `lostReason` what is left after them is lost. */
  receive(
    tenant: TenantId,
    ask: { id: Id; lines?: readonly SkuQuantity[]; lostReason?: string },
    cause: Cause,
  ): Promise<Outcome<Done<{ id: Id; status: TransferView['status'] }>>>
  cancel(
    tenant: TenantId,
    ask: { id: Id; reason: string },
    cause: Cause,
  ): Promise<Outcome<Done<{ id: Id; status: TransferView['status'] }>>>
  list(tenant: TenantId, limit: number, after?: string): Promise<Page<TransferView>>
  find(
    tenant: TenantId,
    id: Id,
  ): Promise<Outcome<TransferView & { lines: readonly TransferLine[]; reason: string | null }>>
}

/**
 * Counting a warehouse while it sells: a line says what was counted and what the books had at that
 * moment, and closing books all differences in one commit, so sales in between stay sales.
 */
export interface StockTakes {
  open(tenant: TenantId, warehouse: string, cause: Cause): Promise<Outcome<Done<{ id: Id }>>>
  count(
    tenant: TenantId,
    ask: { id: Id; sku: string; quantity: number },
    cause: Cause,
  ): Promise<Outcome<Done<StockTakeLine>>>
  /** A difference that buyers' holds do not allow is refused with `inventory.held` and who holds. */
  close(
    tenant: TenantId,
    id: Id,
    how: 'book' | 'abandon',
    cause: Cause,
  ): Promise<Outcome<Done<{ id: Id; status: StockTakeView['status'] }>>>
  list(tenant: TenantId, limit: number, after?: string): Promise<Page<StockTakeView>>
  find(
    tenant: TenantId,
    id: Id,
  ): Promise<Outcome<StockTakeView & { lines: readonly StockTakeLine[] }>>
}

/** What people ask of stock; read as of now. */
export interface StockQueries {
  warehouses(tenant: TenantId): Promise<readonly Warehouse[]>
  /** What, where, who holds it (INV-01, INV-02). */
  stockOf(tenant: TenantId, sku: string, at?: Instant): Promise<Outcome<StockView>>
  /** What each of these SKUs has in each warehouse, as of now; one that never was on a shelf is absent. */
  onHandOf(
    tenant: TenantId,
    skus: readonly string[],
  ): Promise<ReadonlyMap<string, readonly Level[]>>
  settings(tenant: TenantId): Promise<StockSettings>
  /** By SKU; `after` is the last SKU of the page before. */
  lowStock(tenant: TenantId, limit: number, after?: string): Promise<Page<LowStockView>>
  /** Newest first; the changes of a warehouse sum to what is on hand there (N-15). */
  movementsOf(
    tenant: TenantId,
    ask: { sku: string; warehouse?: string; limit: number; after?: string },
  ): Promise<Outcome<{ items: readonly MovementView[]; next: string | null }>>
}
