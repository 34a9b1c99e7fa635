import type pg from 'pg'

import { inOrder, openPool, run, together } from '../db/connections.ts'
import { statement } from '../db/statement.ts'
import { endOfLog, type EndRow } from '../log/end.ts'
import type { Moved, Reach, TailLook, TailSource, Told } from './tail.ts'

/** Entries of a look; a process that was away for longer forgets everything instead. */
const MOST = 5_000

const begin = statement('tail.begin', 'begin isolation level repeatable read read only')
const commit = statement('tail.commit', 'commit')

const horizon = endOfLog('tail.horizon')

/** From a transaction on, up to where a look may read: as subqueries they bound the index scan. */
const isBehind = `(era, xid, position) >= ($1, $2::xid8, -1::bigint)
  and (era, xid, position) < ($1, (select pg_snapshot_xmin(pg_current_snapshot())), -1::bigint)`

const events = statement<Told>(
  'tail.events',
  `select tenant_id as tenant, type, stream from platform.events
   where ${isBehind} order by era, xid, position limit ${MOST}`,
)

/** Each unit once, however often it moved. */
const moves = statement<Moved & { readonly times: number }>(
  'tail.moves',
  `select tenant_id as tenant, unit, count(*)::int as times from (
     select tenant_id, unit from platform.transfers
     where ${isBehind} order by era, xid, position limit ${MOST}) as moved
   group by tenant_id, unit`,
)

/** Connects as `torg_reader`, with one connection, lazily. */
export function openPostgresTail(
  connection: pg.ClientConfig,
  onError: (error: Error) => void,
): TailSource {
  const pool = openPool({ ...connection, max: 1 }, onError)
  let closing: Promise<void> | undefined
  return {
    async look(after) {
      const client = await pool.connect()
      try {
        const found = await lookWith(client, after)
        client.release()
        return found
      } catch (error) {
        client.release(true)
        throw error
      }
    },
    close: () => (closing ??= pool.end()),
  }
}

async function lookWith(client: pg.PoolClient, after: Reach | undefined): Promise<TailLook> {
  const from = after === undefined ? undefined : [after.era, String(after.xid)]
  const nothing = (): Promise<{ rows: never[] }> => Promise.resolve({ rows: [] })
  const [, at, told, moved] = await inOrder(
    together(
      client,
      () =>
        [
          // One snapshot for all three, or an entry could be behind the horizon and not among them.
          run(client, begin),
          run(client, horizon),
          from === undefined ? nothing() : run(client, events, from),
          from === undefined ? nothing() : run(client, moves, from),
          run(client, commit),
        ] as const,
    ),
  )
  const [{ era, xmin, xmax }] = at.rows as [EndRow]
  const movedUnits: readonly (Moved & { readonly times: number })[] = moved.rows
  const times = movedUnits.reduce((all, each) => all + each.times, 0)
  return {
    readable: { era, xid: BigInt(xmin) },
    nextXid: BigInt(xmax),
    events: told.rows,
    moves: movedUnits,
    isWhole: told.rows.length < MOST && times < MOST,
  }
}
