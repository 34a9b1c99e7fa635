import type pg from 'pg'

import { openPool, run } from './db/connections.ts'
import { statement, type Statement } from './db/statement.ts'
import type { TenantId } from './ids.ts'
import { TRIES, type ClaimedTimer, type TimerSource } from './timers.ts'

interface TimerRow {
  tenant_id: TenantId
  id: string
  kind: string
  data: Record<string, unknown>
  attempts: number
  set_for: number
}

/** The clock is asked once, as a subquery: a function that may change from row to row looks nothing up. */
const claim = statement<TimerRow>(
  'timers.claim',
  `with due as (
     select tenant_id, id, attempts from platform.timers
     where due_at <= (select clock_timestamp()) and kind = any($1)
     order by due_at limit $2 for update skip locked
   ), gone as (
     delete from platform.timers t using due
     where t.tenant_id = due.tenant_id and t.id = due.id and due.attempts >= ${TRIES}
     returning t.*
   ), letters as (
     insert into platform.dead_letters (tenant_id, source, entry, reason)
     select tenant_id, 'timer/' || kind,
       jsonb_build_object('id', id, 'kind', kind, 'setFor', set_for, 'data', data),
       coalesce(last_error, 'it was tried five times and never done')
     from gone
   )
   update platform.timers t
   set attempts = t.attempts + 1,
     due_at = clock_timestamp()
       + make_interval(secs => 10 * 2 ^ t.attempts * (0.75 + random() / 2))
   from due
   where t.tenant_id = due.tenant_id and t.id = due.id and due.attempts < ${TRIES}
   returning t.tenant_id, t.id, t.kind, t.data, t.attempts,
     (extract(epoch from t.set_for) * 1000)::float8 as set_for`,
)

const failed = statement(
  'timers.failed',
  `update platform.timers
   set last_error = $4,
     due_at = case when attempts >= ${TRIES} then clock_timestamp() else due_at end
   where tenant_id = $1 and id = $2 and attempts = $3`,
)

export interface PostgresTimersOptions {
  /** Connects as `torg_reader`. */
  readonly connection: pg.ClientConfig
  readonly onError: (error: Error) => void
}

/** Opens lazily: the first claim connects. */
export function openPostgresTimers({ connection, onError }: PostgresTimersOptions): TimerSource {
  const pool = openPool({ ...connection, max: 2 }, onError)
  const ask = async <Row>(question: Statement<Row>, values: readonly unknown[]): Promise<Row[]> => {
    const client = await pool.connect()
    try {
      const { rows } = await run(client, question, values)
      client.release()
      return rows
    } catch (error) {
      client.release(true)
      throw error
    }
  }
  return {
    async claim(kinds, limit): Promise<readonly ClaimedTimer[]> {
      const rows = await ask(claim, [kinds, limit])
      return rows.map(({ tenant_id: tenant, set_for: setFor, ...row }) => ({
        tenant,
        setFor,
        ...row,
      }))
    },
    async failed({ tenant, id, attempts }, reason) {
      await ask(failed, [tenant, id, attempts, reason])
    },
    close: () => pool.end(),
  }
}
