import type { Blobs, ListedBlobs } from '#platform/blob/blobs'
import type { Job, Platform } from '#platform/context'
import type { Statement } from '#platform/db/statement'
import type { Id, TenantId } from '#platform/ids'
import { accept } from '#platform/outcome'

import { EXPORTS, FILES, idOf } from '../domain/files.ts'
import { importsBefore, unfinishedOf } from '../store/imports.ts'
import { keptFilesOf, runsBefore } from '../store/schedules.ts'
import { importTable, runTable } from '../store/tables.ts'

const DAY_MS = 86_400_000

/** Longer than the longest upload, and than a clock of another machine may differ. */
const FILE_AGE_MS = DAY_MS

/** For so long an import tells what became of it. */
const REPORT_AGE_MS = 30 * DAY_MS

const AT_A_TIME = 200

/** What is no longer told of, and how many go in one commit: an import may have 10,000 faults. */
const REPORTS = [
  { table: importTable, before: importsBefore, atOnce: 5 },
  { table: runTable, before: runsBefore, atOnce: 500 },
]

/** What names of files begin with, and who knows which of them are needed. */
const KEPT = [
  { prefix: FILES, needed: unfinishedOf },
  { prefix: EXPORTS, needed: keptFilesOf },
]

type Parts = Pick<Platform, 'reads' | 'write' | 'clock' | 'ids' | 'log'> & { readonly blobs: Blobs }

/**
 * Removes files that no import is to read any more: of an upload that broke off, of a process that
 * died behind its last commit, and of exports that no run keeps. Drops imports that are over, what was
 * wrong with their rows, and runs of schedules that keep no file, 30 days after they began.
 */
export function sweepImports(
  platform: Omit<Parts, 'blobs'>,
  blobs: Blobs,
  shops: () => Promise<readonly TenantId[]>,
): Job {
  const { clock, log } = platform
  const parts = { ...platform, blobs }
  return {
    name: 'exchange.sweep-imports',
    everySeconds: 6 * 3_600,
    firstAfterSeconds: 60,
    async run() {
      const now = clock.now()
      for (const tenant of await shops()) {
        let [files, reports] = [0, 0]
        for (const each of KEPT) files += await sweepFiles(parts, tenant, now - FILE_AGE_MS, each)
        for (const each of REPORTS) reports += await drop(parts, tenant, now - REPORT_AGE_MS, each)
        if (files + reports > 0) log.info({ tenant, files, reports }, 'old tables were removed')
      }
    },
  }
}

async function sweepFiles(
  { blobs, reads }: Parts,
  tenant: TenantId,
  before: number,
  { prefix, needed }: { readonly prefix: string; readonly needed: Statement<{ readonly id: Id }> },
): Promise<number> {
  let swept = 0
  let place: { readonly after?: string } | undefined = {}
  while (place !== undefined) {
    const page: ListedBlobs = await blobs.list(tenant, prefix, { ...place, limit: AT_A_TIME })
    const old = page.items.filter(({ modifiedAt }) => modifiedAt < before)
    const asked = old.flatMap(({ name }) => idOf(name) ?? [])
    const rows = asked.length === 0 ? [] : await reads.read(tenant, needed, [tenant, asked])
    const isNeeded = new Set(rows.map(({ id }) => id))
    for (const { name } of old) {
      const id = idOf(name)
      if (id === undefined || isNeeded.has(id)) continue
      await blobs.delete(tenant, name)
      swept += 1
    }
    place = page.next === undefined ? undefined : { after: page.next }
  }
  return swept
}

async function drop(
  { reads, write, ids }: Parts,
  tenant: TenantId,
  began: number,
  { table, before, atOnce }: (typeof REPORTS)[number],
): Promise<number> {
  let dropped = 0
  for (;;) {
    const rows = await reads.read(tenant, before, [tenant, began, atOnce])
    if (rows.length === 0) return dropped
    // The faults of an import go with it.
    const gone = rows.map(({ id }) => ({ table, verb: 'delete' as const, row: { id } }))
    await write({
      tenant,
      caller: 'job',
      key: `exchange.sweep-imports/${ids.next()}`,
      isFreshKey: true,
      fingerprint: '',
      streams: {},
      decide: () => accept({ rows: gone, answer: null }),
    })
    dropped += rows.length
  }
}
