import type { Instant } from './clock.ts'
import type { Reads } from './db/reads.ts'
import { statement } from './db/statement.ts'
import type { TenantId } from './ids.ts'

/** A timer as it waits; one that is being fired is due when it would be tried again. */
export interface SeenTimer {
  readonly id: string
  readonly kind: string
  /** When it is tried next. */
  readonly dueAt: Instant
  /** How often it was tried since it was set. */
  readonly attempts: number
  /** What went wrong at the last try, one line. */
  readonly lastError: string | null
}

/** A timer that was given up after five tries. */
export interface DeadTimer {
  readonly id: string
  readonly at: Instant
  readonly reason: string
}

/** Errors are stored with their stack, which is nobody's but ours. */
const firstLine = (column: string) => `left(split_part(${column}, E'\\n', 1), 200)`

const named = statement<SeenTimer>(
  'timers.named',
  `select id, kind, (extract(epoch from due_at) * 1000)::float8 as "dueAt", attempts,
     ${firstLine('last_error')} as "lastError"
   from platform.timers where tenant_id = $1 and id = any($2) order by due_at, id`,
)

/** Those of these names that there are, the next to be tried first. */
export function timersNamed(
  reads: Reads,
  tenant: TenantId,
  ids: readonly string[],
): Promise<SeenTimer[]> {
  return reads.read(tenant, named, [tenant, ids])
}

const dead = statement<DeadTimer>(
  'timers.dead',
  `select distinct on (timer) timer as id,
     (extract(epoch from at) * 1000)::float8 as at, ${firstLine('reason')} as reason
   from platform.dead_letters
   where tenant_id = $1 and timer = any($2)
   order by timer, platform.dead_letters.id desc`,
)

/** Those of these names that were given up, each as of the last time. */
export function deadTimersNamed(
  reads: Reads,
  tenant: TenantId,
  ids: readonly string[],
): Promise<DeadTimer[]> {
  return reads.read(tenant, dead, [tenant, ids])
}

/** The name of a timer and what it is about. */
export interface TimerData {
  readonly id: string
  readonly data: Readonly<Record<string, unknown>>
}

const waiting = statement<TimerData>(
  'timers.waiting',
  `select id, data from platform.timers
   where tenant_id = $1 and id > $2 and kind = any($3) order by id limit $4`,
)

const failing = statement<TimerData>(
  'timers.failing',
  `select distinct on (id) id, data from (
     (select id, data from platform.timers
      where tenant_id = $1 and last_error is not null and id > $2 and kind = any($3)
      order by id limit $4)
     union all
     (select distinct on (timer) timer, entry -> 'data' from platform.dead_letters
      where tenant_id = $1 and timer > $2
        and source = any(array(select 'timer/' || kind from unnest($3::text[]) as kind))
      order by timer limit $4)
   ) as of_both order by id limit $4`,
)

/** Timers of some kinds in the order of their names, behind a name (keyset). */
export function timersWaiting(
  reads: Reads,
  tenant: TenantId,
  kinds: readonly string[],
  after: string,
  limit: number,
): Promise<TimerData[]> {
  return reads.read(tenant, waiting, [tenant, after, kinds, limit])
}

/** Likewise those that failed and wait to be tried again, and those that were given up. */
export function timersFailing(
  reads: Reads,
  tenant: TenantId,
  kinds: readonly string[],
  after: string,
  limit: number,
): Promise<TimerData[]> {
  return reads.read(tenant, failing, [tenant, after, kinds, limit])
}
