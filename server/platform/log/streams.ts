import type { Reads } from '../db/reads.ts'
import { statement } from '../db/statement.ts'
import type { Instant } from '../clock.ts'
import type { TenantId } from '../ids.ts'
import type { DomainEvent, StreamOf } from '../write/commit.ts'
import { foldOf } from '../write/folds.ts'
import { LOAD_LIMIT } from '../write/store.ts'

interface EventRow {
  version: number
  /** Null for a snapshot. */
  type: string | null
  data: unknown
  at: number
}

/**
 * The newest snapshot that is no later than asked for, and what came after it. One statement, so
 * that no event can be between the two.
 */
const stateOf = statement<EventRow>(
  'log.state-of',
  `with kept as materialized (
     select version, state, at from platform.snapshots
     where tenant_id = $1 and stream = $2 and version > $5 and fold = $4
       and ($3::float8 is null or at <= to_timestamp($3 / 1000.0))
     order by version desc limit 1)
   select version, null as type, state as data, (extract(epoch from at) * 1000)::float8 as at
   from kept
   union all
   (select version, type, data, (extract(epoch from at) * 1000)::float8
    from platform.events
    where tenant_id = $1 and stream = $2
      and version > greatest($5, (select version from kept))
      and ($3::float8 is null or at <= to_timestamp($3 / 1000.0))
    order by version limit ${LOAD_LIMIT})
   order by version`,
)

/** What a stream's events add up to; `version` 0 means that nothing was ever recorded. */
export interface Seen<State> {
  readonly state: State
  readonly version: number
  /** The latest time at which anything of it was recorded. */
  readonly changedAt: Instant
}

/**
 * Folds a stream for a reader, newest or as of an instant; what decides goes through `write`. As of
 * an instant are all events up to the first that was recorded later: exactly what one saw who
 * looked then, even if the database's clock was set back in between.
 */
export async function see<State, Event extends DomainEvent>(
  reads: Reads,
  tenant: TenantId,
  { aggregate, id }: StreamOf<State, Event>,
  asOf?: Instant,
): Promise<Seen<State>> {
  const stream = `${aggregate.kind}/${id}`
  const fold = foldOf(aggregate)
  let seen: Seen<State> = { state: aggregate.initial, version: 0, changedAt: 0 }
  for (;;) {
    const asked = [tenant, stream, asOf ?? null, fold, seen.version]
    const rows = await reads.read(tenant, stateOf, asked)
    let events = 0
    for (const { version, type, data, at } of rows) {
      if (type === null) {
        seen = { state: data as State, version, changedAt: at }
        continue
      }
      // A version that is missing was recorded after the instant.
      if (version !== seen.version + 1) return seen
      events += 1
      const event = { type, ...(data as object) } as unknown as Event
      const state = aggregate.apply(seen.state, event, { version, at })
      seen = { state, version, changedAt: Math.max(seen.changedAt, at) }
    }
    if (events < LOAD_LIMIT) return seen
  }
}

/** One event of a stream as it was recorded. */
export interface Entry<Event extends DomainEvent> {
  readonly version: number
  readonly at: Instant
  readonly event: Event
  /** Whose commit it was: `user/<id>`, `guest/<…>`, `timer`, the name of a job or a subscription. */
  readonly caller: string
}

const entriesOf = statement<EventRow & { type: string; cause: string }>(
  'log.entries-of',
  `select version, type, data, (extract(epoch from at) * 1000)::float8 as at, cause
   from platform.events
   where tenant_id = $1 and stream = $2 and version > $3
   order by version limit $4`,
)

/** What was recorded in a stream, oldest first, behind a version. */
export async function entries<Event extends DomainEvent>(
  reads: Reads,
  tenant: TenantId,
  { aggregate, id }: StreamOf<unknown, Event>,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<Entry<Event>[]> {
  const rows = await reads.read(tenant, entriesOf, [
    tenant,
    `${aggregate.kind}/${id}`,
    after,
    limit,
  ])
  return rows.map(({ version, type, data, at, cause }) => ({
    version,
    at,
    event: { type, ...(data as object) } as unknown as Event,
    // A cause is a caller, a space and a key; no caller has a space in it.
    caller: cause.split(' ', 1)[0] ?? '',
  }))
}
