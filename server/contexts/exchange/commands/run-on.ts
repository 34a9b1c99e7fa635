import type { Readable } from 'node:stream'

import { TooLarge, type Blobs } from '#platform/blob/blobs'
import type { DueTimer, Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'
import { accept, type Refusal } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'
import { newStream, stream, type Timer, type Write } from '#platform/write/commit'

import type { RunState, ScheduleRunEnded, TableFormat, TableKind } from '../contract.ts'
import { exportNameOf, nameOf } from '../domain/files.ts'
import { imports, isOpen } from '../domain/import.ts'
import { MOST_TRIES, pauseSeconds, schedules } from '../domain/schedule.ts'
import { SourceBroke } from '../domain/source.ts'
import type { SourceFault, TableSource } from '../provider.ts'
import { importById } from '../store/imports.ts'
import {
  filesBehind,
  runById,
  scheduleById,
  type RunRow,
  type ScheduleRow,
} from '../store/schedules.ts'
import { runTable } from '../store/tables.ts'
import { begun, keepTable, LARGEST_FILE } from './begin.ts'
import { runTimer, runTimerOf } from './fire.ts'

/** Whoever dies is followed so long after its last sign of life; longer than a source may be silent. */
const FOLLOWED_AFTER_SECONDS = 120
const SIGN_OF_LIFE_MS = 20_000

/** An import that is under way says itself when it is over; should that be lost, it is looked after. */
const LOOK_AFTER_SECONDS = 300

const LARGEST_EXPORT = 1_000_000_000

/** Another process has taken the run up, or its schedule is gone. It never leaves this file. */
const ELSEWHERE: Refusal = { code: 'exchange.run-elsewhere' }

class Elsewhere extends Error {}

/** Says how many rows it has written until now. */
export interface RowCount {
  rows: number
}

export interface RunParts extends Pick<
  Platform,
  'write' | 'reads' | 'clock' | 'ids' | 'chance' | 'log'
> {
  readonly blobs: Blobs
  readonly source: TableSource
  readonly tenantOf: (id: TenantId) => Promise<Tenant | undefined>
  readonly tableOf: (
    tenant: Tenant,
    kind: TableKind,
    format: TableFormat,
    count: RowCount,
  ) => Readable
}

/** Takes up a run: for the first time, after a try that failed, after a process that died. */
export function runOn(parts: RunParts): (due: DueTimer) => Promise<void> {
  const { reads, write, ids, tenantOf } = parts
  return async ({ tenant, data }) => {
    const runId = String(data['runId'])
    const [run] = await reads.read(tenant, runById, [tenant, runId])
    const [schedule] =
      run === undefined ? [] : await reads.read(tenant, scheduleById, [tenant, run.schedule_id])
    const shop = await tenantOf(tenant)
    const isUnderWay = run !== undefined && ['waiting', 'running', 'importing'].includes(run.state)
    if (isUnderWay && schedule !== undefined && shop !== undefined) {
      return new Running(parts, shop, schedule, run).go()
    }
    await write({
      tenant,
      caller: 'timer',
      key: `${runTimerOf(runId)}/${ids.next()}`,
      isFreshKey: true,
      fingerprint: '',
      streams: {},
      decide: () => accept({ timers: [{ clear: runTimerOf(runId) }], answer: null }),
    })
  }
}

interface Fault {
  readonly code: string
  readonly reason: string
}

/** What else is committed with a step of a run. */
interface Beside {
  readonly end?: 'done' | 'failed' | 'cancelled'
  readonly rows?: readonly Write[]
}

const INTERRUPTED: Fault = {
  code: 'exchange.run-interrupted',
  reason: 'It was interrupted again and again.',
}

class Running {
  readonly #parts: RunParts
  readonly #shop: Tenant
  readonly #schedule: ScheduleRow
  readonly #run: RunRow
  /** What the row of the run must say for a step to be committed: else it is another process's. */
  #fence: { readonly attempts: number; readonly state: RunState }

  constructor(parts: RunParts, shop: Tenant, schedule: ScheduleRow, run: RunRow) {
    this.#parts = parts
    this.#shop = shop
    this.#schedule = schedule
    this.#run = run
    this.#fence = { attempts: run.attempts, state: run.state }
  }

  async go(): Promise<void> {
    const { attempts, state, began_at: began } = this.#run
    if (state === 'importing') return this.#followImport()
    if (attempts >= MOST_TRIES) return void (await this.#end('failed', INTERRUPTED))
    const isMine = await this.#commit(
      {
        state: 'running',
        attempts: attempts + 1,
        retry_at: null,
        began_at: (began ?? new Date(this.#parts.clock.now())).toISOString(),
      },
      runTimer(this.#run.id, FOLLOWED_AFTER_SECONDS),
    )
    if (!isMine) return
    this.#fence = { attempts: attempts + 1, state: 'running' }
    try {
      await (this.#schedule.direction === 'import' ? this.#import() : this.#export())
    } catch (error) {
      if (error instanceof Elsewhere) return
      const fault = faultOf(error)
      if (fault === undefined) throw error
      await this.#fail(fault)
    }
  }

  async #import(): Promise<void> {
    const { source, write, blobs } = this.#parts
    const { id: scheduleId, source_url: url, kind, mode, dialect } = this.#schedule
    const tenant = this.#shop.id
    const found = await source.fetch(url ?? '')
    if (!found.ok) return this.#fail(found.refusal)
    const kept = await keepTable(this.#parts, tenant, this.#alive(found.value))
    if (!kept.ok) {
      const reason = 'It answered with nothing.'
      return this.#fail({ code: 'exchange.source-no-table', reason, mayRecover: true })
    }
    const { importId } = kept.value
    const runId = this.#run.id
    const written = await write({
      tenant,
      ...this.#cause(),
      streams: { import: newStream(imports, importId) },
      decide: (_, at) => {
        const ask = { kind, mode: mode ?? 'apply', ...dialect }
        const { event, row, timer } = begun(kept.value, ask, at, { scheduleId, runId })
        return accept({
          append: { import: [event] },
          rows: [this.#row({ state: 'importing', import_id: importId, fault_code: null }), row],
          timers: [timer, runTimer(runId, LOOK_AFTER_SECONDS)],
          answer: null,
        })
      },
    })
    if (written.ok) return
    await blobs.delete(tenant, nameOf(importId))
    if (written.refusal.code !== ELSEWHERE.code) throw new Error(written.refusal.code)
  }

  async #export(): Promise<void> {
    const { blobs, ids, reads, tableOf } = this.#parts
    const { id: scheduleId, kind, format, keep } = this.#schedule
    const tenant = this.#shop.id
    const [fileId, count] = [ids.next(), { rows: 0 }]
    const table = tableOf(this.#shop, kind, format ?? 'csv', count)
    const name = exportNameOf(fileId)
    const { bytes } = await blobs.put(tenant, name, this.#alive(table), LARGEST_EXPORT)
    const old = await reads.read(tenant, filesBehind, [tenant, scheduleId, (keep ?? 1) - 1])
    const forgotten = old.map(({ id }): Write => ({
      table: runTable,
      verb: 'update',
      row: { id, file_id: null, file_bytes: null },
    }))
    const isKept = await this.#end(
      'done',
      undefined,
      { rows_count: count.rows, file_id: fileId, file_bytes: bytes },
      forgotten,
    )
    const gone = isKept ? old.map((each) => each.file_id) : [fileId]
    for (const each of gone) await blobs.delete(tenant, exportNameOf(each))
  }

  async #followImport(): Promise<void> {
    const { reads } = this.#parts
    const tenant = this.#shop.id
    const { id, import_id: importId } = this.#run
    const [row] = await reads.read(tenant, importById, [tenant, importId])
    if (row === undefined) return void (await this.#end('failed', INTERRUPTED))
    const { state, rows_read: rows, failed } = row
    if (isOpen(row)) return void (await this.#commit({}, runTimer(id, LOOK_AFTER_SECONDS)))
    const counted = { rows_count: rows, failed }
    if (state !== 'broken') {
      return void (await this.#end(state === 'done' ? 'done' : 'cancelled', undefined, counted))
    }
    const reason = 'The table could not be read to its end; the import says where and why.'
    await this.#end('failed', { code: 'exchange.table-broken', reason }, counted)
  }

  /** Again later, where that may help and there is a try left. */
  async #fail({ code, reason, mayRecover }: SourceFault | (Fault & { mayRecover: false })) {
    const { chance, clock, log } = this.#parts
    const { id } = this.#run
    const { attempts } = this.#fence
    const about = { tenant: this.#shop.id, schedule: this.#schedule.id, run: id, code }
    if (!mayRecover || attempts >= MOST_TRIES) {
      await this.#end('failed', { code, reason })
      log.warn(about, 'a scheduled table failed')
      return
    }
    const seconds = pauseSeconds(attempts, chance.next())
    const retryAt = new Date(clock.now() + seconds * 1_000).toISOString()
    const fault = { fault_code: code, fault_reason: reason }
    await this.#commit({ state: 'waiting', retry_at: retryAt, ...fault }, runTimer(id, seconds))
    log.info(about, 'a scheduled table is tried again later')
  }

  #end(
    state: 'done' | 'failed' | 'cancelled',
    fault?: Fault,
    row: Readonly<Record<string, unknown>> = {},
    rows: readonly Write[] = [],
  ): Promise<boolean> {
    const ended = {
      ...row,
      state,
      retry_at: null,
      fault_code: fault?.code ?? null,
      fault_reason: fault?.reason ?? null,
      ended_at: new Date(this.#parts.clock.now()).toISOString(),
    }
    return this.#commit(ended, { clear: runTimerOf(this.#run.id) }, { end: state, rows })
  }

  /** The bytes as they come, with a sign of life now and then. */
  async *#alive(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const { clock } = this.#parts
    let last = clock.now()
    for await (const chunk of bytes) {
      if (clock.now() - last > SIGN_OF_LIFE_MS) {
        last = clock.now()
        const isMine = await this.#commit({}, runTimer(this.#run.id, FOLLOWED_AFTER_SECONDS))
        if (!isMine) throw new Elsewhere()
      }
      yield chunk
    }
  }

  /** False where the run is another's by now. */
  async #commit(
    row: Readonly<Record<string, unknown>>,
    timer: Timer,
    { end, rows = [] }: Beside = {},
  ): Promise<boolean> {
    const { id: runId, fault_code: before } = this.#run
    const fault = (row['fault_code'] as string | null | undefined) ?? before
    const events: readonly ScheduleRunEnded[] =
      end === undefined
        ? []
        : [
            {
              type: 'exchange.schedule-run-ended',
              runId,
              state: end,
              fault: end === 'failed' ? fault : null,
            },
          ]
    const outcome = await this.#parts.write({
      tenant: this.#shop.id,
      ...this.#cause(),
      streams: { schedule: stream(schedules, this.#schedule.id) },
      decide: () =>
        accept({
          append: { schedule: events },
          rows: [this.#row(row), ...rows],
          timers: [timer],
          answer: null,
        }),
    })
    if (outcome.ok) return true
    if (outcome.refusal.code === ELSEWHERE.code) return false
    throw new Error(`A run could not go on: ${outcome.refusal.code}`)
  }

  #row(row: Readonly<Record<string, unknown>>): Write {
    return {
      table: runTable,
      verb: 'update',
      row: { id: this.#run.id, state: this.#fence.state, ...row },
      when: this.#fence,
      orRefuse: ELSEWHERE,
    }
  }

  #cause() {
    const key = `${runTimerOf(this.#run.id)}/${this.#parts.ids.next()}`
    return { caller: 'timer', key, isFreshKey: true, fingerprint: '' }
  }
}

/** What is wrong with the source or the table; undefined for what is the machine's trouble, or a bug. */
function faultOf(error: unknown): SourceFault | undefined {
  if (error instanceof SourceBroke) return error.fault
  if (!(error instanceof TooLarge)) return undefined
  const most = Math.round(LARGEST_FILE / 1024 / 1024)
  const reason = `It has more than ${error.limitBytes === LARGEST_FILE ? `${most} MB` : 'a gigabyte'}.`
  return { code: 'exchange.source-too-large', reason, mayRecover: false }
}
