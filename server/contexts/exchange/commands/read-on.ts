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

import type { ImportEvent, ImportState, RowFault, Tally } from '../contract.ts'
import { columnsOf } from '../domain/columns.ts'
import { nameOf } from '../domain/files.ts'
import { imports, isOpen } from '../domain/import.ts'
import { fault, recordOf, type TableRow } from '../domain/rows.ts'
import { csvFileRows, type Dialect } from '../formats/csv-read.ts'
import { plain } from '../formats/formula.ts'
import { TableFault, type Row } from '../formats/rows.ts'
import { xlsxRows } from '../formats/xlsx-read.ts'
import { importById, type ImportRow } from '../store/imports.ts'
import { faultTable, importTable } from '../store/tables.ts'
import { groupsOf, type Batch, type Result, type Targets } from './apply-rows.ts'
import { heard, READ_ON, timerOf, type Parts } from './begin.ts'
import { openJudge, type Judge } from './judge-rows.ts'

/** Rows between two commits of what has been done. */
const BATCH = 1_000

/**
 * So long is read at a stretch; then the timer is set anew, so that another import has its turn. Who goes
 * on passes over the rows before, which costs the more the shorter the stretches are.
 */
const STRETCH_MS = 60_000

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
  return async ({ tenant: tenantId, data, ending, pace }) => {
    const importId = String(data['importId'])
    const [row] = await parts.reads.read(tenantId, importById, [tenantId, importId])
    const tenant = await parts.tenantOf(tenantId)
    if (row === undefined || !isOpen(row) || tenant === undefined)
      return clear(parts, tenantId, importId)
    await new Reading(parts, tenant, row).run(ending, pace)
  }
}

class Reading {
  readonly #parts: ReadOn
  readonly #tenant: Tenant
  readonly #row: ImportRow
  readonly #judge: Judge
  /** Of the file, as far as it was read for the commits there have been. */
  #bytes = 0
  #tally: Tally
  /** As this process knows it. */
  #state: ImportState
  #began: Date | null
  #isOver = false

  constructor(parts: ReadOn, tenant: Tenant, row: ImportRow) {
    this.#parts = parts
    this.#tenant = tenant
    this.#row = row
    this.#judge = openJudge(parts.targets, row)
    const { state, began_at: began, rows_read: rows, applied, unchanged, failed } = row
    this.#state = state
    this.#began = began
    this.#tally = { rows, applied, unchanged, failed }
  }

  async run(ending: AbortSignal, pace: DueTimer['pace']): Promise<void> {
    const { clock } = this.#parts
    const until = clock.now() + STRETCH_MS
    const isEnough = (): boolean => ending.aborted || clock.now() >= until
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
      const isFirst = this.#state === 'waiting'
      if (isFirst) await this.#commit(this.#tally, [], undefined)
      const { kind, mode, id: importId } = this.#row
      const batch: Batch = { tenant: this.#tenant, importId, kind, mode, columns, isFirst }
      if (!this.#isOver) await this.#readRows(source, batch, { isEnough, pace })
    } catch (error) {
      if (!(error instanceof TableFault)) throw error
      const found = fault(error.line, null, `exchange.${error.code}`, error.message)
      await this.#end('broken', [found])
    }
  }

  async #readRows(
    source: AsyncIterator<Row>,
    batch: Batch,
    { isEnough, pace }: { readonly isEnough: () => boolean; readonly pace: DueTimer['pace'] },
  ): Promise<void> {
    const { kind, columns } = batch
    const record = ({ line, cells }: Row): TableRow =>
      recordOf(columns, { line, cells: cells.map(plain) })
    for (let skip = this.#tally.rows; skip > 0; skip -= 1) {
      const { done = false, value } = await source.next()
      // A trial remembers what the rows before said.
      if (!done && this.#judge.isTrial) this.#judge.learn(record(value as Row))
    }
    let waiting: TableRow[] = []
    let counted = Promise.resolve()
    for (;;) {
      const { done = false, value } = await source.next().catch(async (error: unknown) => {
        // What was read before a file breaks off counts first.
        await counted
        throw error
      })
      if (!done) waiting.push(record(value as Row))
      if (waiting.length < BATCH && !done) continue
      const groups = groupsOf(kind, waiting)
      // The last product may go on in rows that have not been read yet.
      waiting = done || groups.length < 2 ? [] : [...(groups.pop() ?? [])]
      if (!this.#judge.isTrial) await pace()
      const { results } = await this.#judge.begin(batch, groups)
      // The rows before are counted while these are on their way.
      await counted
      counted = results.then((all) => this.#count(all, done))
      counted.catch(() => undefined)
      const isPause = !done && isEnough()
      if (done || isPause) await counted
      if (done || this.#isOver) return
      if (isPause) return this.#pause()
    }
  }

  async #count(results: readonly Result[], isLast: boolean): Promise<void> {
    if (this.#isOver) return
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
    const { id } = this.#row
    this.#began ??= new Date(clock.now())
    const now = new Date(clock.now()).toISOString()
    const events: ImportEvent[] = [{ type: 'exchange.import-progressed', ...this.#tally }]
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
        began_at: this.#began.toISOString(),
        changed_at: now,
        ...(end === undefined ? {} : { ended_at: now }),
      },
    }
    const inLine = new Map<number, number>()
    const place = (line: number): number => {
      const n = inLine.get(line) ?? 0
      inLine.set(line, n + 1)
      return n
    }
    const named = faults.map((each): Write => ({
      table: faultTable,
      verb: 'upsert',
      row: {
        import_id: id,
        line: each.line,
        n: place(each.line),
        column_name: each.column,
        code: each.code,
        reason: each.reason,
      },
    }))
    const timers: readonly Timer[] =
      end === undefined
        ? [this.#timer(FOLLOWED_AFTER_SECONDS)]
        : [{ clear: timerOf(id) }, ...heard(this.#row.run_id)]
    await this.#write(events, [progress, ...named], timers, before)
    if (end !== undefined) await blobs.delete(this.#tenant.id, nameOf(id))
  }

  /** Only while the import stands where this process knows it to: another may have gone on with it. */
  async #write(
    events: readonly ImportEvent[],
    rows: readonly Write[],
    timers: readonly Timer[],
    before: Tally,
  ): Promise<void> {
    const { write, ids } = this.#parts
    const { id } = this.#row
    const state = this.#state
    const outcome = await write({
      tenant: this.#tenant.id,
      caller: 'timer',
      key: `import/${id}/${ids.next()}`,
      isFreshKey: true,
      fingerprint: '',
      streams: { import: stream(imports, id) },
      decide({ import: found }) {
        const isHere = found.state === state && 'rows' in found && found.rows === before.rows
        if (!isHere) return accept({ answer: false })
        return accept({ append: { import: events }, rows, timers, answer: true })
      },
    })
    if (!outcome.ok) throw new Error(`An import could not go on: ${outcome.refusal.code}`)
    if (outcome.value.answer) this.#state = 'running'
    else this.#isOver = true
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
      const found = await blobs.get(tenant, nameOf(id))
      if (found === undefined) return undefined
      const { body } = found
      return {
        rows: csvFileRows(this.#counted(body), dialect as Partial<Dialect>),
        [Symbol.asyncDispose]: async () => void body.destroy(),
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
