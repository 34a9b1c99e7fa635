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

/** So many units may be owed and held at once before they are there; 0 ends it. */
export interface BackorderSet {
  readonly type: 'inventory.backorder-set'
  readonly sku: string
  readonly limit: number
  /** The day (ISO 8601) on which they should be there; a pre-order has one. */
  readonly availableFrom: string | null
}

/** Units that came went to those who had bought them before, in the order of their purchases. */
export interface BackorderFilled {
  readonly type: 'inventory.backorder-filled'
  readonly sku: string
  readonly warehouse: string
  readonly quantity: number
}

/**
 * Units came for sales that came to nothing, and are back on a shelf: nobody waits for them any more.
 */
export interface BackorderReturned {
  readonly type: 'inventory.backorder-returned'
  readonly sku: string
  readonly warehouse: string
  readonly quantity: number
}

/** A SKU is low from another number of free units on; null is the shop's own default. */
export interface ThresholdSet {
  readonly type: 'inventory.threshold-set'
  readonly sku: string
  readonly lowStock: number | null
}

export type StockEvent =
  | GoodsReceived
  | StockCounted
  | StockCorrected
  | BackorderSet
  | BackorderFilled
  | BackorderReturned
  | ThresholdSet

/** A SKU has become low: once, until it has recovered. */
export interface LowStock {
  readonly type: 'inventory.low-stock'
  readonly sku: string
  /** Units over all warehouses when it was noticed. */
  readonly free: number
  readonly threshold: number
}

/** A SKU that was low is so no more. */
export interface StockRecovered {
  readonly type: 'inventory.stock-recovered'
  readonly sku: string
  readonly free: number
  readonly threshold: number
}

export type AlertEvent = LowStock | StockRecovered

/** The shop keeps its stock by other rules from now on. */
export interface SettingsChanged extends StockSettings {
  readonly type: 'inventory.settings-changed'
}

export interface SkuQuantity {
  readonly sku: string
  readonly quantity: number
}

/** Units have left a warehouse for another. */
export interface TransferSent {
  readonly type: 'inventory.transfer-sent'
  readonly from: string
  readonly to: string
  readonly lines: readonly SkuQuantity[]
}

/** Units have come; what is `lost` will not. */
export interface TransferReceived {
  readonly type: 'inventory.transfer-received'
  readonly lines: readonly SkuQuantity[]
  readonly lost: readonly SkuQuantity[]
  /** Why units were lost. */
  readonly reason: string | null
}

/** What was still on its way is back where it came from. */
export interface TransferCancelled {
  readonly type: 'inventory.transfer-cancelled'
  readonly lines: readonly SkuQuantity[]
  readonly reason: string
}

export type TransferEvent = TransferSent | TransferReceived | TransferCancelled

/** Somebody began to count a warehouse. */
export interface StockTakeOpened {
  readonly type: 'inventory.stock-take-opened'
  readonly warehouse: string
}

/** A SKU was counted, or counted again; `expected` is what the books had at that moment. */
export interface StockTakeCounted {
  readonly type: 'inventory.stock-take-counted'
  readonly sku: string
  readonly quantity: number
  readonly expected: number
}

/** The differences were booked. */
export interface StockTakeClosed {
  readonly type: 'inventory.stock-take-closed'
}

/** The take came to nothing. */
export interface StockTakeAbandoned {
  readonly type: 'inventory.stock-take-abandoned'
}

export type StockTakeEvent =
  | StockTakeOpened
  | StockTakeCounted
  | StockTakeClosed
  | StockTakeAbandoned

export type StockRefusal =
  | { readonly code: 'inventory.unknown-sku'; readonly sku: string }
  | { readonly code: 'inventory.unknown-product'; readonly productId: string }
  | { readonly code: 'inventory.unknown-warehouse'; readonly warehouse: string }
  | { readonly code: 'inventory.warehouse-taken'; readonly warehouse: string }
  | {
      readonly code: 'inventory.not-enough'
      readonly sku: string
      readonly wanted: number
      /** The line's SKU, where the units were wanted as its component. */
      readonly bundle?: string
      /** Filled in by settle, under the lock. */
      readonly free?: number
    }
  | { readonly code: 'inventory.bundle'; readonly sku: string }
  | {
      readonly code: 'inventory.held'
      readonly sku: string
      readonly warehouse: string
      readonly wanted: number
      readonly held?: number
      /** Who holds them, the next to lapse first, at most 100. */
      readonly holders?: readonly Omit<Holder, 'warehouse'>[]
    }
  | { readonly code: 'inventory.hold-gone'; readonly sku: string }
  | { readonly code: 'inventory.promised'; readonly sku: string; readonly free?: number }
  | { readonly code: 'inventory.same-warehouse'; readonly warehouse: string }
  | { readonly code: 'inventory.sku-twice'; readonly sku: string }
  | { readonly code: 'inventory.unknown-transfer'; readonly transferId: string }
  | {
      readonly code: 'inventory.transfer-over'
      readonly transferId: string
      readonly status: string
    }
  | {
      readonly code: 'inventory.not-sent'
      readonly sku: string
      readonly wanted: number
      /** Still on its way. */
      readonly left: number
    }
  | { readonly code: 'inventory.unknown-stock-take'; readonly stockTakeId: string }
  | {
      readonly code: 'inventory.stock-take-over'
      readonly stockTakeId: string
      readonly status: string
    }
  | { readonly code: 'inventory.stock-take-open'; readonly warehouse: string }
  | { readonly code: 'inventory.stock-take-full'; readonly limit: number }

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

