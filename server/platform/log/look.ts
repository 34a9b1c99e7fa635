import type pg from 'pg'

import { run } from '../db/connections.ts'
import { statement } from '../db/statement.ts'
import type { Position } from '../write/commit.ts'
import type { Look } from './source.ts'

/** Entries that one look passes at most, of each kind; behind more of them there may be anything. */
const MOST = 5_000

interface LookRow {
  readonly era: number
  readonly xmin: string
  readonly xmax: string
  readonly types: readonly string[]
  readonly events: number
  readonly transfers: number
}

const passed = `(era, xid, position) > ($1, $2::xid8, $3::bigint)
  and (era, xid, position) <
    ((select era from horizon), (select xid from horizon), (select position from horizon))`

/** In one statement, so of one snapshot: nothing appears below a horizon later. */
const look = statement<LookRow>(
  'log.look',
  `with horizon as materialized (
     select (select max(era) from platform.eras) as era,
       pg_snapshot_xmin(pg_current_snapshot()) as xid, -1::bigint as position
   ), events as materialized (
     select type, count(*)::int as count from (
       select type from platform.events where ${passed}
       order by era, xid, position limit ${MOST}) as passed
     group by type
   ), transfers as (
     select count(*)::int as count from (
       select from platform.transfers where ${passed}
       order by era, xid, position limit ${MOST}) as passed
   )
   select h.era, h.xid::text as xmin, pg_snapshot_xmax(pg_current_snapshot())::text as xmax,
     array(select type from events) as types,
     coalesce((select sum(count) from events), 0)::int as events,
     (select count from transfers) as transfers
   from horizon h`,
)

/** Looks on from a position, as `torg_reader`. */
export async function lookFrom(client: pg.ClientBase, after?: Position): Promise<Look> {
  const from =
    after === undefined
      ? [null, null, null]
      : [after.era, String(after.xid), String(after.position)]
  const { rows } = await run(client, look, from)
  const [{ era, xmin, xmax, types, events, transfers }] = rows as [LookRow]
  return {
    readable: { era, xid: BigInt(xmin), position: -1n },
    nextXid: BigInt(xmax),
    events: types,
    transfers: transfers > 0,
    isWhole: events < MOST && transfers < MOST,
  }
}
