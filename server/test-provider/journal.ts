import { closeSync, existsSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'

import type { Entry } from './charges.ts'

/** An append-only file of entries, one JSON object a line. */
export interface Journal {
  /** What the file held when it was opened, oldest first. */
  readonly entries: readonly Entry[]
  /** In the system's page cache when it returns: a kill of this process loses nothing, a power cut may. */
  append(entry: Entry): void
  close(): void
}

/** Opens or creates a journal. A last line torn by a crash was never answered and is cut off. */
export function openJournal(path: string): Journal {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
  const complete = text.slice(0, text.lastIndexOf('\n') + 1)
  const entries = complete
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Entry)

  const file = openSync(path, 'a')
  if (complete.length < text.length) ftruncateSync(file, Buffer.byteLength(complete))

  return {
    entries,
    append: (entry) => {
      writeSync(file, `${JSON.stringify(entry)}\n`)
    },
    close: () => closeSync(file),
  }
}
