import type { Reads } from '../db/reads.ts'
import { statement } from '../db/statement.ts'
import type { Instant } from '../clock.ts'
import type { TenantId } from '../ids.ts'
import type { DomainEvent, StreamOf } from '../write/commit.ts'

interface EventRow {
  version: number
  type: string
  data: Record<string, unknown>
  at: number
}

const eventsOf = statement<EventRow>(
  'log.events-of',
  `select version, type, data, (extract(epoch from at) * 1000)::float8 as at
   from platform.events
   where tenant_id = $1 and stream = $2 and ($3::float8 is null or at <= to_timestamp($3 / 1000.0))
   order by version`,
)

/** What a stream's events add up to; `version` 0 means that nothing was ever recorded. */
export interface Seen<State> {
  readonly state: State
  readonly version: number
  /** When the last event was recorded. */
  readonly changedAt: Instant
}

/** Folds a stream for a reader, newest or as of an instant; what decides goes through `write`. */
export async function see<State, Event extends DomainEvent>(
  reads: Reads,
  tenant: TenantId,
  { aggregate, id }: StreamOf<State, Event>,
  asOf?: Instant,
): Promise<Seen<State>> {
  const stream = `${aggregate.kind}/${id}`
  const rows = await reads.read(tenant, eventsOf, [tenant, stream, asOf ?? null])
  let seen: Seen<State> = { state: aggregate.initial, version: 0, changedAt: 0 }
  for (const { version, type, data, at } of rows) {
    const event = { type, ...data } as unknown as Event
    seen = { state: aggregate.apply(seen.state, event, { version, at }), version, changedAt: at }
  }
  return seen
}
