/** What a benchmark leaves behind: nothing, however it ends. */
import { type ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { processStart } from '../../server/platform/data-dir.ts'

const leftovers = new Set<() => void>()

process.on('exit', () => {
  // The last opened first: what uses a folder ends before the folder goes.
  for (const remove of [...leftovers].toReversed()) remove()
})

/** Ends by way of `exit` when told to, so that what is left over is removed. */
export function tidyUpOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => process.exit(130))
  }
}

/** Runs at the end of this process unless what it returns was called before. */
export function atExit(work: () => void): () => void {
  leftovers.add(work)
  return () => leftovers.delete(work)
}

/**
 * A data folder for one run, on the disk of `TMPDIR`: a folder in memory would make `fsync` free.
 * Removed by `dispose`, or when this process ends, together with a PostgreSQL that still uses it.
 */
export function temporaryFolder(): { readonly path: string; dispose(): void } {
  const path = mkdtempSync(join(tmpdir(), 'torg-bench-'))
  // Root lends PostgreSQL to nobody, who must be able to reach its files.
  chmodSync(path, 0o711)
  const remove = (): void => {
    endPostgresOf(path)
    rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    if (existsSync(path)) console.error(`${path} could not be removed as a whole.`)
  }
  const forget = atExit(remove)
  return {
    path,
    dispose() {
      forget()
      remove()
    },
  }
}

/** The pid of the PostgreSQL that runs on a data folder. */
export function postgresPidOf(dataDir: string): number | undefined {
  try {
    return Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  } catch {
    // No such file: no server runs on this folder.
    return undefined
  }
}

/** Ends a PostgreSQL whose folder goes, so it has nothing to save, and waits until it is gone. */
function endPostgresOf(dataDir: string): void {
  const pid = postgresPidOf(dataDir)
  if (pid === undefined) return
  for (let tries = 0; tries < 100 && processStart(pid) !== undefined; tries += 1) {
    try {
      if (tries === 0) process.kill(pid, 'SIGQUIT')
    } catch {
      // It ended by itself between the question and the signal.
    }
    // Nothing asynchronous runs any more while the process exits.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50)
  }
}

/** Sends a signal and waits for the end; after `seconds` the process is killed. */
export async function end(
  child: ChildProcess,
  signal: NodeJS.Signals,
  seconds = 20,
): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
  })
  const timer = setTimeout(() => child.kill('SIGKILL'), seconds * 1_000)
  child.kill(signal)
  await gone
  clearTimeout(timer)
}
