import type { Blobs } from '#platform/blob/blobs'
import type { Platform } from '#platform/context'
import type { Id } from '#platform/ids'
import { accept, refuse } from '#platform/outcome'
import { newStream, stream } from '#platform/write/commit'

import type { ExchangeRefusal, Imports, TableFormat } from '../contract.ts'
import { nameOf } from '../domain/files.ts'
import { imports, isOpen } from '../domain/import.ts'
import { openImports } from '../store/imports.ts'
import { importTable } from '../store/tables.ts'

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

/** The file is kept before anything is recorded: what nobody recorded is swept with other leftovers. */
export function beginImport({ write, reads, clock, ids, blobs, view }: Parts): Imports['begin'] {
  return async (tenant, { kind, mode, ...dialect }, bytes, cause) => {
    const [open] = await reads.read(tenant.id, openImports, [tenant.id, MOST_OPEN])
    if ((open?.count ?? 0) >= MOST_OPEN) {
      return refused({
        code: 'exchange.too-many-imports',
        limit: MOST_OPEN,
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      })
    }
    const id = ids.next()
    const seen = { head: Buffer.alloc(0) }
    const kept = await blobs.put(tenant.id, nameOf(id), watched(bytes, seen), LARGEST_FILE)
    if (kept.bytes === 0) {
      await blobs.delete(tenant.id, nameOf(id))
      return refused({ code: 'exchange.file-empty' })
    }
    const format: TableFormat = seen.head.toString('latin1') === 'PK\u0003\u0004' ? 'xlsx' : 'csv'
    const now = new Date(clock.now()).toISOString()
    const written = await write({
      tenant: tenant.id,
      ...cause,
      streams: { import: newStream(imports, id) },
      decide: () =>
        accept({
          append: {
            import: [{ type: 'exchange.import-begun', kind, format, mode, bytes: kept.bytes }],
          },
          rows: [
            {
              table: importTable,
              verb: 'insert',
              row: {
                id,
                kind,
                format,
                mode,
                state: 'waiting',
                dialect,
                bytes: kept.bytes,
                bytes_read: 0,
                rows_read: 0,
                applied: 0,
                unchanged: 0,
                failed: 0,
                created_at: now,
                began_at: null,
                changed_at: now,
                ended_at: null,
              },
            },
          ],
          timers: [{ set: timerOf(id), kind: READ_ON, inSeconds: 0, data: { importId: id } }],
          answer: { id },
        }),
    })
    if (!written.ok) return written
    const { answer, replayed } = written.value
    // The same request came twice: the file of the first is the one that is read.
    if (replayed) await blobs.delete(tenant.id, nameOf(id))
    return view(tenant.id, answer.id)
  }
}

/** The bytes as they are, and the first four of them. */
async function* watched(
  bytes: AsyncIterable<Uint8Array>,
  seen: { head: Buffer },
): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    if (seen.head.length < 4) seen.head = Buffer.concat([seen.head, chunk]).subarray(0, 4)
    yield chunk
  }
}

export function cancelImport({ write, clock, blobs, view }: Parts): Imports['cancel'] {
  return async (tenant, importId, cause) => {
    const now = new Date(clock.now()).toISOString()
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
          timers: [{ clear: timerOf(importId) }],
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

function refused(refusal: ExchangeRefusal) {
  return refuse(refusal)
}
