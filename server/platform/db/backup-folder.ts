/** A folder of backups: what is where in it, and how a file gets in and out without being trusted. */
import { createHash, hash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  constants,
  createZstdCompress,
  createZstdDecompress,
  zstdCompressSync,
  zstdDecompressSync,
} from 'node:zlib'

import { CannotStart, errorCode } from '../cannot-start.ts'
import { bytesOf, nameOf, segmentAt, SEGMENT_BYTES } from './backup-names.ts'

/** A file of a base backup, as it was when it was read; PostgreSQL's journal makes it whole. */
export interface KeptFile {
  /** From the cluster's folder. */
  readonly path: string
  readonly bytes: number
  /** Of the file, not of its compressed form. Hexadecimal. */
  readonly sha256: string
}

/** What is known of a base backup. It is written last: without it there is no backup. */
export interface Manifest {
  readonly format: 1
  readonly id: string
  /** Major release of the PostgreSQL whose files these are. */
  readonly postgres: string
  readonly systemId: string
  readonly timeline: number
  /** The journal is needed from here … */
  readonly startLsn: string
  /** … to here, or the files do not fit together. */
  readonly stopLsn: string
  /** By the database's clock, RFC 3339. */
  readonly startedAt: string
  readonly endedAt: string
  /** Tells whether a `TORG_SECRET` is the one of this shop, and nothing of what it is. */
  readonly secretCheck: string | null
  readonly folders: readonly string[]
  readonly files: readonly KeptFile[]
}

/** What is known of one file of the journal in the archive. */
export interface KeptSegment {
  readonly name: string
  /** Fewer than a whole segment only of the one that is being written. */
  readonly bytes: number
  readonly sha256: string
  /** Everything that was acknowledged before this instant and is in this segment is here. */
  readonly until: string
}

/** How far the archive reaches. Written every second while somebody archives. */
export interface Reach {
  readonly systemId: string
  readonly timeline: number
  readonly lsn: string
  /** Everything that was acknowledged before this instant is in the archive. */
  readonly until: string
}

/** The last restore that was proven to work. */
export interface TestedRestore {
  readonly at: string
  readonly backup: string
  readonly to: string
  readonly seconds: number
}

export function backupPlaces(folder: string) {
  return {
    bases: join(folder, 'base'),
    journal: join(folder, 'journal'),
    reach: join(folder, 'reach.json'),
    restored: join(folder, 'last-tested-restore.json'),
  }
}

export async function makeBackupFolder(folder: string): Promise<void> {
  const { bases, journal } = backupPlaces(folder)
  // The backup is the whole of the shop, with all its customers: nobody else may read it.
  for (const each of [folder, bases, journal]) await mkdir(each, { recursive: true, mode: 0o700 })
}

/** Writes a file whole or not at all, and makes it last before this returns. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const draft = `${path}.new`
  const file = await open(draft, 'w', 0o600)
  try {
    await file.writeFile(text)
    await file.datasync()
  } finally {
    await file.close()
  }
  await rename(draft, path)
}

export async function readJson<T>(path: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as T
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    if (error instanceof SyntaxError) throw damaged(path)
    throw error
  }
}

/** Every finished base backup, oldest first. */
export async function listBases(folder: string): Promise<readonly Manifest[]> {
  const { bases } = backupPlaces(folder)
  const found: Manifest[] = []
  for (const name of await namesIn(bases)) {
    // Being made, or never finished.
    if (name.endsWith('.new')) continue
    const manifest = await readJson<Manifest>(join(bases, name, 'manifest.json'))
    if (manifest !== undefined) found.push(manifest)
  }
  return found.toSorted((one, other) => one.endedAt.localeCompare(other.endedAt))
}

/** Every segment of the archive, whole ones and those that were being written, by name. */
export async function listSegments(folder: string): Promise<readonly KeptSegment[]> {
  const { journal } = backupPlaces(folder)
  const found: KeptSegment[] = []
  for (const name of await namesIn(journal)) {
    if (!/^[0-9A-F]{24}\.json$/.test(name)) continue
    const segment = await readJson<KeptSegment>(join(journal, name))
    if (segment !== undefined) found.push(segment)
  }
  return found.toSorted((one, other) => one.name.localeCompare(other.name))
}

/** The histories of timelines: where each left the one before. Name to text. */
export async function listHistories(folder: string): Promise<ReadonlyMap<string, string>> {
  const { journal } = backupPlaces(folder)
  const found = new Map<string, string>()
  for (const name of await namesIn(journal)) {
    if (!/^[0-9A-F]{8}\.history$/.test(name)) continue
    found.set(name, await readFile(join(journal, name), 'utf8'))
  }
  return found
}

export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return []
    throw error
  }
}

