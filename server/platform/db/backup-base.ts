/** A base backup: all files of a running cluster, copied while it writes. */
import { hash } from 'node:crypto'
import type { Dirent } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

import pg from 'pg'

import type { Secrets } from '../auth/secrets.ts'
import { CannotStart, errorCode } from '../cannot-start.ts'
import {
  backupPlaces,
  keep,
  type KeptFile,
  makeBackupFolder,
  type Manifest,
  namesIn,
  writeWhole,
} from './backup-folder.ts'
import { clusterOf, mustBeOf } from './backup-journal.ts'
import { MAJOR } from './postgres-cluster.ts'

/** Taken by whoever makes a base backup. */
const LOCK = `hashtext('torg.backup.base')`

/** Files that are copied at once: most of the time goes into waiting for the disk. */
const AT_ONCE = 16

/** Folders whose files PostgreSQL makes anew when it starts; the journal is archived by itself. */
const EMPTY = new Set([
  'pg_dynshmem',
  'pg_notify',
  'pg_replslot',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
  'pg_wal',
])

/** Of the server that is running, of an earlier backup, or made anew when they are missing. */
const LEFT_OUT =
  /^(postmaster\.(pid|opts)|backup_(label|manifest)(\.old)?|tablespace_map(\.old)?|(recovery|standby)\.signal|pgsql_tmp.*|pg_internal\.init.*|current_logfiles)$/

/** Copied after everything else, as PostgreSQL's own tools do: it says where its journal begins. */
const LAST = 'global/pg_control'

export interface CopyOptions {
  /** Of the superuser. */
  readonly url: string
  readonly cluster: string
  /** Of the backups. */
  readonly folder: string
  /** Of the shop, so that a restore can tell whether it was given the right one. */
  readonly secrets?: Secrets | undefined
  readonly onProgress?: (words: string) => void
  /** Resolves when the archive has the journal up to here. */
  readonly reach: (lsn: string) => Promise<void>
}

/** Tells a secret from others without telling it. */
export function secretCheckOf(secrets: Secrets): string {
  return hash('sha256', secrets.derive('backup-check').current, 'hex')
}

/**
 * Copies every file between `pg_backup_start` and `pg_backup_stop`, with its checksum, and is over when the
 * archive has the journal that makes the copies fit together. A backup that was cut short leaves a
 * folder without a manifest, which is none.
 */
export async function takeBase(options: CopyOptions): Promise<Manifest> {
  const { url, folder, reach } = options
  await makeBackupFolder(folder)
  const client = new pg.Client({ connectionString: url, application_name: 'torg base backup' })
  // What is asked next rejects, and says so.
  client.on('error', () => {})
  await client.connect()
  try {
    const { rows: locks } = await client.query<{ taken: boolean }>(
      `select pg_try_advisory_lock(${LOCK}) as taken`,
    )
    if (locks[0]?.taken !== true) {
      throw new CannotStart('Another base backup is being made; wait until it is over.')
    }
    const cluster = await clusterOf(client)
    await mustBeOf(cluster.systemId, folder)
    const manifest = await copyCluster(client, cluster, options)
    await reach(manifest.stopLsn)
    const { bases } = backupPlaces(folder)
    const draft = join(bases, `${manifest.id}.new`)
    await writeWhole(join(draft, 'manifest.json'), JSON.stringify(manifest))
    await rename(draft, join(bases, manifest.id))
    return manifest
  } finally {
    await client.end().catch(() => {
      // Lost already; PostgreSQL has ended the backup with the connection.
    })
  }
}

