import type pg from 'pg'

import { run } from '../db/connections.ts'
import { statement } from '../db/statement.ts'
import type { TenantId } from '../ids.ts'
import { LAPSED_AT_ONCE, type FindLapsed } from './sweep.ts'

/** The clock is asked once, as a subquery: a function that may change from row to row looks nothing up. */
const lapsed = statement<{ tenant: TenantId; ids: string[] }>(
  'ledger.lapsed',
  `select tenant_id as tenant, array_agg(id) as ids from (
     select tenant_id, id from platform.holds
     where until <= (select clock_timestamp()) order by until limit ${LAPSED_AT_ONCE}) as oldest
   group by tenant_id`,
)

/** `pool` connects as `torg_reader`. */
export function lapsedHolds(pool: pg.Pool): FindLapsed {
  return async () => {
    const client = await pool.connect()
    const { rows } = await run(client, lapsed).finally(() => client.release())
    return rows
  }
}
