/** How old the backups of a shop are, for whoever watches them. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'

import { Gauge, type Registry } from 'prom-client'

import { backupPlaces, namesIn, type Reach, readJson, type TestedRestore } from './backup-folder.ts'

/** What an operator watches: how old the newest backup is, the archive, and the proof that it works. */
export interface BackupAges {
  /** Seconds since the newest base backup was over; absent when there is none. */
  readonly base?: number
  /** Seconds since the archive had everything. */
  readonly journal?: number
  /** Seconds since a restore was last made and found in order. */
  readonly restore?: number
}

export async function backupAges(folder: string, now: number): Promise<BackupAges> {
  const { bases, reach, restored } = backupPlaces(folder)
  const names = (await namesIn(bases)).filter((name) => !name.endsWith('.new')).toSorted()
  const newest = names.at(-1)
  const manifest =
    newest === undefined
      ? undefined
      : await stat(join(bases, newest, 'manifest.json')).catch(() => undefined)
  const archived = await readJson<Reach>(reach)
  const tested = await readJson<TestedRestore>(restored)
  const since = (at: number): number => Math.max(0, (now - at) / 1000)
  return {
    ...(manifest === undefined ? {} : { base: since(manifest.mtimeMs) }),
    ...(archived === undefined ? {} : { journal: since(Date.parse(archived.until)) }),
    ...(tested === undefined ? {} : { restore: since(Date.parse(tested.at)) }),
  }
}

/** What is not there yet is not reported: an alarm on its absence tells more than a great number. */
export function measureBackups(registry: Registry, folder: string): void {
  const gauges: readonly [keyof BackupAges, string, string][] = [
    ['base', 'torg_backup_age_seconds', 'Since the newest base backup.'],
    ['journal', 'torg_backup_journal_age_seconds', 'Since everything was in the archive.'],
    ['restore', 'torg_restore_test_age_seconds', 'Since a restore was made and found in order.'],
  ]
  for (const [which, name, help] of gauges) {
    const made: Gauge = new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        const age = (await backupAges(folder, Date.now()))[which]
        if (age === undefined) made.remove()
        else made.set(age)
      },
    })
  }
}
