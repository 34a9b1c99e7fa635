/** Bugs of backups and of what follows a restore: each is silent until the day it is needed. */

const caughtBy = 'tests/failures/restore.test.ts'

export const RESTORE_BUGS = [
  {
    name: 'the era is not raised after a restore to a moment',
    edits: [
      {
        file: 'server/platform/log/eras.ts',
        right: `(latest.system_identifier, latest.timeline)
         is distinct from (here.system_identifier, here.timeline)`,
        wrong: 'latest.system_identifier is distinct from here.system_identifier',
      },
    ],
    caughtBy,
  },
  {
    name: 'nobody asks the provider after a restore',
    edits: [
      {
        file: 'tools/restore-aftermath.ts',
        right: 'const account = await accountWith(admin, options)',
        wrong: 'const account = { tally: {}, forPeople: [], isAccounted: true }',
      },
    ],
    caughtBy,
  },
  {
    name: 'a segment of the journal that is missing is passed over',
    edits: [
      {
        file: 'server/platform/db/backup-plan.ts',
        right: 'if (segment === undefined) return { run, missing: nameOf(timeline, number) }',
        wrong: 'if (segment === undefined) continue',
      },
    ],
    caughtBy,
  },
  {
    name: 'a base backup does not wait for the journal of its own end',
    edits: [
      {
        file: 'server/platform/db/backup-base.ts',
        right: 'await reach(manifest.stopLsn)',
        wrong: 'void reach',
      },
    ],
    caughtBy: 'server/platform/db/backup.db.test.ts',
  },
]
