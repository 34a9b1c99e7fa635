/** Copies PostgreSQL's journal into a folder of backups, byte by byte as it becomes durable. */
import { createHash, type Hash } from 'node:crypto'
import { copyFile, type FileHandle, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

import pg from 'pg'

import { CannotStart, errorCode } from '../cannot-start.ts'
import {
  backupPlaces,
  dataOf,
  keep,
  type KeptSegment,
  listSegments,
  makeBackupFolder,
  namesIn,
  type Reach,
  readJson,
  writeWhole,
} from './backup-folder.ts'
import {
  bytesOf,
  lsnOf,
  nameOf,
  passedBy,
  placeOf,
  SEGMENT_BYTES,
  segmentAt,
  startOf,
} from './backup-names.ts'

/** Keeps journal that is not in the archive yet from being removed, also while nobody archives. */
const SLOT = 'torg_backup'

/** Taken by whoever archives: two would write one file. */
const LOCK = `hashtext('torg.backup.journal')`

const CHUNK_BYTES = 1024 * 1024

export interface ArchiverOptions {
  /** Of the superuser. */
  readonly url: string
  /** The cluster's own folder. */
  readonly cluster: string
  /** Of the backups. */
  readonly folder: string
  /** Whether the journal waits for the next archiver when this one is gone. */
  readonly isLasting: boolean
}

/** Another process archives already. */
export class ArchivedByAnother extends Error {}

interface Tail {
  readonly name: string
  readonly file: FileHandle
  readonly hash: Hash
  bytes: number
}

/**
 * Copies what is durable of the journal when `step` is called, so a commit is in the archive as soon
 * as a step that began after it is over. What is copied is never copied again: whoever comes later
 * goes on where the archive ends. The slot keeps PostgreSQL from removing what is not copied yet.
 */
export class Archiver implements AsyncDisposable {
  /** The archive has a gap before what this one copies: only a new base backup makes it useful. */
  readonly isBroken: boolean
  private readonly options: ArchiverOptions
  private readonly client: pg.Client
  private readonly systemId: string
  private readonly timeline: number
  private readonly slot: string
  private position: bigint
  /** The instant of the step before: until then everything is in the archive, whatever follows. */
  private covered = new Date(0)
  private tail: Tail | undefined

  private constructor(
    options: ArchiverOptions,
    client: pg.Client,
    cluster: { readonly systemId: string; readonly timeline: number; readonly slot: string },
    from: { readonly position: bigint; readonly isBroken: boolean },
  ) {
    this.options = options
    this.client = client
    this.systemId = cluster.systemId
    this.timeline = cluster.timeline
    this.slot = cluster.slot
    this.position = from.position
    this.isBroken = from.isBroken
  }

  /** Throws `ArchivedByAnother`, and `CannotStart` when the folder is another database's. */
  static async open(options: ArchiverOptions): Promise<Archiver> {
    await makeBackupFolder(options.folder)
    const client = new pg.Client({
      connectionString: options.url,
      application_name: 'torg backup',
      query_timeout: 15_000,
    })
    // What is asked next rejects, and says so.
    client.on('error', () => {})
    await client.connect()
    try {
      const { rows: locks } = await client.query<{ taken: boolean }>(
        `select pg_try_advisory_lock(${LOCK}) as taken`,
      )
      if (locks[0]?.taken !== true) throw new ArchivedByAnother()
      const { systemId, timeline } = await clusterOf(client)
      await mustBeOf(systemId, options.folder)
      const { slot, keptFrom } = await reserve(client, options.isLasting)
      await copyHistories(options)
      const from = await beginning(options, timeline, keptFrom)
      return new Archiver(options, client, { systemId, timeline, slot }, from)
    } catch (error) {
      await client.end().catch(() => {})
      throw error
    }
  }

  /** Copies everything that is durable now; says how far the archive reaches. */
  async step(): Promise<Reach> {
    const { flushed, timeline, until } = await this.look()
    if (timeline !== this.timeline) throw new Error('the timeline has changed')
    const end = bytesOf(flushed)
    while (this.position < end) await this.copyTo(end, until)
    const reach: Reach = {
      systemId: this.systemId,
      timeline,
      lsn: lsnOf(this.position),
      until: until.toISOString(),
    }
    await writeWhole(backupPlaces(this.options.folder).reach, JSON.stringify(reach))
    this.covered = until
    return reach
  }

  /** Copies until a place in the journal is in the archive. */
  async reach(lsn: string): Promise<void> {
    while (!this.has(lsn)) await this.step()
  }

  /** Whether a place in the journal is in the archive. */
  has(lsn: string): boolean {
    return this.position >= bytesOf(lsn)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.tail?.file.close()
    this.tail = undefined
    await this.client.end().catch(() => {
      // Lost already, and the lock with it.
    })
  }

  private async look() {
    // The time is read first: what was acknowledged before it is durable.
    const { rows } = await this.client.query<{ until: Date; flushed: string; timeline: number }>(
      `select clock_timestamp() as until, pg_current_wal_flush_lsn()::text as flushed,
         ${TIMELINE} as timeline`,
    )
    const [row] = rows
    if (row === undefined) throw new Error('PostgreSQL does not say how far its journal is')
    return row
  }

  /** Copies up to the end of one segment. */
  private async copyTo(end: bigint, until: Date): Promise<void> {
    const segment = segmentAt(this.position)
    const tail = await this.tailFor(segment)
    const whole = startOf(segment + 1)
    const stop = end < whole ? end : whole
    await this.append(tail, Number(stop - startOf(segment)))
    this.position = stop
    // What was acknowledged before this step may be in the segment that follows.
    if (stop === whole) return this.close(tail, end === whole ? until : this.covered)
    await tail.file.datasync()
    await this.note(tail, tail.bytes, tail.hash.copy().digest('hex'), until)
  }

  private async append(tail: Tail, upTo: number): Promise<void> {
    const source = await open(join(this.options.cluster, 'pg_wal', tail.name), 'r')
    try {
      const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, upTo - tail.bytes))
      while (tail.bytes < upTo) {
        const wanted = Math.min(chunk.length, upTo - tail.bytes)
        const { bytesRead } = await source.read(chunk, 0, wanted, tail.bytes)
        if (bytesRead === 0) throw new Error(`${tail.name} is shorter than PostgreSQL says`)
        const part = chunk.subarray(0, bytesRead)
        await tail.file.write(part, 0, bytesRead, tail.bytes)
        tail.hash.update(part)
        tail.bytes += bytesRead
      }
    } finally {
      await source.close()
    }
  }

  /** A whole segment is compressed; only then may PostgreSQL forget it. */
  private async close(tail: Tail, until: Date): Promise<void> {
    const { name, hash, file } = tail
    await file.close()
    this.tail = undefined
    const partial = dataOf(this.options.folder, { name, bytes: 0 })
    const target = dataOf(this.options.folder, { name, bytes: SEGMENT_BYTES })
    const { bytes, sha256 } = await keep(partial, `${target}.new`)
    if (bytes !== SEGMENT_BYTES || sha256 !== hash.digest('hex')) {
      throw new Error(`${name} is not what was written to it`)
    }
    await rename(`${target}.new`, target)
    await this.note(tail, bytes, sha256, until)
    await rm(partial, { force: true })
    await this.client.query('select pg_replication_slot_advance($1, $2::pg_lsn)', [
      this.slot,
      lsnOf(this.position),
    ])
  }

  private async note({ name }: Tail, bytes: number, sha256: string, until: Date): Promise<void> {
    const segment: KeptSegment = { name, bytes, sha256, until: until.toISOString() }
    const { journal } = backupPlaces(this.options.folder)
    await writeWhole(join(journal, `${name}.json`), JSON.stringify(segment))
  }

  /** The segment that is being written; what an earlier archiver wrote of it is read once. */
  private async tailFor(segment: number): Promise<Tail> {
    if (this.tail !== undefined) return this.tail
    const name = nameOf(this.timeline, segment)
    const bytes = Number(this.position - startOf(segment))
    const path = dataOf(this.options.folder, { name, bytes: 0 })
    const file = await open(path, bytes === 0 ? 'w+' : 'r+', 0o600)
    const hash = createHash('sha256')
    if (bytes > 0) {
      await file.truncate(bytes)
      const before = Buffer.alloc(bytes)
      await file.read(before, 0, bytes, 0)
      hash.update(before)
    }
    this.tail = { name, file, hash, bytes }
    return this.tail
  }
}

