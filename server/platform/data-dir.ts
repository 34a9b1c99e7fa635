import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { CannotStart, errorCode } from './cannot-start.ts'

/** Says that a folder is ours, so that `--fresh` never empties somebody's home. */
const MARKER = 'torg-data'
const MARKER_TEXT = 'This folder belongs to Torg. `npm start -- --fresh` empties its database.\n'

/** What may be there before the server has run: the launcher's cache. */
const MAY_PRECEDE = new Set([MARKER, 'compile-cache'])

/**
 * Makes the folder if it is missing and marks it as ours. A folder with other things in it is
 * refused: it is more likely a slip than a wish.
 */
export async function prepareDataDir(dataDir: string): Promise<void> {
  try {
    await makeFolder(dataDir)
    if (existsSync(join(dataDir, MARKER))) return
    const strangers = (await readdir(dataDir)).filter((name) => !MAY_PRECEDE.has(name))
    if (strangers.length > 0) {
      throw new CannotStart(
        `${dataDir} holds other things (${strangers[0]}) and was not made by Torg; give DATA_DIR an empty or new folder.`,
      )
    }
    await writeFile(join(dataDir, MARKER), MARKER_TEXT)
  } catch (error) {
    throw explainFileError(error, dataDir)
  }
}

/**
 * Makes a folder and those above it one by one. Node's `recursive` calls a read-only disk ENOENT,
 * and under `/proc` it never returns (seen with Node 26.10).
 */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder)
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return
    if (errorCode(error) !== 'ENOENT' || existsSync(dirname(folder))) throw error
    await makeFolder(dirname(folder))
    await makeFolder(folder)
  }
}

/** Removes the embedded database; its server must not run. The secret stays. */
export async function emptyDatabase(dataDir: string): Promise<void> {
  if (!existsSync(join(dataDir, MARKER))) {
    throw new CannotStart(`${dataDir} was not made by Torg, so --fresh does not touch it.`)
  }
  const ofTheDatabase = [
    'postgres',
    'postgres.new',
    'postgres.json',
    'postgres.log',
    'test-provider.jsonl',
  ]
  for (const name of ofTheDatabase) {
    await rm(join(dataDir, name), { recursive: true, force: true })
  }
}

/** Reads the text of a private file, or makes it once, readable by its owner only. */
async function keptText(dataDir: string, name: string, make: () => string): Promise<string> {
  const file = join(dataDir, name)
  try {
    // `wx` lets one of two processes that start at once win; the other reads what it wrote.
    await writeFile(file, make(), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw explainFileError(error, dataDir)
  }
  return readFile(file, 'utf8')
}

/** The secret of a shop that was given none: made once, kept beside its database. */
export async function keptSecret(dataDir: string): Promise<string> {
  const text = await keptText(dataDir, 'secret', () => `${randomBytes(32).toString('hex')}\n`)
  if (text.trim().length < 32) {
    throw new CannotStart(
      `${join(dataDir, 'secret')} is damaged; restore it, or remove it (everyone is then signed out).`,
    )
  }
  return text.trim()
}

/**
 * Takes the folder for this process. Returns how to give it back. A second program on one folder
 * would stop the first one's database; one that died without giving back is noticed and replaced.
 */
export function takeDataDir(dataDir: string): () => void {
  const file = join(dataDir, 'owner')
  const { pid, since } = readOwner(file)
  if (pid !== undefined && pid !== process.pid && since === processStart(pid)) {
    throw new CannotStart(
      `Torg is running on ${dataDir} already, as process ${pid}; stop it, or choose another folder with DATA_DIR.`,
    )
  }
  writeOwner(file)
  let taken = true
  return () => {
    if (taken && readOwner(file).pid === process.pid) rmSync(file, { force: true })
    taken = false
  }
}

function readOwner(file: string): { pid: number | undefined; since: string | undefined } {
  try {
    const [pid = '', since] = readFileSync(file, 'utf8').trimEnd().split('\n')
    return { pid: /^\d+$/.test(pid) ? Number(pid) : undefined, since }
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { pid: undefined, since: undefined }
    throw explainFileError(error, file)
  }
}

function writeOwner(file: string): void {
  try {
    writeFileSync(file, `${process.pid}\n${processStart(process.pid) ?? ''}\n`)
  } catch (error) {
    throw explainFileError(error, file)
  }
}

/**
 * When a process began, as an opaque word; nothing when there is none. Numbers of processes are
 * given out again, number and start together are not.
 */
export function processStart(pid: number): string | undefined {
  try {
    if (existsSync('/proc/self/stat')) {
      // The name in field 2 may hold spaces and parentheses, so fields count from its end.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return state === 'Z' ? undefined : rest[18]
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
  } catch {
    // No such process, which is an answer, not an error.
    return undefined
  }
}

/** Turns what the file system says into a sentence for the operator; other errors pass unchanged. */
export function explainFileError(error: unknown, path: string): unknown {
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new CannotStart(`The disk of ${path} is full; free some space and start again.`, {
        cause: error,
      })
    case 'EACCES':
    case 'EPERM':
      return new CannotStart(
        `This user may not write to ${path}; change its owner or choose another folder with DATA_DIR.`,
        { cause: error },
      )
    case 'EROFS':
      return new CannotStart(`${path} is read-only; choose another folder with DATA_DIR.`, {
        cause: error,
      })
    case 'ENOENT':
      return new CannotStart(`${path} cannot be made; choose another folder with DATA_DIR.`, {
        cause: error,
      })
    case 'ENOTDIR':
    case 'EEXIST':
      return new CannotStart(`${path} is not a folder; choose another one with DATA_DIR.`, {
        cause: error,
      })
    default:
      return error
  }
}
