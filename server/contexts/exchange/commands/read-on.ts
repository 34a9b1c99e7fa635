import { mkdtemp, rm } from 'node:fs/promises'
import { createWriteStream } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

import type { DueTimer, Platform } from '#platform/context'
import type { Id, TenantId } from '#platform/ids'
import { accept } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'
import { stream, type Timer, type Write } from '#platform/write/commit'

import type { ExchangeEvent, RowFault, Tally } from '../contract.ts'
import { columnsOf, type Column } from '../domain/columns.ts'
import { nameOf } from '../domain/files.ts'
import { imports, isOpen } from '../domain/import.ts'
import { fault, recordOf, type TableRow } from '../domain/rows.ts'
import { csvRows, dialectOf, HEAD_BYTES, type Dialect } from '../formats/csv-read.ts'
import { plain } from '../formats/formula.ts'
import { TableFault, type Row } from '../formats/rows.ts'
import { xlsxRows } from '../formats/xlsx-read.ts'
import { importById, type ImportRow } from '../store/imports.ts'
import { faultTable, importTable } from '../store/tables.ts'
import { apply, groupsOf, wavesOf, type Batch, type Result, type Targets } from './apply-rows.ts'
import { READ_ON, timerOf, type Parts } from './begin.ts'

/** Rows between two commits of what has been done. */
const BATCH = 2_000

/** Rows that are decided side by side: they share commits, and leave room for buyers. */
const AT_ONCE = 256

/** So long is read at a stretch; then the timer is set anew, so that a process that stops is not waited for. */
const STRETCH_MS = 5_000

/**
 * Whoever dies is followed so long after its last commit. Who was only slow is no harm: rows done
 * twice are found done, and one of the two commits their tally.
 */
const FOLLOWED_AFTER_SECONDS = 10

/** A report that names so many faults says enough. */
const MOST_FAULTS = 10_000

export interface ReadOn extends Parts {
  readonly targets: Targets
  readonly tenantOf: (id: TenantId) => Promise<Tenant | undefined>
  readonly log: Platform['log']
}

/**
 * Reads an import on from where the last commit of it stands, for some seconds. Rows behind that
 * commit that were applied by a process that died are found done by their keys.
 */
export function readOn(parts: ReadOn): (due: DueTimer) => Promise<void> {
  return async ({ tenant: tenantId, data }) => {
    const importId = String(data['importId'])
    const [row] = await parts.reads.read(tenantId, importById, [tenantId, importId])
    const tenant = await parts.tenantOf(tenantId)
    if (row === undefined || tenant === undefined) return clear(parts, tenantId, importId)
    await new Reading(parts, tenant, row).run()
  }
}

class Reading {
  readonly #parts: ReadOn
  readonly #tenant: Tenant
  readonly #row: ImportRow
  /** Of the file, as far as it was read for the commits there have been. */
  #bytes = 0
  #tally: Tally
  #isOver = false

  constructor(parts: ReadOn, tenant: Tenant, row: ImportRow) {
    this.#parts = parts
    this.#tenant = tenant
    this.#row = row
    const { rows_read: rows, applied, unchanged, failed } = row
    this.#tally = { rows, applied, unchanged, failed }
  }

  async run(): Promise<void> {
    const { clock } = this.#parts
    const until = clock.now() + STRETCH_MS
    await using rows = await this.#open()
    if (rows === undefined) return this.#end('broken', [unreadable('The file is gone.')])
    try {
      const source = rows.rows[Symbol.asyncIterator]()
      const header = await source.next()
      if (header.done === true) return await this.#end('broken', [unreadable('The file is empty.')])
      const { columns, faults } = columnsOf(this.#row.kind, header.value.cells.map(plain))
      if (faults.length > 0) {
        const { line } = header.value
        return await this.#end(
          'broken',
          faults.map(({ column, code }) =>
            fault(line, column, `exchange.${code}`, reasonOf(code, column)),
          ),
        )
      }
      await this.#readRows(source, columns, until)
    } catch (error) {
      if (!(error instanceof TableFault)) throw error
      const found = fault(error.line, null, `exchange.${error.code}`, error.message)
      await this.#end('broken', [found])
    }
  }