/**
 * What is taken from the shelves for one line. `holdId` names the line's holds; those of a bundle's
 * components are `<holdId>/<sku>`.
 */
export interface Held {
  readonly holdId: HoldId
  readonly sku: string
  readonly quantity: number
  /**
   * What one unit of a bundle is put together of, as it was when the line was set: whoever records a
   * line records them with it, so that what is held is what is sold (decision 0021). Absent or empty:
   * the SKU is on shelves itself.
   */
  readonly components?: readonly SkuQuantity[]
}

export interface HoldRequest extends Held {
  /** The holder has nothing of this SKU yet; saves looking. */
  readonly isNew?: boolean
  /** The line as it is held by now, where its components may have been others. */
  readonly before?: Held | undefined
  readonly forSeconds: number
  /** Payment has begun, so the 60 minutes from the hold's beginning bind no more (ruling 9). */
  readonly isPaying?: boolean
}

/** Which warehouse serves: the first in the order of preference, or the set that makes the fewest parcels. */
export type Allocation = 'preference' | 'fewest-parcels'

export interface StockSettings {
  readonly allocation: Allocation
  /** A SKU with so few free units is low, unless it has a number of its own. */
  readonly lowStock: number
}

/**
 * One shop's stock as parts of the caller's commit: units move together with whatever the caller
 * records, or nothing happens. Whoever uses these lives in the same database as inventory.
 */
export interface ShopStock {
  /**
   * Units leave `free`, from the first warehouse that has them all, else from what may be sold
   * before it is there; each component of a bundle from the first that has enough of it. Refused with
   * `inventory.not-enough`. A hold slides with each call, and before payment starts never lasts longer
   * than 60 minutes from its beginning (INV-03, ruling 9).
   */
  hold(request: HoldRequest): readonly Transfer[]
  /** The rest of a cart slides with the line that changed; a hold that has lapsed stays lapsed. */
  slide(line: Held, forSeconds: number): readonly Transfer[]
  /** Units become free again; nothing when the hold is gone. */
  release(line: Held): readonly Transfer[]
  /** Held units are sold. Refused with `inventory.hold-gone` when the hold lapsed. */
  sell(line: Held): readonly Transfer[]
}

/**
 * What there is of a SKU, in a word: for pages that may not say numbers (GAP-70). `low` is by the
 * shop's threshold; `preorder` is sold before it is there.
 */
export type AvailabilityWord = 'in-stock' | 'low' | 'out' | 'preorder'

export interface Availability {
  /** Free units over all warehouses. */
  readonly free: number
  readonly word: AvailabilityWord
}

/** Port for whoever shows what can be bought. */
export interface Availabilities {
  /** Units as of now; thresholds and what is sold ahead at most 10 s old. Every SKU is answered. */
  of(tenant: TenantId, skus: readonly string[]): Promise<ReadonlyMap<string, Availability>>
  /** The shop's thresholds and what it sells ahead are read anew. */
  forget(tenant: TenantId): void
}

/**
 * Port for whoever follows units: which bundles become more or fewer as a SKU does. It reads all
 * bundles of the shop at once, a second old at most, and is for work behind the log, not for requests.
 */
export interface BundlesOf {
  /** SKUs of bundles by the SKU of a component; what is in no bundle is absent. */
  bundles(tenant: TenantId): Promise<ReadonlyMap<string, readonly string[]>>
  forget(tenant: TenantId): void
}

/** Port for the catalog: what can be promised to a buyer. */
export interface StockLevels {
  /**
   * Free units over all warehouses, as of now; a SKU never stocked is 0. Of a bundle: so many as can be
   * put together of what is free, each with all units of one component from one warehouse, as holds take
   * them. What a bundle is put together of is known some moments after it was set.
   */
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
  readonly until: string | null
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

/** Port for whoever sells. */
export interface Stock extends StockLevels {
  of(tenant: TenantId): Promise<ShopStock>
  /**
   * For placing an order: holds of these lines choose their warehouses anew and together, by the
   * shop's rule of allocation as of now. The hold still decides, under the lock.
   */
  forOrder(tenant: TenantId, lines: readonly Held[]): Promise<ShopStock>
  /**
   * For an order that was paid and comes to nothing: its sold units go back to the shelves they were
   * sold from. Parts of the caller's commit, which must decide on the order, so that it happens once.
   */
  takeBack(tenant: TenantId, lines: readonly Held[]): Promise<readonly Transfer[]>
  /** The holds that a line is under: one, or one for each component of a bundle. */
  holdIds(line: Held): readonly HoldId[]
}
