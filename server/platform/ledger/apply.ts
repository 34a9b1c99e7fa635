/**
 * The ledger's arithmetic: what one transfer does to balances and holds, or why it cannot.
 * Pure; run by settle for the PostgreSQL and for the in-memory store alike.
 */
import assert from 'node:assert/strict'

import type { Instant } from '../clock.ts'
import type { Refusal } from '../outcome.ts'
import {
  isWorld,
  type Account,
  type Balance,
  type HoldId,
  type LedgerEntry,
  type OpenHold,
  type Transfer,
} from './transfer.ts'

/** A hold may name so many accounts; all of them are locked. */
const MAX_CANDIDATES = 9

/** The books of one tenant as one member of a batch sees and changes them. */
export interface Books {
  balance(account: Account): Balance
  setBalance(account: Account, balance: Balance): void
  hold(id: HoldId): OpenHold | undefined
  setHold(id: HoldId, hold: OpenHold | undefined): void
  /** Lapsed holds of an account, oldest first, as far as they are known. */
  lapsed(account: Account): readonly OpenHold[]
  /** Remembers that an account was short, so that its lapsed holds can be looked for. */
  short(account: Account): void
  record(entry: LedgerEntry): void
}

/** Applies one transfer; returns the refusal when it cannot be, having changed some of the books: drop them. */
export function applyTransfer(books: Books, transfer: Transfer, now: Instant): Refusal | undefined {
  switch (transfer.verb) {
    case 'move':
      return move(books, transfer, now)
    case 'hold':
      return hold(books, transfer, now)
    case 'extend':
      return extend(books, transfer, now)
    case 'post':
      return post(books, transfer, now)
    case 'void':
      return release(books, transfer.id, 'release')
    case 'reclaim':
      return (books.hold(transfer.id)?.until ?? now + 1) <= now
        ? release(books, transfer.id, 'lapse')
        : undefined
    case 'count':
      return count(books, transfer)
  }
}

/** The accounts with a row that a transfer names; a hold's own account is found through its id. */
export function accountsOf(transfer: Transfer): readonly Account[] {
  const named =
    transfer.verb === 'move'
      ? [...sources(transfer.from), transfer.to]
      : transfer.verb === 'hold'
        ? transfer.from
        : transfer.verb === 'post'
          ? [transfer.to]
          : transfer.verb === 'count'
            ? [transfer.account, transfer.against]
            : []
  return named.filter((account) => !isWorld(account))
}

/** The id of the open hold that a transfer needs to see; on a further try also of one that should be new. */
export function holdOf(transfer: Transfer, isRetry: boolean): HoldId | undefined {
  if (!('id' in transfer)) return undefined
  return transfer.verb === 'hold' && transfer.isNew === true && !isRetry ? undefined : transfer.id
}

function sources(from: Account | readonly Account[]): readonly Account[] {
  return Array.isArray(from) ? (from as readonly Account[]) : [from as Account]
}

function move(
  books: Books,
  { from, to, amount, hold: returned, refusal }: Transfer & { verb: 'move' },
  now: Instant,
): Refusal | undefined {
  assertAmount(amount)
  const chosen = choose(books, sources(from), amount, now)
  if ('free' in chosen) return told(refusal, chosen)
  moveNow(books, chosen.account, to, amount, returned)
  return undefined
}

function hold(
  books: Books,
  { id, from, amount, refusal, choosesAnew = false, ...limits }: Transfer & { verb: 'hold' },
  now: Instant,
): Refusal | undefined {
  assertAmount(amount)
  assert(from.length > 0 && from.length <= MAX_CANDIDATES, 'a hold names one to nine accounts')
  const open = books.hold(id)
  const live = open !== undefined && open.until > now ? open : undefined
  const { since, until } = span(live, limits, now)
  if (open !== undefined) {
    const candidates = choosesAnew ? from.slice(0, 1) : from
    if (live !== undefined && live.amount === amount && isAmong(live.account, candidates)) {
      if (until > live.until) books.setHold(id, { ...live, until })
      return undefined
    }
    release(books, id, open.until > now ? 'release' : 'lapse')
  }

  const chosen = choose(books, from, amount, now)
  if ('free' in chosen) return told(refusal, chosen)
  const { account } = chosen
  assert(!isWorld(account), 'nothing can be held of an account without a limit')
  const { posted, held } = books.balance(account)
  books.setBalance(account, { posted, held: held + amount })
  books.setHold(id, { id, account, amount, since, until })
  books.record(entry('hold', account, amount, id))
  return undefined
}

function extend(
  books: Books,
  { id, refusal, ...limits }: Transfer & { verb: 'extend' },
  now: Instant,
): Refusal | undefined {
  const open = books.hold(id)
  if (open === undefined || open.until <= now) return refusal
  const { until } = span(open, limits, now)
  if (until > open.until) books.setHold(id, { ...open, until })
  return undefined
}

