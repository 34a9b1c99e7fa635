import type pg from 'pg'

import { OWNER } from '../db/roles.ts'

/** Taken while the era is judged, so that processes that start together raise it once. */
const LOCK = `hashtext('platform.eras')`

/** Which life of which cluster the database is in: replicas and restores begin another timeline. */
const HERE = `select system_identifier,
    ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int as timeline
  from pg_control_system()`

const LATEST = `select era, system_identifier, timeline from platform.eras order by era desc limit 1`

/**
 * Begins a new era when the log goes on in another life than it was written in (decision 0017): in
 * another cluster, whose transaction ids start anew, so that new entries would lie behind every
 * reader's checkpoint and never be heard; or on another timeline, after a restore to a moment or a
 * failover, where ids and positions of entries that are gone are given out again, and whoever had
 * heard those would take the new ones for heard. Called after migrating and before any writer opens,
 * because writers remember the era. `admin` is connected as migrations are. Returns the present era.
 *
 * `isRestored` says that the database was brought back by means that leave no trace in it: a copy of
 * its disk. An era is never less than its timeline, so two restores to one moment do not share one.
 */
export async function raiseEra(
  admin: pg.Client,
  { isRestored = false }: { readonly isRestored?: boolean } = {},
): Promise<number> {
  await admin.query('begin')
  try {
    await admin.query(`set local role ${OWNER}`)
    await admin.query(`select pg_advisory_xact_lock(${LOCK})`)
    await admin.query(
      `insert into platform.eras (era, system_identifier, timeline)
       select greatest(latest.era + 1, here.timeline), here.system_identifier, here.timeline
       from (${HERE}) as here, (${LATEST}) as latest
       where $1 or (latest.system_identifier, latest.timeline)
         is distinct from (here.system_identifier, here.timeline)`,
      [isRestored],
    )
    const { rows } = await admin.query<{ era: number }>('select max(era) as era from platform.eras')
    await admin.query('commit')
    return rows[0]?.era ?? 1
  } catch (error) {
    await admin.query('rollback').catch(() => {
      // The connection is lost, and the transaction with it; the first error tells why.
    })
    throw error
  }
}
