import type { Instant } from '../clock.ts'
import type { TenantId } from '../ids.ts'
import { accountsOf, holdOf } from '../ledger/apply.ts'
import type { Account } from '../ledger/transfer.ts'
import { accept } from '../outcome.ts'
import type { Pending } from './batcher.ts'
import type { Aggregate, Decision, DomainEvent, Settled, Streams } from './commit.ts'
import { keyed, type Member, type Plan, type PlannedEvent } from './settle.ts'
import type { Foldable, Snapshots } from './snapshots.ts'
import { foldNew, nothing, type States } from './states.ts'
import type { Folded, Needs } from './store.ts'

/** A member of a batch after `decide` has run on the state its predecessor leaves. */
export interface DecidedMember extends Member {
  readonly pending: Pending
  readonly appended: readonly {
    readonly name: string
    readonly stream: string
    readonly aggregate: Aggregate<unknown, DomainEvent>
    readonly isNew: boolean
    readonly from: Folded
    readonly events: readonly DomainEvent[]
  }[]
}

export interface DecidedBatch {
  readonly members: readonly DecidedMember[]
  /** Members whose `decide` threw. */
  readonly bugs: readonly { readonly pending: Pending; readonly error: unknown }[]
}

/** Loads what is not cached and decides each member in order, before any transaction begins. */
export async function decide(
  batch: readonly Pending[],
  states: States,
  snapshots: Snapshots,
  at: Instant,
): Promise<DecidedBatch> {
  const current = await loadStates(batch, states, snapshots)
  const members: DecidedMember[] = []
  const bugs: { pending: Pending; error: unknown }[] = []
  for (const pending of batch) {
    try {
      members.push(decideOne(pending, current, at))
    } catch (error) {
      bugs.push({ pending, error })
    }
  }
  return { members, bugs }
}

function decideOne(pending: Pending, current: Map<string, Folded>, at: Instant): DecidedMember {
  const { intent, streams } = pending
  const { tenant, caller, key, fingerprint } = intent
  const seen: Record<string, unknown> = {}
  const expected: { name: string; version: number }[] = []
  for (const { alias, name, aggregate } of streams) {
    const { state, version } = current.get(name) ?? nothing(aggregate)
    seen[alias] = state
    expected.push({ name, version })
  }

  const outcome = intent.decide(seen, at)
  if (!outcome.ok) {
    return { pending, tenant, caller, key, fingerprint, expected, decided: outcome, appended: [] }
  }

  const plan = planOf(pending, outcome.value)
  const appended = streams.flatMap(({ alias, name, stream, aggregate, isNew }) => {
    const events = outcome.value.append?.[alias] ?? []
    if (events.length === 0) return []
    const from = current.get(name) ?? nothing(aggregate)
    // Nobody else in the batch can know a stream whose id was just made.
    if (!isNew) current.set(name, foldNew(aggregate, from, events, at))
    return { name, stream, aggregate, isNew, from, events }
  })
  return { pending, tenant, caller, key, fingerprint, expected, decided: accept(plan), appended }
}

/** The rest of an event, beside its type: cut out of the JSON, where the type comes first, as it does. */
function planned(event: DomainEvent): PlannedEvent {
  const json = JSON.stringify(event)
  const head = `{"type":"${event.type}",`
  if (json.startsWith(head)) return { event, data: `{${json.slice(head.length)}` }
  const { type: _, ...data } = event
  return { event, data: JSON.stringify(data) }
}

function planOf({ streams }: Pending, decision: Decision<Streams, unknown>): Plan {
  const { answer } = decision
  return {
    appends: Object.entries(decision.append ?? {}).map(([alias, events = []]) => {
      const found = streams.find((each) => each.alias === alias)
      if (found === undefined) throw new Error(`no stream is called ${alias}`)
      return { name: found.name, stream: found.stream, events: events.map(planned) }
    }),
    transfers: decision.transfers ?? [],
    watch: decision.watch ?? [],
    rows: decision.rows ?? [],
    timers: decision.timers ?? [],
    answer: typeof answer === 'function' ? (answer as (settled: Settled) => unknown) : () => answer,
  }
}

async function loadStates(
  batch: readonly Pending[],
  states: States,
  snapshots: Snapshots,
): Promise<Map<string, Folded>> {
  const current = new Map<string, Folded>()
  const missing = new Map<string, Foldable>()
  for (const { intent, streams, conflicts } of batch) {
    for (const { aggregate, stream, name, isNew } of streams) {
      const known = current.get(name) ?? states.get(name)
      if (known !== undefined) current.set(name, known)
      else if (!isNew || conflicts > 0)
        missing.set(name, { tenant: intent.tenant, stream, aggregate })
    }
  }
  if (missing.size === 0) return current

  for (const [name, folded] of await snapshots.load(missing)) {
    if (folded.version > 0) states.set(name, folded)
    current.set(name, folded)
  }
  return current
}

/** What a batch must lock. Keys made for this request alone cannot have an answer yet, unless this is a further try. */
export function needsOf(members: readonly DecidedMember[], isRetry: boolean): Needs {
  const keys = new Map<string, Needs['keys'][number]>()
  const streams = new Map<string, Needs['streams'][number]>()
  const accounts = new Map<string, { tenant: TenantId; account: Account }>()
  const holds = new Map<string, Needs['holds'][number]>()
  for (const { tenant, caller, key, decided, pending } of members) {
    if (isRetry || pending.intent.isFreshKey !== true) {
      keys.set(keyed(tenant, caller, key), { tenant, caller, key })
    }
    const isFirstTry = !isRetry && pending.conflicts === 0
    for (const { stream, name, isNew } of pending.streams) {
      // Nobody else can have a stream whose id was just made; writing it would fail if they had.
      if (!isNew || !isFirstTry) streams.set(name, { tenant, stream })
    }
    if (!decided.ok) continue
    const { transfers, watch } = decided.value
    for (const account of [...watch, ...transfers.flatMap(accountsOf)]) {
      accounts.set(keyed(tenant, account.unit, account.name), { tenant, account })
    }
    for (const id of transfers.flatMap((transfer) => holdOf(transfer, !isFirstTry) ?? [])) {
      holds.set(keyed(tenant, id), { tenant, id })
    }
  }
  return {
    keys: [...keys.values()],
    streams: [...streams.values()],
    accounts: [...accounts.values()],
    holds: [...holds.values()],
  }
}
