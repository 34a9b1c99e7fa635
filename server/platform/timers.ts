import { setTimeout as sleep } from 'node:timers/promises'

import type pg from 'pg'
import type { Logger } from 'pino'

import type { DueTimer } from './context.ts'
import { openPool, run } from './db/connections.ts'
import { statement, type Statement } from './db/statement.ts'
import type { TenantId } from './ids.ts'

/** How often due timers are looked for. */
const POLL_MS = 250

/** Timers that are under way at once in one process. */
const AT_ONCE = 50

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
 * the pause. The commit that a timer causes clears it, so it is gone when its work is done; one that
 * is still there after the pause of its fifth try goes to the dead letters.
 */
const claim = statement<TimerRow>(
  'timers.claim',
  `with due as (
     select tenant_id, id, attempts from platform.timers
     where due_at <= clock_timestamp() and kind = any($1)
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

/** Says why a try failed, and after the last one lets the next look bury the timer at once. */
const failed = statement(
  'timers.failed',
  `update platform.timers
   set last_error = $4,
     due_at = case when attempts >= ${TRIES} then clock_timestamp() else due_at end
   where tenant_id = $1 and id = $2 and attempts = $3`,
)

export interface TimersOptions {
  /** Connects as `torg_reader`. */
  readonly connection: pg.ClientConfig
  readonly handlers: Readonly<Record<string, (due: DueTimer) => Promise<void>>>
  readonly log: Logger
}

/**
 * Calls the handlers of timers that are due, at least once each, until closed. Closing waits for
 * the handlers under way. Several processes share the work.
 */
export function openTimers(options: TimersOptions): { close(): Promise<void> } {
  const firing = new Firing(options)
  return { close: () => firing.close() }
}

class Firing {
  private readonly options: TimersOptions
  private readonly pool: pg.Pool
  private readonly stop = new AbortController()
  private readonly underWay = new Set<Promise<void>>()
  private readonly running: Promise<void>

  constructor(options: TimersOptions) {
    const { connection, handlers, log } = options
    this.options = options
    this.pool = openPool({ ...connection, max: 2 }, (error) =>
      log.warn({ err: error }, 'a timer connection was lost'),
    )
    const kinds = Object.keys(handlers)
    this.running = kinds.length > 0 ? this.run(kinds) : Promise.resolve()
  }

  async close(): Promise<void> {
    this.stop.abort()
    await this.running
    await Promise.all(this.underWay)
    await this.pool.end()
  }

  private async run(kinds: readonly string[]): Promise<void> {
    const { signal } = this.stop
    while (!signal.aborted) {
      const room = AT_ONCE - this.underWay.size
      const found = await this.fireDue(kinds, room)
      if (found < room) await sleep(POLL_MS, undefined, { signal }).catch(() => undefined)
      else await Promise.race(this.underWay)
    }
  }

  /** Starts what is due; returns how many that were, so that the next look follows at once when there are more. */
  private async fireDue(kinds: readonly string[], room: number): Promise<number> {
    try {
      const rows = await this.ask(claim, [kinds, room])
      for (const row of rows) {
        const firing = this.fire(row).finally(() => this.underWay.delete(firing))
        this.underWay.add(firing)
      }
      return rows.length
    } catch (error) {
      this.options.log.warn({ err: error }, 'timers could not be asked')
      return 0
    }
  }

  private async fire({ tenant_id, id, kind, data, attempts, set_for }: TimerRow): Promise<void> {
    const { handlers, log } = this.options
    try {
      await handlers[kind]?.({ tenant: tenant_id, id, kind, data, key: `${id}/${set_for}` })
    } catch (error) {
      log.warn({ err: error, timer: id, attempts }, 'a timer failed')
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error)
      await this.ask(failed, [tenant_id, id, attempts, reason]).catch((lost: unknown) =>
        // The claim has moved the timer ahead: it is tried again all the same.
        log.warn({ err: lost, timer: id }, 'why a timer failed could not be written down'),
      )
    }
  }

  private async ask<Row>(question: Statement<Row>, values: readonly unknown[]): Promise<Row[]> {
    const client = await this.pool.connect()
    try {
      const { rows } = await run(client, question, values)
      client.release()
      return rows
    } catch (error) {
      client.release(true)
      throw error
    }
  }
}
