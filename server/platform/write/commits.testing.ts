/** Commits for tests of the platform, and what is needed to say them in a line. */
import type { TenantId } from '../ids.ts'
import type { Account, Transfer } from '../ledger/transfer.ts'
import { accept, type Outcome } from '../outcome.ts'
import { stream, type Aggregate, type Decision, type DomainEvent, type Write } from './commit.ts'
import type { Writer } from './writer.ts'

export interface Subject {
  readonly writer: Writer
  /** Another process on the same store. */
  readonly other: Writer
  balance(tenant: TenantId, account: Account): Promise<{ posted: number; held: number }>
  /** The state of a tally rebuilt from the log alone. */
  replay(tenant: TenantId, id: string): Promise<number>
  /** For every unit the sum over all accounts, those of the world included; all must be zero. */
  sums(): Promise<readonly number[]>
  /** Moves the deadlines of all holds into the past. */
  lapse(): Promise<void>
  rows(tenant: TenantId): Promise<readonly { id: string; note: string }[]>
  timers(tenant: TenantId): Promise<readonly string[]>
  [Symbol.asyncDispose](): Promise<void>
}

export interface Added extends DomainEvent {
  readonly type: 'conformance.added'
  readonly by: number
}

/** A number that grows: the simplest stream there is. */
export const tally: Aggregate<number, Added> = {
  kind: 'tally',
  initial: 0,
  apply: (state, event) => state + event.by,
}

/** A table of the suite: `conformance.notes (tenant_id, id, note)`, unique on note too. */
export const notes = { name: 'conformance.notes', key: ['id'], unique: [['note']] } as const

export const ball = (warehouse: string): Account => ({ name: `on-hand/${warehouse}`, unit: 'BALL' })
export const supplier: Account = { name: 'world/supplier', unit: 'BALL' }
export const sold: Account = { name: 'world/sold', unit: 'BALL' }
export const short = { code: 'conformance.short' } as const
export const gone = { code: 'conformance.gone' } as const

export const A = 1 as TenantId
export const B = 2 as TenantId
let made = 0
/** A name nobody else in this run has. */
export const fresh = (what: string): string => `${what}-${(made += 1)}-${process.pid}`

/** Commits one thing and gives back what the caller hears. */
export async function commit<T>(
  writer: Writer,
  what: {
    tenant?: TenantId
    key?: string
    fingerprint?: string
    id?: string
    by?: number
    transfers?: readonly Transfer[]
    rows?: readonly Write[]
    timers?: Decision<any, T>['timers']
    answer?: Decision<any, T>['answer']
    isBulk?: boolean
    isFreshKey?: boolean
  },
): Promise<Outcome<{ answer: T; replayed: boolean }>> {
  const { tenant = A, key = fresh('key'), fingerprint = 'same', id, by = 1, answer = null } = what
  const { isBulk = false, isFreshKey = false } = what
  return writer.write<any, any>({
    tenant,
    caller: 'suite',
    key,
    fingerprint,
    isBulk,
    isFreshKey,
    streams: id === undefined ? {} : { tally: stream(tally, id) },
    decide: () =>
      accept({
        append: id === undefined ? {} : { tally: [{ type: 'conformance.added', by } as Added] },
        transfers: what.transfers ?? [],
        rows: what.rows ?? [],
        timers: what.timers ?? [],
        answer,
      }),
  })
}

export const receive = (amount: number, warehouse = 'kyiv'): Transfer => ({
  verb: 'move',
  from: supplier,
  to: ball(warehouse),
  amount,
  refusal: short,
})

export const take = (amount: number, ...warehouses: string[]): Transfer => ({
  verb: 'move',
  from: (warehouses.length > 0 ? warehouses : ['kyiv']).map(ball),
  to: sold,
  amount,
  refusal: short,
})

export const setAside = (
  id: string,
  amount: number,
  from: readonly string[] = ['kyiv'],
  forSeconds = 60,
): Transfer => ({ verb: 'hold', id, from: from.map(ball), amount, forSeconds, refusal: short })

/** A suite opens a subject for each of its tests. */
export type Open = () => Promise<Subject>
