import type pg from 'pg'

import { run } from '../db/connections.ts'
import { statement } from '../db/statement.ts'
import type { TenantId } from '../ids.ts'
import type { LedgerEntry } from '../ledger/transfer.ts'
import type { Position } from '../write/commit.ts'
import { isBefore, PAGE, type LogPage } from './source.ts'
import type { Hears, LogEntry } from './subscription.ts'

/**
 * Entries that one look passes over at most, heard or not, so that a subscription that hears a rare
 * event gets through a log of any length without a long statement. To look far costs as much whatever is
 * heard, so whoever hears most of what there is looks no further than a page or two.
 */
const REACHES = { nearest: 1_000, nearer: 5_000, far: 20_000 } as const

/** How far one looks. */
export type Reach = keyof typeof REACHES

const FURTHER = { nearest: 'nearer', nearer: 'far', far: 'far' } as const
const LESS_FAR = { nearest: 'nearest', nearer: 'nearest', far: 'nearer' } as const

/** Further where little was heard, less far where much was. */
export function reachAfter({ entries: { length }, isAtHorizon }: LogPage, reach: Reach): Reach {
  if (isAtHorizon) return 'nearest'
  return length < PAGE / 2 ? FURTHER[reach] : LESS_FAR[reach]
}

interface EntryRow {
  kind: 'event' | 'transfer' | 'end'
  tenant_id: TenantId
  era: number
  xid: string
  position: string
  at: number
  stream: string
  version: number
  type: string
  data: Record<string, unknown>
}

/** As subqueries it bounds the index scan; as a join it would make the planner sort. */
const END = '((select era from ending), (select xid from ending), (select position from ending))'

/**
 * The one way to read the log: by (era, xid, position) and only below the horizon, the oldest
 * transaction that is still open, never `position > last`, which lost 16 % of the events when it
 * was measured (requirement R8). The last row tells how far was looked: to the horizon, or as far as
 * one look reaches. Its version is 1 at the horizon.
 *
 * The limits are literals, because the planner must see how few rows are wanted.
 */
const entriesWithin = (name: string, reach: number) =>
  statement<EntryRow>(
    name,
    `with horizon as materialized (
     select (select max(era) from platform.eras) as era,
       pg_snapshot_xmin(pg_current_snapshot()) as xid, -1::bigint as position
   ), reach as materialized (
     (select era, xid, position from platform.events
      where (era, xid, position) > ($1, $2::xid8, $3::bigint)
      order by era, xid, position offset ${reach} limit 1)
     union all
     (select era, xid, position from platform.transfers
      where $5 and (era, xid, position) > ($1, $2::xid8, $3::bigint)
      order by era, xid, position offset ${reach} limit 1)
     union all
     select era, xid, position from horizon
   ), ending as materialized (
     select * from reach order by era, xid, position limit 1
   ), found as (
     (select 'event' as kind, e.tenant_id, e.era, e.xid, e.position, e.at, e.stream, e.version,
        e.type, e.data
      from platform.events e
      where (e.era, e.xid, e.position) > ($1, $2::xid8, $3::bigint)
        and (e.era, e.xid, e.position) <= ${END}
        and e.type = any($4)
      order by e.era, e.xid, e.position limit ${PAGE})
     union all
     (select 'transfer', t.tenant_id, t.era, t.xid, t.position, t.at, t.from_account, 0, t.verb,
        json_build_object('to', t.to_account, 'unit', t.unit, 'amount', t.amount,
          'hold', t.hold_id)
      from platform.transfers t
      where $5 and (t.era, t.xid, t.position) > ($1, $2::xid8, $3::bigint)
        and (t.era, t.xid, t.position) <= ${END}
      order by t.era, t.xid, t.position limit ${PAGE})
   )
   (select kind, tenant_id, era, xid::text, position::text,
      (extract(epoch from at) * 1000)::float8 as at, stream, version, type, data
    from found order by found.era, found.xid, found.position limit ${PAGE})
   union all
   select 'end', 0, era, xid::text, position::text, 0, '', (position = -1)::int, '', null
   from ending`,
  )

const looks = {
  nearest: entriesWithin('log.entries-nearest', REACHES.nearest),
  nearer: entriesWithin('log.entries-nearer', REACHES.nearer),
  far: entriesWithin('log.entries', REACHES.far),
}

/** Reads on behind a position, as `torg_reader`. */
export async function readLog(
  client: pg.ClientBase,
  after: Position,
  hears: Hears,
  reach: Reach = 'far',
): Promise<LogPage> {
  const { rows } = await run(client, looks[reach], [
    after.era,
    String(after.xid),
    String(after.position),
    hears.events,
    hears.transfers,
  ])
  const found: LogEntry[] = []
  let next = after
  let isAtHorizon = false
  for (const row of rows) {
    if (row.kind !== 'end') found.push(entryOf(row))
    else {
      next = later(after, positionOf(row))
      isAtHorizon = row.version === 1
    }
  }
  const last = found.at(-1)
  if (found.length >= PAGE && last !== undefined) {
    return { entries: found, next: last.position, isAtHorizon: false }
  }
  return { entries: found, next, isAtHorizon }
}

/** The horizon is behind a reader only where the log was restored under its checkpoint. */
function later(one: Position, two: Position): Position {
  return isBefore(one, two) ? two : one
}

function positionOf({ era, xid, position }: EntryRow): Position {
  return { era, xid: BigInt(xid), position: BigInt(position) }
}

function entryOf(row: EntryRow): LogEntry {
  const { tenant_id: tenant, at, stream, version, type, data } = row
  const position = positionOf(row)
  if (row.kind === 'event') {
    return { kind: 'event', tenant, position, at, stream, version, event: { type, ...data } }
  }
  const { to, unit, amount, hold } = data as {
    to: string
    unit: string
    amount: number
    hold: string | null
  }
  const entry: LedgerEntry = {
    verb: type as LedgerEntry['verb'],
    from: { name: stream, unit },
    to: { name: to, unit },
    amount,
    ...(hold === null ? {} : { hold }),
  }
  return { kind: 'transfer', tenant, position, at, entry }
}
