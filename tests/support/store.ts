/** What a context stands on in PostgreSQL, for `.db.test.ts` files: as in the program, but small. */
import { databaseClock } from '../../server/platform/database-clock.ts'
import { openReads, type ReadsOptions } from '../../server/platform/db/postgres-reads.ts'
import type { Reads } from '../../server/platform/db/reads.ts'
import { reality } from '../../server/platform/waiting.ts'
import { openPostgresStore } from '../../server/platform/write/postgres-store.ts'
import { openWriter, type Writer, type WriterOptions } from '../../server/platform/write/writer.ts'
import type { TestDatabase } from './database.ts'

/** Lost connections are no news in a test, unless it wants to hear of them. */
const quiet = (): void => undefined

/** Reads as the shop does, over one connection unless told otherwise. */
export function readsOf(
  db: TestDatabase,
  options: Partial<Omit<ReadsOptions, 'waiting'>> = {},
): Reads & AsyncDisposable & { close(): Promise<void> } {
  const reads = openReads({
    ...reality,
    connection: db.connection('torg_app'),
    connections: 1,
    onError: quiet,
    ...options,
  })
  return Object.assign(reads, { [Symbol.asyncDispose]: () => reads.close() })
}

/** A writer with a store of its own, of one lane unless told otherwise; it closes the store. */
export async function writerOf(
  db: TestDatabase,
  options: Partial<
    Pick<WriterOptions, 'clock' | 'lanes' | 'queueLimit' | 'batchLimit' | 'committed'>
  > & { readonly onError?: (error: Error) => void } = {},
): Promise<Writer & AsyncDisposable> {
  const { onError = quiet, lanes = 1, ...rest } = options
  const connection = db.connection('torg_writer')
  const writer = openWriter({
    ...reality,
    store: await openPostgresStore({ connection, lanes, onError }),
    clock: databaseClock(Date.now()),
    queueLimit: 1000,
    batchLimit: 64,
    lanes,
    ...rest,
  })
  return Object.assign(writer, { [Symbol.asyncDispose]: () => writer.close() })
}
