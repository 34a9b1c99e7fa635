import { type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What must be gone when the benchmark is, however it ends. */
const leftovers = new Set<() => void>()

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => process.exit(130))
}
process.on('exit', () => {
  // The last opened first: what uses a folder ends before the folder goes.
  for (const remove of [...leftovers].toReversed()) remove()
})

/** Runs at the end of this process unless what it returns was called before. */
export function atExit(work: () => void): () => void {
  leftovers.add(work)
  return () => leftovers.delete(work)
}

/**
 * A data folder for one run, on the disk of `TMPDIR`: a folder in memory would make `fsync` free.
 * Removed with `dispose`, or when this process ends.
 */
export function temporaryFolder(): { readonly path: string; dispose(): void } {
  const path = mkdtempSync(join(tmpdir(), 'torg-bench-'))
  // Root lends PostgreSQL to nobody, who must be able to reach its files.
  chmodSync(path, 0o711)
  const remove = (): void => {
    killPostgresOf(path)
    rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
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

/** A PostgreSQL in a folder that is removed has nothing left to save. */
function killPostgresOf(dataDir: string): void {
  const pid = postgresPidOf(dataDir)
  if (pid === undefined) return
  try {
    process.kill(pid, 'SIGQUIT')
  } catch {
    // It ended by itself.
  }
}

/** Sends a signal and waits for the end; after `seconds` the process is killed. */
export async function end(child: ChildProcess, signal: NodeJS.Signals, seconds = 20): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const timer = setTimeout(() => child.kill('SIGKILL'), seconds * 1_000)
  child.kill(signal)
  await gone
  clearTimeout(timer)
}