const TIMELINE = `('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int`

/** Which life of which cluster this is. */
export async function clusterOf(
  client: pg.ClientBase,
): Promise<{ readonly systemId: string; readonly timeline: number }> {
  const { rows } = await client.query<{ id: string; timeline: number; segment: string }>(
    `select system_identifier::text as id, ${TIMELINE} as timeline,
       current_setting('wal_segment_size') as segment from pg_control_system()`,
  )
  const [row] = rows
  if (row?.segment !== '16MB') throw new Error('the journal is in files of another size')
  return { systemId: row.id, timeline: row.timeline }
}

/** Throws when the folder has backups of another cluster: their journals have the same names. */
export async function mustBeOf(systemId: string, folder: string): Promise<void> {
  const reach = await readJson<Reach>(backupPlaces(folder).reach)
  if (reach === undefined || reach.systemId === systemId) return
  throw new CannotStart(
    `${folder} holds the backups of another database; give BACKUP_DIR a folder of its own.`,
  )
}

/** The slot, and from where on the journal is kept by it. One that fell too far behind is made anew. */
async function reserve(
  client: pg.Client,
  isLasting: boolean,
): Promise<{ readonly slot: string; readonly keptFrom: bigint }> {
  const slot = isLasting ? SLOT : `${SLOT}_once`
  if (isLasting) {
    await client.query(
      `select pg_drop_replication_slot(slot_name) from pg_replication_slots
       where slot_name = $1 and wal_status = 'lost'`,
      [slot],
    )
  }
  await client.query(
    `select pg_create_physical_replication_slot($1, true, $2)
     where not exists (select from pg_replication_slots where slot_name = $1)`,
    [slot, !isLasting],
  )
  const { rows } = await client.query<{ kept: string }>(
    'select restart_lsn::text as kept from pg_replication_slots where slot_name = $1',
    [slot],
  )
  return { slot, keptFrom: bytesOf(rows[0]?.kept ?? '0/0') }
}

