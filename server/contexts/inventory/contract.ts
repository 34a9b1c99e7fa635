/**
 * Inventory: how many units of each SKU are where, who holds them, and why.
 *
 * Everything outside this folder may import this file, and only this file.
 */
import type { Cause } from '#platform/http/route'
import type { TenantId } from '#platform/ids'
import type { HoldId, Transfer } from '#platform/ledger/transfer'
import type { Outcome } from '#platform/outcome'

/** Units were taken in as counted at the door. */
export interface GoodsReceived {
  readonly type: 'inventory.goods-received'
  readonly sku: string
  readonly warehouse: string
  readonly quantity: number
  readonly supplierRef: string
}

/** The units on hand were set to what was counted; the difference is in the ledger. */
export interface StockCounted {
  readonly type: 'inventory.stock-counted'
  readonly sku: string
  readonly warehouse: string
  readonly quantity: number
  readonly reason: string
}

/** Units were added or taken away by hand: found, broken, given away. */
export interface StockCorrected {
  readonly type: 'inventory.stock-corrected'
  readonly sku: string
  readonly warehouse: string
  /** Negative when units went away. */
  readonly delta: number
  readonly reason: string
}

export type StockEvent = GoodsReceived | StockCounted | StockCorrected

export type StockRefusal =
  | { readonly code: 'inventory.unknown-sku'; readonly sku: string }
  | { readonly code: 'inventory.unknown-product'; readonly productId: string }
  | { readonly code: 'inventory.unknown-warehouse'; readonly warehouse: string }
  | { readonly code: 'inventory.warehouse-taken'; readonly warehouse: string }
  | {
      readonly code: 'inventory.not-enough'
      readonly sku: string
      readonly wanted: number
      /** Filled in by settle, under the lock. */
      readonly free?: number
    }
  | {
      readonly code: 'inventory.held'
      readonly sku: string
      readonly warehouse: string
      readonly wanted: number
      readonly held?: number
    }
  | { readonly code: 'inventory.hold-gone'; readonly sku: string }

export interface Warehouse {
  readonly code: string
  readonly name: string
  readonly isMain: boolean
}

/** Units of one SKU in one warehouse: `free = onHand - held`. */
export interface Level {
  readonly warehouse: string
  readonly onHand: number
  readonly held: number
  readonly free: number
}

export interface HoldRequest {
  readonly id: HoldId
  /** The holder has nothing of this SKU yet; saves looking. */
  readonly isNew?: boolean
  readonly sku: string
  readonly quantity: number
  readonly forSeconds: number
}

/**
 * One shop's stock as parts of the caller's commit: units move together with whatever the caller
 * records, or nothing happens. Whoever uses these lives in the same database as inventory.
 */
export interface ShopStock {
  /** Units leave `free`, from the first warehouse that has them all. Refused with `inventory.not-enough`. */
  hold(request: HoldRequest): Transfer
  /** Units become free again; nothing when the hold is gone. */
  release(id: HoldId): Transfer
  /** Held units are sold. Refused with `inventory.hold-gone` when the hold lapsed. */
  sell(id: HoldId, sku: string): Transfer
}

/** Port for the catalog: what can be promised to a buyer. */
export interface StockLevels {
  /** Free units over all warehouses, as of now; a SKU never stocked is 0. */
  freeUnits(tenant: TenantId, skus: readonly string[]): Promise<ReadonlyMap<string, number>>
}

export interface Delivery {
  readonly sku: string
  readonly warehouse: string
  readonly quantity: number
  readonly supplierRef: string
}

/** Either what was counted or by how much it differs. */
export interface Correction {
  /** The product's own SKU when absent. */
  readonly sku?: string
  readonly quantity?: number
  readonly delta?: number
  readonly warehouse?: string
  readonly reason: string
}

export interface Corrected {
  readonly sku: string
  readonly stock: number
  readonly warehouses: readonly Level[]
}

/** A holder and what it holds; `holder` is the part of the hold's id that names a cart. */
export interface Holder {
  readonly holder: string
  readonly warehouse: string
  readonly quantity: number
  readonly until: string
}

export interface StockView {
  readonly sku: string
  readonly stock: number
  readonly warehouses: readonly Level[]
  /** Next to lapse first, at most 100. */
  readonly holds: readonly Holder[]
}

/** One line of the answer to "why is it 47?": `after` is what was on hand once it had happened. */
export interface MovementView {
  readonly at: string
  readonly what: 'received' | 'sold' | 'counted' | 'corrected' | 'held' | 'released' | 'lapsed'
  readonly change: number
  readonly quantity: number
  readonly after: number
  readonly reason: string | null
  readonly holder: string | null
  readonly cause: string
}

/** What people do to stock. Refusals are those of `StockRefusal` and `request.key-reused`. */
export interface StockCommands {
  /** Takes goods in (INV-12). */
  receive(tenant: TenantId, delivery: Delivery, cause: Cause): Promise<Outcome<Done<Level>>>
  /** Counts or corrects the units of a product (CAT-06): never below what is held. */
  correct(
    tenant: TenantId,
    productId: string,
    correction: Correction,
    cause: Cause,
  ): Promise<Outcome<Done<Corrected>>>
  openWarehouse(
    tenant: TenantId,
    warehouse: { code: string; name: string },
    cause: Cause,
  ): Promise<Outcome<Done<Warehouse>>>
}

export interface Done<T> {
  readonly answer: T
  readonly replayed: boolean
}

/** What people ask of stock; read as of now. */
export interface StockQueries {
  warehouses(tenant: TenantId): Promise<readonly Warehouse[]>
  /** What, where, who holds it (INV-01, INV-02). */
  stockOf(tenant: TenantId, sku: string): Promise<Outcome<StockView>>
  /** Newest first; the changes of a warehouse sum to what is on hand there (N-15). */
  movementsOf(
    tenant: TenantId,
    ask: { sku: string; warehouse?: string; limit: number; after?: string },
  ): Promise<Outcome<{ items: readonly MovementView[]; next: string | null }>>
}

/** Port for whoever sells. */
export interface Stock extends StockLevels {
  of(tenant: TenantId): Promise<ShopStock>
}
