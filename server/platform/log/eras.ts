import type pg from 'pg'

import { OWNER } from '../db/roles.ts'

/** Taken while the era is judged, so that processes that start together raise it once. */
const LOCK = `hashtext('platform.eras')`

/**
 * Begins a new era when the log has come into another cluster, whose transaction ids start anew:
 * without it new entries, their ids smaller, would lie behind every reader's checkpoint and never
 * be heard. Called after migrating and before any writer opens, because writers remember the era.
 * `admin` is connected as migrations are. Returns the present era.
 *
 * A cluster tells itself from others by its system identifier. Replicas and restores to a point in
 * time keep it, and rightly so: they go on with the ids and the log of the same moment.
 */
export async function raiseEra(admin: pg.Client): Promise<number> {
  await admin.query('begin')
  try {
    await admin.query(`set local role ${OWNER}`)
    await admin.query(`select pg_advisory_xact_lock(${LOCK})`)
    await admin.query(
      `insert into platform.eras (era, system_identifier)
       select latest.era + 1, here.system_identifier
       from pg_control_system() as here,
         (select era, system_identifier from platform.eras order by era desc limit 1) as latest
       where latest.system_identifier <> here.system_identifier`,
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