async function copyHistories({ cluster, folder }: ArchiverOptions): Promise<void> {
  const { journal } = backupPlaces(folder)
  for (const name of await namesIn(join(cluster, 'pg_wal'))) {
    if (!/^[0-9A-F]{8}\.history$/.test(name)) continue
    await copyFile(join(cluster, 'pg_wal', name), join(journal, name))
  }
}

/** Where the archive ends, if PostgreSQL still has what follows; else where it begins anew. */
async function beginning(
  { cluster, folder }: ArchiverOptions,
  timeline: number,
  keptFrom: bigint,
): Promise<{ readonly position: bigint; readonly isBroken: boolean }> {
  const all = await listSegments(folder)
  const anew = { position: startOf(segmentAt(keptFrom)), isBroken: all.length > 0 }
  const last = all.findLast(({ name }) => placeOf(name).timeline === timeline)
  const end =
    last === undefined
      ? await leftBehind(folder, timeline)
      : startOf(placeOf(last.name).segment) + BigInt(last.bytes)
  // What is not kept for us may be another segment by the time it is read.
  if (end === undefined || segmentAt(end) < segmentAt(keptFrom)) return anew
  const next = join(cluster, 'pg_wal', nameOf(timeline, segmentAt(end)))
  return (await isThere(next)) ? { position: end, isBroken: false } : anew
}

/** The beginning of the segment in which a younger timeline left the archived one. */
async function leftBehind(folder: string, timeline: number): Promise<bigint | undefined> {
  const { journal } = backupPlaces(folder)
  const name = `${timeline.toString(16).toUpperCase().padStart(8, '0')}.history`
  if (!(await namesIn(journal)).includes(name)) return undefined
  const file = await open(join(journal, name), 'r')
  try {
    const left = passedBy(timeline, await file.readFile('utf8')).at(-2)?.leftAt
    return left === undefined ? undefined : startOf(segmentAt(left))
  } finally {
    await file.close()
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await (await open(path, 'r')).close()
    return true
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false
    throw error
  }
}