/** Where the data of a segment is: compressed when it is whole, as it is while it grows. */
export function dataOf(folder: string, { name, bytes }: Pick<KeptSegment, 'name' | 'bytes'>) {
  const { journal } = backupPlaces(folder)
  return join(journal, bytes === SEGMENT_BYTES ? `${name}.zst` : `${name}.partial`)
}

/** Most files of a cluster are small: a stream for each would cost more than its bytes. */
const SMALL_BYTES = 1024 * 1024

const COMPRESSION = {
  params: {
    [constants.ZSTD_c_compressionLevel]: 1,
    [constants.ZSTD_c_checksumFlag]: 1,
  },
}

/** Copies a file into the backup, compressed; says how it was. Its folder is there. */
export async function keep(from: string, to: string): Promise<Pick<KeptFile, 'bytes' | 'sha256'>> {
  if ((await stat(from)).size <= SMALL_BYTES) {
    const data = await readFile(from)
    await writeFile(to, zstdCompressSync(data, COMPRESSION), { mode: 0o600, flush: true })
    return { bytes: data.length, sha256: hash('sha256', data, 'hex') }
  }
  const counted = counting()
  // The file may grow meanwhile; what is added is in the journal.
  await pipeline(
    createReadStream(from),
    counted.stream,
    createZstdCompress(COMPRESSION),
    createWriteStream(to, { mode: 0o600, flush: true }),
  )
  return counted.figures()
}

/** Copies a file out of the backup; throws a sentence when it is not what was put in. */
export async function bringBack(
  from: string,
  to: string,
  expected: Pick<KeptFile, 'bytes' | 'sha256'>,
): Promise<void> {
  const isPlain = !from.endsWith('.zst')
  const isSmall = !isPlain && expected.bytes <= SMALL_BYTES
  const counted = counting()
  try {
    if (isSmall) {
      const data = zstdDecompressSync(await readFile(from), { maxOutputLength: SMALL_BYTES + 1 })
      counted.add(data)
      await writeFile(to, data, { mode: 0o600 })
    } else await streamBack(from, to, isPlain ? expected.bytes : undefined, counted.stream)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      throw new CannotStart(`${from} is missing from the backup; choose another one.`, {
        cause: error,
      })
    }
    const code = errorCode(error) ?? ''
    if (code.startsWith('ZSTD') || code === 'ERR_BUFFER_TOO_LARGE') throw damaged(from, error)
    throw error
  }
  const { bytes, sha256 } = counted.figures()
  if (bytes !== expected.bytes || sha256 !== expected.sha256) throw damaged(from)
}

/** Of a segment that was being written only what is known to be there counts. */
async function streamBack(
  from: string,
  to: string,
  plainBytes: number | undefined,
  counting: Transform,
): Promise<void> {
  const target = createWriteStream(to, { mode: 0o600 })
  if (plainBytes === undefined) {
    await pipeline(createReadStream(from), createZstdDecompress(), counting, target)
  } else await pipeline(createReadStream(from, { end: plainBytes - 1 }), counting, target)
}

function damaged(path: string, cause?: unknown): CannotStart {
  return new CannotStart(
    `${path} is damaged: it is not what was written to it; restore from another backup or an earlier one.`,
    { cause },
  )
}

function counting() {
  const sum = createHash('sha256')
  let bytes = 0
  const add = (chunk: Buffer): void => {
    sum.update(chunk)
    bytes += chunk.length
  }
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      add(chunk)
      done(null, chunk)
    },
  })
  return { stream, add, figures: () => ({ bytes, sha256: sum.digest('hex') }) }
}

/**
 * Removes base backups that no moment of the last so many days needs, and the journal that no backup left
 * needs. The newest stays however old it is. Returns how many base backups went.
 */
export async function forgetOld(folder: string, days: number, now: number): Promise<number> {
  const { bases, journal } = backupPlaces(folder)
  const all = await listBases(folder)
  const oldest = now - days * 24 * 3600 * 1000
  // The last one before the limit is where the moments after it begin.
  const old = all.filter((_, at) => Date.parse(all[at + 1]?.endedAt ?? '') < oldest)
  for (const { id } of old) await rm(join(bases, id), { recursive: true, force: true })
  const left = all.filter((each) => !old.includes(each))
  if (left.length === 0) return 0
  const needed =
    left.map(({ startLsn }) => nameOf(0, segmentAt(bytesOf(startLsn))).slice(8)).toSorted()[0] ?? ''
  for (const name of await namesIn(journal)) {
    const isSegment = /^[0-9A-F]{24}\./.test(name)
    if (isSegment && name.slice(8, 24) < needed) await rm(join(journal, name), { force: true })
  }
  return old.length
}