  async #readRows(
    source: AsyncIterator<Row>,
    columns: readonly Column[],
    until: number,
  ): Promise<void> {
    for (let skip = this.#tally.rows; skip > 0; skip -= 1) await source.next()
    let waiting: TableRow[] = []
    for (;;) {
      const { done = false, value } = await source.next()
      if (!done) {
        const { line, cells } = value as Row
        waiting.push(recordOf(columns, { line, cells: cells.map(plain) }))
      }
      if (waiting.length < BATCH && !done) continue
      const groups = groupsOf(this.#row.kind, waiting)
      // The last product may go on in rows that have not been read yet.
      waiting = done || groups.length < 2 ? [] : [...(groups.pop() ?? [])]
      await this.#applyAll(groups, columns, done)
      if (done || this.#isOver) return
      if (this.#parts.clock.now() >= until) return this.#pause()
    }
  }

  async #applyAll(
    groups: readonly (readonly TableRow[])[],
    columns: readonly Column[],
    isLast: boolean,
  ): Promise<void> {
    const { kind, mode, id: importId } = this.#row
    const batch: Batch = { tenant: this.#tenant, importId, kind, mode, columns }
    const results: Result[] = []
    for (const wave of wavesOf(kind, groups)) {
      const left = wave.values()
      const lane = async (): Promise<void> => {
        for (const group of left) results.push(await apply(this.#parts.targets, batch, group))
      }
      await Promise.all(Array.from({ length: AT_ONCE }, lane))
    }
    const count = (effect: Result['effect']): number =>
      results.reduce((sum, each) => sum + (each.effect === effect ? each.rows : 0), 0)
    const before = this.#tally
    this.#tally = {
      rows: before.rows + results.reduce((sum, each) => sum + each.rows, 0),
      applied: before.applied + count('applied'),
      unchanged: before.unchanged + count('unchanged'),
      failed: before.failed + count('failed'),
    }
    const faults = results.flatMap((each) => each.faults).toSorted((a, b) => a.line - b.line)
    const room = Math.max(0, MOST_FAULTS - before.failed)
    await this.#commit(before, faults.slice(0, room), isLast ? 'done' : undefined)
  }

  #end(state: 'broken' | 'done', faults: readonly RowFault[]): Promise<void> {
    return this.#commit(this.#tally, faults, state)
  }

  /** The next stretch may be another process's. */
  async #pause(): Promise<void> {
    await this.#write([], [], [this.#timer(0)], this.#tally)
  }

  async #commit(
    before: Tally,
    faults: readonly RowFault[],
    end: 'broken' | 'done' | undefined,
  ): Promise<void> {
    const { clock, blobs } = this.#parts
    const { id, began_at: began } = this.#row
    const now = new Date(clock.now()).toISOString()
    const events: ExchangeEvent[] = [{ type: 'exchange.import-progressed', ...this.#tally }]
    if (end !== undefined) events.push({ type: 'exchange.import-ended', state: end })
    const { rows, ...tally } = this.#tally
    const progress: Write = {
      table: importTable,
      verb: 'update',
      row: {
        id,
        state: end ?? 'running',
        rows_read: rows,
        ...tally,
        bytes_read: end === 'done' ? this.#row.bytes : this.#bytes,
        began_at: (began ?? new Date(clock.now())).toISOString(),
        changed_at: now,
        ...(end === undefined ? {} : { ended_at: now }),
      },
    }
    const named = faults.map((each, n): Write => ({
      table: faultTable,
      verb: 'upsert',
      row: {
        import_id: id,
        line: each.line,
        n: faults.slice(0, n).filter(({ line }) => line === each.line).length,
        column_name: each.column,
        code: each.code,
        reason: each.reason,
      },
    }))
    const timer: Timer =
      end === undefined ? this.#timer(FOLLOWED_AFTER_SECONDS) : { clear: timerOf(id) }
    await this.#write(events, [progress, ...named], [timer], before)
    if (end !== undefined) await blobs.delete(this.#tenant.id, nameOf(id))
  }

  /** Only while the import stands where this process thinks it does: another may have gone on with it. */
  async #write(
    events: readonly ExchangeEvent[],
    rows: readonly Write[],
    timers: readonly Timer[],
    before: Tally,
  ): Promise<void> {
    const { write, ids } = this.#parts
    const { id } = this.#row
    const outcome = await write({
      tenant: this.#tenant.id,
      caller: 'timer',
      key: `import/${id}/${ids.next()}`,
      isFreshKey: true,
      fingerprint: '',
      streams: { import: stream(imports, id) },
      decide({ import: found }) {
        const isHere = isOpen(found) && found.state !== 'none' && 'rows' in found
        if (!isHere || found.rows !== before.rows) return accept({ answer: false })
        return accept({ append: { import: events }, rows, timers, answer: true })
      },
    })
    if (!outcome.ok) throw new Error(`An import could not go on: ${outcome.refusal.code}`)
    if (!outcome.value.answer) this.#isOver = true
  }

  #timer(inSeconds: number): Timer {
    const { id } = this.#row
    return { set: timerOf(id), kind: READ_ON, inSeconds, data: { importId: id } }
  }

  /** The rows of the file, and what has to be cleared away behind them. */
  async #open(): Promise<(AsyncDisposable & { readonly rows: AsyncIterable<Row> }) | undefined> {
    const { blobs } = this.#parts
    const { id, format, dialect } = this.#row
    const tenant = this.#tenant.id
    if (format === 'csv') {
      const head = await blobs.get(tenant, nameOf(id), { start: 0, end: HEAD_BYTES - 1 })
      const whole = await blobs.get(tenant, nameOf(id))
      if (head === undefined || whole === undefined) return undefined
      const pieces: Uint8Array[] = []
      for await (const piece of head.body as AsyncIterable<Uint8Array>) pieces.push(piece)
      const how = dialectOf(Buffer.concat(pieces), dialect as Partial<Dialect>)
      return {
        rows: csvRows(this.#counted(whole.body), how),
        [Symbol.asyncDispose]: async () => void whole.body.destroy(),
      }
    }
    const found = await blobs.get(tenant, nameOf(id))
    if (found === undefined) return undefined
    // A workbook is read from its end, so it has to be a file.
    const folder = await mkdtemp(join(tmpdir(), 'torg-import-'))
    const path = join(folder, 'table.xlsx')
    await pipeline(found.body, createWriteStream(path))
    return {
      rows: xlsxRows(path),
      [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
    }
  }

  async *#counted(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      this.#bytes += chunk.length
      yield chunk
    }
  }
}

function unreadable(reason: string): RowFault {
  return fault(0, null, 'exchange.file-unreadable', reason)
}

function reasonOf(code: string, column: string): string {
  if (code === 'column-missing') return `There must be a column ${column}.`
  if (code === 'column-repeated') return `There are two columns ${column}.`
  return `No column is called ${column}.`
}

async function clear({ write, ids }: Parts, tenant: TenantId, importId: Id): Promise<void> {
  await write({
    tenant,
    caller: 'timer',
    key: `import/${importId}/${ids.next()}`,
    isFreshKey: true,
    fingerprint: '',
    streams: {},
    decide: () => accept({ timers: [{ clear: timerOf(importId) }], answer: null }),
  })
}
