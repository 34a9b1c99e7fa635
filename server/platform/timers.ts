import { setTimeout as sleep } from 'node:timers/promises'

import type pg from 'pg'
import type { Logger } from 'pino'

import type { DueTimer } from './context.ts'
import { openPool, run } from './db/connections.ts'
import { statement } from './db/statement.ts'
import type { TenantId } from './ids.ts'

/** How often due timers are looked for. */
const POLL_MS = 250

/** Timers that are run at once. */
const PAGE = 50

/** A timer that failed so often goes to the dead letters (requirement R11). */
const TRIES = 5

interface TimerRow {
  tenant_id: TenantId
  id: string
  kind: string
  data: Record<string, unknown>
  attempts: number
  set_for: number
}

/**
 * Claims due timers by moving them ahead: whoever dies with one leaves it to be tried again after
 * the pause. The commit that a timer causes clears it, so it is gone when its work is done.
 */
const claim = statement<TimerRow>(
  'timers.claim',
  `update platform.timers t
   set attempts = t.attempts + 1,
     due_at = clock_timestamp() + make_interval(secs => least(300, 10 * 2 ^ t.attempts))
   from (
     select tenant_id, id from platform.timers
     where due_at <= clock_timestamp() and kind = any($1)
     order by due_at limit ${PAGE} for update skip locked
   ) as due
   where t.tenant_id = due.tenant_id and t.id = due.id
   returning t.tenant_id, t.id, t.kind, t.data, t.attempts,
     (extract(epoch from t.set_for) * 1000)::float8 as set_for`,
)

const bury = statement(
  'timers.bury',
  `with gone as (
     delete from platform.timers where tenant_id = $1 and id = $2 and attempts >= ${TRIES}
     returning tenant_id, id, kind, data)
   insert into platform.dead_letters (tenant_id, source, entry, reason)
   select tenant_id, 'timer/' || kind, jsonb_build_object('id', id, 'data', data), $3 from gone`,
)

export interface TimersOptions {
  /** Connects as `torg_reader`. */
  readonly connection: pg.ClientConfig
  readonly handlers: Readonly<Record<string, (due: DueTimer) => Promise<void>>>
  readonly log: Logger
}

/** Calls the handlers of timers that are due, at least once each, until closed. */
export function openTimers({ connection, handlers, log }: TimersOptions): {
  close(): Promise<void>
} {
  const kinds = Object.keys(handlers)
  const stop = new AbortController()
  const pool = openPool({ ...connection, max: 2 }, (error) =>
    log.warn({ err: error }, 'a timer connection was lost'),
  )

  const fire = async ({ tenant_id, id, kind, data, attempts, set_for }: TimerRow) => {
    try {
      const key = `${id}/${set_for}`
      await handlers[kind]?.({ tenant: tenant_id, id, kind, data, key })
    } catch (error) {
      log.warn({ err: error, timer: id, attempts }, 'a timer failed')
      if (attempts < TRIES) return
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error)
      await run(await client(), bury, [tenant_id, id, reason])
    }
  }

  let open: pg.PoolClient | undefined
  const client = async (): Promise<pg.PoolClient> => (open ??= await pool.connect())

  const loop = async () => {
    while (!stop.signal.aborted) {
      let found = 0
      try {
        const { rows } = await run(await client(), claim, [kinds])
        found = rows.length
        await Promise.all(rows.map(fire))
      } catch (error) {
        log.warn({ err: error }, 'timers could not be asked')
        open?.release(true)
        open = undefined
      }
      if (found < PAGE) {
        await sleep(POLL_MS, undefined, { signal: stop.signal }).catch(() => undefined)
      }
    }
  }

  const running = kinds.length > 0 ? loop() : Promise.resolve()
  return {
    async close() {
      stop.abort()
      await running
      open?.release()
      await pool.end()
    },
  }
}
