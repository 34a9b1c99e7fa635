/**
 * Returns: what buyers ask to give back of their orders, and what the shop says to it (ORD-12).
 *
 * Everything outside this folder may import this file, and only this file.
 */
import type { Cause } from '#platform/http/route'
import type { Id, TenantId } from '#platform/ids'
import type { Page } from '#platform/keyset'
import type { Outcome } from '#platform/outcome'
import type { Asker, OrderStatus } from '#context/orders'

/** Why something is to go back. */
export type ReturnReason =
  | 'changed-mind'
  | 'damaged'
  | 'not-as-described'
  | 'other'
  | 'wrong-item'
  | 'wrong-size'

/** `requested` until its buyer withdraws it or the shop approves or declines it; then for ever. */
export type ReturnState = 'requested' | 'approved' | 'declined' | 'withdrawn'

/** So many units of an order's line. */
export interface ReturnLine {
  readonly sku: string
  readonly quantity: number
}

/** A buyer asks to give something back. The words stand in a table that can be erased, not in the log. */
export interface ReturnRequested {
  readonly type: 'returns.requested'
  readonly returnId: Id
  readonly orderId: Id
  readonly number: string
  /** Null for a guest. */
  readonly userId: Id | null
  readonly lines: readonly ReturnLine[]
  readonly reason: ReturnReason
}

/** The buyer keeps it after all. */
export interface ReturnWithdrawn {
  readonly type: 'returns.withdrawn'
  readonly returnId: Id
}

/** The shop takes it back: receiving, restocking and giving the money back follow from here on. */
export interface ReturnApproved {
  readonly type: 'returns.approved'
  readonly returnId: Id
}

/** The shop does not take it back. */
export interface ReturnDeclined {
  readonly type: 'returns.declined'
  readonly returnId: Id
}

/** For how many days after the hand-over the shop takes things back. */
export interface ReturnDaysSet {
  readonly type: 'returns.days-set'
  readonly days: number
}

export type ReturnEvent = ReturnRequested | ReturnWithdrawn | ReturnApproved | ReturnDeclined

export type ReturnRefusal =
  | { readonly code: 'returns.unknown'; readonly returnId: Id }
  | { readonly code: 'returns.not-returnable'; readonly status: OrderStatus }
  | { readonly code: 'returns.too-late'; readonly until: string; readonly days: number }
  | { readonly code: 'returns.not-ordered'; readonly sku: string }
  | {
      readonly code: 'returns.too-many-units'
      readonly sku: string
      readonly wanted: number
      readonly left: number
    }
  | { readonly code: 'returns.too-many'; readonly most: number }
  | { readonly code: 'returns.not-open'; readonly state: ReturnState }

/** What a buyer asks for. */
export interface NewReturn {
  readonly lines: readonly ReturnLine[]
  readonly reason: ReturnReason
  readonly comment?: string
}

export interface ReturnView {
  readonly id: Id
  readonly number: string
  readonly orderId: Id
  readonly orderNumber: string
  readonly state: ReturnState
  readonly reason: ReturnReason
  readonly comment: string | null
  /** The shop's words, of one that was declined. */
  readonly because: string | null
  /** As the order named them. */
  readonly lines: readonly (ReturnLine & { readonly name: string })[]
  readonly createdAt: string
  readonly updatedAt: string
}

/** What was asked of an order, and what may still be. */
export interface ReturnsOfOrder {
  /** The newest first. */
  readonly items: readonly ReturnView[]
  /** Of each line so many may still be asked for; empty when nothing may be. */
  readonly returnable: readonly ReturnLine[]
  /** The last moment; null for an order that is neither paid nor handed over. */
  readonly until: string | null
  readonly days: number
}

export interface ReturnSettings {
  readonly days: number
}

/** What a command answers, perhaps an earlier time under the same key. */
export interface Answered {
  readonly view: ReturnView
  readonly replayed: boolean
}

/** Changes to requests. Whoever may see the order may ask and withdraw; the rest is staff's. */
export interface ReturnCommands {
  request(
    tenant: TenantId,
    orderId: Id,
    wanted: NewReturn,
    asker: Asker,
    cause: Cause,
  ): Promise<Outcome<Answered>>
  withdraw(tenant: TenantId, returnId: Id, asker: Asker, cause: Cause): Promise<Outcome<Answered>>
  approve(tenant: TenantId, returnId: Id, cause: Cause): Promise<Outcome<Answered>>
  decline(tenant: TenantId, returnId: Id, because: string, cause: Cause): Promise<Outcome<Answered>>
  setDays(tenant: TenantId, days: number, cause: Cause): Promise<Outcome<ReturnSettings>>
}

/** What is shown of requests. */
export interface ReturnQueries {
  /** To whoever may see the order; for everybody else there is no such order. */
  ofOrder(tenant: TenantId, orderId: Id, asker: Asker): Promise<Outcome<ReturnsOfOrder>>
  /** The newest first. */
  mine(
    tenant: TenantId,
    userId: Id,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<Page<ReturnView>>
  /** The shop's, the newest first. */
  inState(
    tenant: TenantId,
    state: ReturnState,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<Page<ReturnView>>
  settings(tenant: TenantId): Promise<ReturnSettings>
}
