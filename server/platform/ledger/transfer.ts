import type { Instant } from '../clock.ts'
import type { Refusal } from '../outcome.ts'

/**
 * Where amounts of one unit are: units of a SKU in a warehouse, money paid on a payment.
 *
 * A name that begins with `world/` is the outside (supplier, sold, customers): it has no row and no
 * limit, its balance is the sum over transfers, so it never makes two buyers wait for each other.
 * Every other account has a row and may never have `posted - held < 0`.
 */
export interface Account {
  readonly name: string
  readonly unit: string
}

export function isWorld(account: Account): boolean {
  return account.name.startsWith('world/')
}

/** Chosen by whoever holds, unique within the tenant: `<cart id>/<sku>`. */
export type HoldId = string

/** Moves an amount now. With several sources the first that has enough free gives all of it. */
export interface Move {
  readonly verb: 'move'
  readonly from: Account | readonly Account[]
  readonly to: Account
  readonly amount: number
  /** The hold whose posted units come back by this; recorded with the movement and not looked at. */
  readonly hold?: HoldId
  /** What the caller is told when not enough is free; settle adds `free`. */
  readonly refusal: Refusal
}

/**
 * After the commit the hold `id` is open with exactly this amount until at least `forSeconds` from
 * the commit, by the database's clock, and never shorter than it was. An open hold of that id is
 * replaced (its own units count as free); a lapsed one is taken anew. Up to nine accounts in order
 * of preference: eight warehouses and what may be sold beyond them.
 */
export interface Hold {
  readonly verb: 'hold'
  readonly id: HoldId
  /**
   * The caller knows, from the streams of the commit or because it has just made the id, that no
   * hold of this id is open; so none is looked for.
   */
  readonly isNew?: boolean
  readonly from: readonly Account[]
  readonly amount: number
  readonly forSeconds: number
  /**
   * The deadline is never later than so many seconds after the hold began, however often it is held
   * again or extended. A hold began when its id was taken; one that lapsed and is taken anew begins
   * anew, because its units were anybody's in between. Absent: no limit.
   */
  readonly atMostSeconds?: number
  /** An open hold moves to an earlier account of `from` that has enough; absent: it stays where it is. */
  readonly choosesAnew?: boolean
  readonly refusal: Refusal
}

/**
 * Moves the deadline of an open hold, with `atMostSeconds` as in `Hold`; no deadline comes nearer.
 * One that lapsed is refused, or left as it is when there is no refusal.
 */
export interface Extend {
  readonly verb: 'extend'
  readonly id: HoldId
  readonly forSeconds: number
  readonly atMostSeconds?: number
  readonly refusal?: Refusal
}

/** Takes all or part of what is held to another account and lets the rest go. A hold that lapsed is refused. */
export interface Post {
  readonly verb: 'post'
  readonly id: HoldId
  readonly to: Account
  /** All of it when absent. */
  readonly amount?: number
  readonly refusal: Refusal
}

/** Lets a hold go. One that is gone already is no refusal: the wish is fulfilled. */
export interface Void {
  readonly verb: 'void'
  readonly id: HoldId
}

/** Lets a hold go if its deadline has passed; one that was extended meanwhile stays. For the sweeper. */
export interface Reclaim {
  readonly verb: 'reclaim'
  readonly id: HoldId
}

/**
 * Sets what an account has; the difference, computed under the lock, comes from or goes to
 * `against`. A count below what is held is refused.
 */
export interface Count {
  readonly verb: 'count'
  readonly account: Account
  readonly amount: number
  readonly against: Account
  readonly refusal: Refusal
}

/** One movement of a commit; a commit's transfers happen all or none, in their order. */
export type Transfer = Move | Hold | Extend | Post | Void | Reclaim | Count

/** What an account with a limit has. `free = posted - held`. */
export interface Balance {
  readonly posted: number
  readonly held: number
}

/** A hold that is open; one past `until` has lapsed and gives way to whoever needs its units. */
export interface OpenHold {
  readonly id: HoldId
  readonly account: Account
  readonly amount: number
  /** When it began: what a limit of its whole life counts from. */
  readonly since: Instant
  readonly until: Instant
}

/**
 * One line of the ledger's log; what they say adds up to every balance. `move` changes posted on
 * both sides; `hold` and `release` change held on `from`; `post` is a move out of a hold and changes
 * both; `lapse` is a release by the deadline. A deadline that moves is no movement.
 */
export interface LedgerEntry {
  readonly verb: 'move' | 'hold' | 'release' | 'lapse' | 'post'
  readonly from: Account
  /** The other side of a `move` or `post`; otherwise the account itself. */
  readonly to: Account
  readonly amount: number
  readonly hold?: HoldId
}