async function copyCluster(
  client: pg.Client,
  { systemId, timeline }: { readonly systemId: string; readonly timeline: number },
  { cluster, folder, secrets, onProgress = () => {} }: CopyOptions,
): Promise<Manifest> {
  const { rows: begun } = await client.query<{ lsn: string; at: Date }>(
    `select pg_backup_start('torg', true)::text as lsn, clock_timestamp() as at`,
  )
  const [start] = begun
  if (start === undefined) throw new Error('PostgreSQL did not begin a backup')
  const id = start.at.toISOString().replaceAll(/[:.]/g, '-')
  const { bases } = backupPlaces(folder)
  for (const name of await namesIn(bases)) {
    // Of a run that was killed: nobody but us makes one now.
    if (name.endsWith('.new')) await rm(join(bases, name), { recursive: true, force: true })
  }
  const draft = join(bases, `${id}.new`)
  await mkdir(draft, { mode: 0o700 })
  try {
    const { folders, files } = await walk(cluster)
    for (const each of ['', ...folders.toSorted()]) {
      await mkdir(join(draft, 'files', each), { recursive: true, mode: 0o700 })
    }
    const kept = await copyFiles(cluster, join(draft, 'files'), files, onProgress)
    const { rows: ended } = await client.query<{ lsn: string; label: string; at: Date }>(
      `select lsn::text, labelfile as label, clock_timestamp() as at
       from pg_backup_stop(wait_for_archive => false)`,
    )
    const [stop] = ended
    if (stop === undefined) throw new Error('PostgreSQL did not end the backup')
    kept.push(await keepLabel(draft, stop.label))
    return {
      format: 1,
      id,
      postgres: MAJOR,
      systemId,
      timeline,
      startLsn: start.lsn,
      stopLsn: stop.lsn,
      startedAt: start.at.toISOString(),
      endedAt: stop.at.toISOString(),
      secretCheck: secrets === undefined ? null : secretCheckOf(secrets),
      folders,
      files: kept,
    }
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    throw error
  }
}

/** Without its label PostgreSQL would begin at the wrong place of the journal, and not notice. */
async function keepLabel(draft: string, label: string): Promise<KeptFile> {
  const text = join(draft, 'backup_label')
  await writeWhole(text, label)
  const path = 'backup_label'
  const figures = await keep(text, join(draft, 'files', `${path}.zst`))
  await rm(text)
  return { path, ...figures }
}

async function walk(cluster: string): Promise<{ folders: string[]; files: string[] }> {
  const found: { folders: string[]; files: string[] } = { folders: [], files: [] }
  const visit = async (folder: string): Promise<void> => {
    for (const entry of await entriesOf(join(cluster, folder))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (LEFT_OUT.test(entry.name)) continue
      if (entry.isDirectory()) {
        found.folders.push(path)
        if (!EMPTY.has(path)) await visit(path)
      } else if (entry.isFile()) found.files.push(path)
      else throw new CannotStart(`${path} is no file; tables in other places are not backed up.`)
    }
  }
  await visit('')
  return found
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true })
  } catch (error) {
    // A database that was dropped meanwhile; the journal drops it too.
    if (errorCode(error) === 'ENOENT') return []
    throw error
  }
}

async function copyFiles(
  cluster: string,
  target: string,
  files: readonly string[],
  onProgress: (words: string) => void,
): Promise<KeptFile[]> {
  const kept: KeptFile[] = []
  const order = files.filter((path) => path !== LAST)
  let [next, bytes, told] = [0, 0, performance.now()]
  const worker = async (): Promise<void> => {
    for (let path = order[next++]; path !== undefined; path = order[next++]) {
      const file = await copyOne(cluster, target, path)
      if (file === undefined) continue
      kept.push(file)
      bytes += file.bytes
      if (performance.now() - told < 1000) continue
      told = performance.now()
      onProgress(`${kept.length} of ${order.length} files, ${Math.round(bytes / 1e6)} MB`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  const last = await copyOne(cluster, target, LAST)
  if (last === undefined) throw new Error(`${LAST} is gone`)
  return [...kept, last]
}

async function copyOne(
  cluster: string,
  target: string,
  path: string,
): Promise<KeptFile | undefined> {
  try {
    return { path, ...(await keep(join(cluster, path), join(target, `${path}.zst`))) }
  } catch (error) {
    // A table that was dropped meanwhile; the journal drops it too.
    const isGone = await stat(join(cluster, path)).then(
      () => false,
      (reason: unknown) => errorCode(reason) === 'ENOENT',
    )
    if (isGone && errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}