/**
 * From when until when a hold is: it slides with every wish, but not beyond the limit of its whole
 * life, and whoever asks for less time than there is left takes none away.
 */
function span(
  live: OpenHold | undefined,
  { forSeconds, atMostSeconds = Infinity }: { forSeconds: number; atMostSeconds?: number },
  now: Instant,
): { readonly since: Instant; readonly until: Instant } {
  const since = live?.since ?? now
  const wished = Math.min(now + forSeconds * 1000, since + atMostSeconds * 1000)
  return { since, until: Math.max(wished, live?.until ?? wished) }
}

function post(
  books: Books,
  { id, to, amount, refusal }: Transfer & { verb: 'post' },
  now: Instant,
): Refusal | undefined {
  const open = books.hold(id)
  if (open === undefined || open.until <= now) return refusal
  const taken = amount ?? open.amount
  assertAmount(taken)
  assert(taken <= open.amount, `${taken} cannot be posted of a hold of ${open.amount}`)
  const { posted, held } = books.balance(open.account)
  books.setBalance(open.account, { posted, held: held - open.amount })
  books.setHold(id, undefined)
  changePosted(books, open.account, to, taken)
  books.record({ verb: 'post', from: open.account, to, amount: taken, hold: id })
  const rest = open.amount - taken
  if (rest > 0) books.record(entry('release', open.account, rest, id))
  return undefined
}

function release(books: Books, id: HoldId, verb: 'release' | 'lapse'): undefined {
  const open = books.hold(id)
  if (open === undefined) return
  const { posted, held } = books.balance(open.account)
  books.setBalance(open.account, { posted, held: held - open.amount })
  books.setHold(id, undefined)
  books.record(entry(verb, open.account, open.amount, id))
}

function count(
  books: Books,
  { account, amount, against, refusal }: Transfer & { verb: 'count' },
): Refusal | undefined {
  assert(Number.isSafeInteger(amount) && amount >= 0, `${amount} is no count`)
  assert(
    !isWorld(account) && isWorld(against),
    'a count is of a limited account, against the world',
  )
  const { posted, held } = books.balance(account)
  if (amount < held) return told(refusal, { free: posted - held, held })
  if (amount > posted) moveNow(books, against, account, amount - posted)
  if (amount < posted) moveNow(books, account, against, posted - amount)
  return undefined
}

/** The first account with enough free, lapsed holds reclaimed where that is what it takes. */
function choose(
  books: Books,
  candidates: readonly Account[],
  amount: number,
  now: Instant,
): { readonly account: Account } | { readonly free: number } {
  for (const account of candidates) if (freeOf(books, account) >= amount) return { account }

  let most = 0
  for (const account of candidates) {
    books.short(account)
    const reclaimable = books
      .lapsed(account)
      .filter(({ id, until }) => until <= now && books.hold(id)?.until === until)
    let missing = amount - freeOf(books, account)
    const enough = reclaimable.reduce((units, each) => units + each.amount, 0) >= missing
    for (const each of enough ? reclaimable : []) {
      if (missing <= 0) break
      release(books, each.id, 'lapse')
      missing -= each.amount
    }
    if (missing <= 0) return { account }
    most = Math.max(most, freeOf(books, account))
  }
  return { free: most }
}

function freeOf(books: Books, account: Account): number {
  if (isWorld(account)) return Number.MAX_SAFE_INTEGER
  const { posted, held } = books.balance(account)
  return posted - held
}

function moveNow(books: Books, from: Account, to: Account, amount: number, hold?: HoldId): void {
  changePosted(books, from, to, amount)
  books.record({ verb: 'move', from, to, amount, ...(hold === undefined ? {} : { hold }) })
}

function changePosted(books: Books, from: Account, to: Account, amount: number): void {
  assert.equal(from.unit, to.unit, 'a transfer is of one unit')
  for (const [account, change] of [
    [from, -amount],
    [to, amount],
  ] as const) {
    if (isWorld(account)) continue
    const { posted, held } = books.balance(account)
    assert(Number.isSafeInteger(posted + change), 'a balance left the safe integers')
    books.setBalance(account, { posted: posted + change, held })
  }
}

/** The transfer's own refusal with what was found under the lock. */
function told(refusal: Refusal, found: { readonly free: number; readonly held?: number }): Refusal {
  return { ...refusal, ...found }
}

function entry(
  verb: LedgerEntry['verb'],
  account: Account,
  amount: number,
  hold: HoldId,
): LedgerEntry {
  return { verb, from: account, to: account, amount, hold }
}

function isAmong(account: Account, candidates: readonly Account[]): boolean {
  return candidates.some(({ name, unit }) => name === account.name && unit === account.unit)
}

function assertAmount(amount: number): void {
  assert(Number.isSafeInteger(amount) && amount > 0, `${amount} is no amount`)
}
