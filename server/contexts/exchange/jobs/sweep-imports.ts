import type { Blobs } from '#platform/blob/blobs'
import type { Job, Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'
import { accept } from '#platform/outcome'

import { FILES, importOf } from '../domain/files.ts'
import { importsBefore, unfinishedOf } from '../store/imports.ts'
import { importTable } from '../store/tables.ts'

const DAY_MS = 86_400_000

/** Longer than the longest upload, and than a clock of another machine may differ. */
const FILE_AGE_MS = DAY_MS

/** For so long an import tells what became of it. */
const REPORT_AGE_MS = 30 * DAY_MS

const AT_A_TIME = 200

/** Imports that go in one commit: each may have 10,000 faults. */
const DROPPED_AT_ONCE = 5

/**
 * Removes files that no import is to read any more: of an upload that broke off, of a process that
 * died behind its last commit. Drops imports that are over, and what was wrong with their rows,
 * 30 days after they began.
 */
export function sweepImports(
  { reads, write, clock, ids, log }: Pick<Platform, 'reads' | 'write' | 'clock' | 'ids' | 'log'>,
  blobs: Blobs,
  shops: () => Promise<readonly TenantId[]>,
): Job {
  async function sweepFiles(tenant: TenantId, before: number): Promise<number> {
    let swept = 0
    for (let after: string | undefined = ''; after !== undefined;) {
      const page = await blobs.list(tenant, FILES, { after, limit: AT_A_TIME })
      const old = page.filter(({ modifiedAt }) => modifiedAt < before)
      const asked = old.flatMap(({ name }) => importOf(name) ?? [])
      const rows = asked.length === 0 ? [] : await reads.read(tenant, unfinishedOf, [tenant, asked])
      const unfinished = new Set(rows.map(({ id }) => id))
      for (const { name } of old) {
        const id = importOf(name)
        if (id === undefined || unfinished.has(id)) continue
        await blobs.delete(tenant, name)
        swept += 1
      }
      after = page.length < AT_A_TIME ? undefined : page.at(-1)?.name
    }
    return swept
  }

  async function drop(tenant: TenantId, before: number): Promise<number> {
    let dropped = 0
    for (;;) {
      const rows = await reads.read(tenant, importsBefore, [tenant, before, DROPPED_AT_ONCE])
      if (rows.length === 0) return dropped
      // Their faults go with them.
      const gone = rows.map(({ id }) => ({
        table: importTable,
        verb: 'delete' as const,
        row: { id },
      }))
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

  return {
    name: 'exchange.sweep-imports',
    everySeconds: 6 * 3_600,
    async run() {
      const now = clock.now()
      for (const tenant of await shops()) {
        const files = await sweepFiles(tenant, now - FILE_AGE_MS)
        const imports = await drop(tenant, now - REPORT_AGE_MS)
        if (files + imports > 0) log.info({ tenant, files, imports }, 'old imports were removed')
      }
    },
  }
}
