import { createHash } from 'node:crypto'

import type { Blobs } from '#platform/blob/blobs'
import type { Instant } from '#platform/clock'
import type { Platform } from '#platform/context'
import type { Cause } from '#platform/http/route'
import type { Id, TenantId } from '#platform/ids'
import { accept, refuse, type Outcome } from '#platform/outcome'
import { newStream, stream, type Timer, type Write } from '#platform/write/commit'

import type {
  ExchangeRefusal,
  ImportAsk,
  ImportBegun,
  Imports,
  ImportView,
  TableFormat,
} from '../contract.ts'
import { nameOf } from '../domain/files.ts'
import { imports, isOpen } from '../domain/import.ts'
import { importById, openImports, presentImport, type ImportRow } from '../store/imports.ts'
import { importTable } from '../store/tables.ts'
import { runTimer } from './fire.ts'

/** Some 300,000 rows of products. */
export const LARGEST_FILE = 200 * 1024 * 1024

/** Further files wait to be sent. */
const MOST_OPEN = 5

/** One of them may have been read by then. */
const RETRY_AFTER_SECONDS = 10

/** What a timer calls when a file is to be read on. */
export const READ_ON = 'exchange.read-on'

export type Parts = Pick<Platform, 'write' | 'reads' | 'clock' | 'ids'> & {
  readonly blobs: Blobs
  /** An import as its owner sees it, which is the answer to what is done to it. */
  readonly view: Imports['view']
}

export function timerOf(importId: Id): string {
  return `import/${importId}`
}

/** A table that lies in the store of files and that nobody has recorded yet. */
export interface KeptTable {
  readonly importId: Id
  readonly format: TableFormat
  readonly bytes: number
  readonly sha256: string
}

/** Keeps a table under an id of its own. Throws `TooLarge`, and what its bytes throw. */
export async function keepTable(
  { blobs, ids }: Pick<Parts, 'blobs' | 'ids'>,
  tenant: TenantId,
  bytes: AsyncIterable<Uint8Array>,
): Promise<Outcome<KeptTable, ExchangeRefusal>> {
  const importId = ids.next()
  const seen = { head: Buffer.alloc(0), hash: createHash('sha256') }
  const kept = await blobs.put(tenant, nameOf(importId), watched(bytes, seen), LARGEST_FILE)
  if (kept.bytes === 0) {
    await blobs.delete(tenant, nameOf(importId))
    return refuse({ code: 'exchange.file-empty' })
  }
  const isWorkbook = seen.head.toString('latin1') === 'PK\u0003\u0004'
  const sha256 = seen.hash.digest('base64url')
  return accept({ importId, format: isWorkbook ? 'xlsx' : 'csv', bytes: kept.bytes, sha256 })
}

/** The bytes as they are, the first four of them, and their hash. */
async function* watched(
  bytes: AsyncIterable<Uint8Array>,
  seen: { head: Buffer; readonly hash: { update(chunk: Uint8Array): unknown } },
): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    if (seen.head.length < 4) seen.head = Buffer.concat([seen.head, chunk]).subarray(0, 4)
    seen.hash.update(chunk)
    yield chunk
  }
}

/** The run of a schedule that brought a table. */
export interface Bringer {
  readonly scheduleId: Id
  readonly runId: Id
}

/** Parts of the commit that records a kept table and has it read, and how it stands then. */
export function begun(
  { importId, format, bytes }: KeptTable,
  { kind, mode, ...dialect }: ImportAsk,
  at: Instant,
  by?: Bringer,
): {
  readonly event: ImportBegun
  readonly row: Write
  readonly timer: Timer
  readonly view: ImportView
} {
  const now = new Date(at)
  const row: ImportRow = {
    id: importId,
    kind,
    format,
    mode,
    state: 'waiting',
    dialect,
    bytes,
    bytes_read: 0,
    rows_read: 0,
    applied: 0,
    unchanged: 0,
    failed: 0,
    created_at: now,
    began_at: null,
    changed_at: now,
    ended_at: null,
    schedule_id: by?.scheduleId ?? null,
    run_id: by?.runId ?? null,
  }
  const stamps = { created_at: now.toISOString(), changed_at: now.toISOString() }
  return {
    event: { type: 'exchange.import-begun', kind, format, mode, bytes },
    row: { table: importTable, verb: 'insert', row: { ...row, ...stamps } },
    timer: { set: timerOf(importId), kind: READ_ON, inSeconds: 0, data: { importId } },
    view: presentImport(row),
  }
}

/**
 * The file is kept before anything is recorded: what nobody recorded is swept with other leftovers.
 * The same key with another file is another request, so the file is part of the fingerprint.
 */
export function beginImport({ write, reads, clock, ids, blobs }: Parts): Imports['begin'] {
  return async (tenant, ask, bytes, cause) => {
    const [open] = await reads.read(tenant.id, openImports, [tenant.id, MOST_OPEN])
    const isFull = (open?.count ?? 0) >= MOST_OPEN
    // Whoever brings a key may have been here before, and is answered as then: see below.
    if (isFull && cause.isFreshKey === true) return tooMany()
    const kept = await keepTable({ blobs, ids }, tenant.id, bytes)
    if (!kept.ok) return kept
    const { importId, sha256 } = kept.value
    const written = await write({
      tenant: tenant.id,
      ...ofFile(cause, sha256),
      streams: { import: newStream(imports, importId) },
      decide() {
        if (isFull) return tooMany()
        const { event, row, timer, view } = begun(kept.value, ask, clock.now())
        return accept({
          append: { import: [event] },
          rows: [row],
          timers: [timer],
          answer: view,
        })
      },
    })
    // The same request came twice: the file of the first is the one that is read.
    if (!written.ok || written.value.replayed) await blobs.delete(tenant.id, nameOf(importId))
    return written
  }
}

function ofFile(cause: Cause, sha256: string): Cause {
  if (cause.isFreshKey === true) return cause
  return { ...cause, fingerprint: `${cause.fingerprint}.${sha256}` }
}

export function cancelImport({ write, reads, clock, blobs, view }: Parts): Imports['cancel'] {
  return async (tenant, importId, cause) => {
    const now = new Date(clock.now()).toISOString()
    const [row] = await reads.read(tenant, importById, [tenant, importId])
    const runId = row?.run_id ?? null
    const written = await write({
      tenant,
      ...cause,
      streams: { import: stream(imports, importId) },
      decide({ import: found }) {
        if (found.state === 'none') return refused({ code: 'exchange.import-unknown', importId })
        if (!isOpen(found)) {
          return refused({ code: 'exchange.import-over', importId, state: found.state })
        }
        return accept({
          append: { import: [{ type: 'exchange.import-ended', state: 'cancelled' }] },
          rows: [
            {
              table: importTable,
              verb: 'update',
              row: { id: importId, state: 'cancelled', changed_at: now, ended_at: now },
            },
          ],
          timers: [{ clear: timerOf(importId) }, ...heard(runId)],
          answer: null,
        })
      },
    })
    if (!written.ok) return written
    await blobs.delete(tenant, nameOf(importId))
    const found = await view(tenant, importId)
    return found.ok ? accept({ answer: found.value, replayed: written.value.replayed }) : found
  }
}

/** The run that brought an import hears at once that it is over. */
export function heard(runId: Id | null): readonly Timer[] {
  return runId === null ? [] : [runTimer(runId, 0)]
}

function tooMany() {
  return refused({
    code: 'exchange.too-many-imports',
    limit: MOST_OPEN,
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  })
}

function refused(refusal: ExchangeRefusal): Outcome<never> {
  return refuse(refusal)
}
