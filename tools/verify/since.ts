/**
 * What the log has touched since an instant: streams with new events and accounts with new transfers.
 * Checks that are narrowed to these look at the whole history of each, and at nothing else.
 */
import type pg from 'pg'

/** Entries of the log that one step back looks at. */
const PAGE = 10_000

/**
 * The log is ordered by transaction, not by time. No transaction of a writer lives longer than its
 * time-out of seconds, so behind a page that is older than this nothing newer follows.
 */
const SLACK_MS = 10 * 60_000

/** SQL of the names of what was touched, with the shop of each. */
export const TOUCHED_STREAMS = 'select tenant_id, stream from pg_temp.touched_streams'
export const TOUCHED_ACCOUNTS = 'select tenant_id, unit, name from pg_temp.touched_accounts'

/** Makes the tables; before the snapshot, which may write into them and may not make them. */
export async function makeTouched(client: pg.ClientBase): Promise<void> {
  await client.query(`create temp table touched_streams
    (tenant_id integer, stream text collate "C", primary key (tenant_id, stream))`)
  await client.query(`create temp table touched_accounts
    (tenant_id integer, unit text collate "C", name text collate "C",
     primary key (tenant_id, unit, name))`)
}

export async function forgetTouched(client: pg.ClientBase): Promise<void> {
  await client.query('drop table if exists pg_temp.touched_streams, pg_temp.touched_accounts')
}

/** Walks the log back to the instant; costs as much as it has entries since then. */
export async function findTouched(client: pg.ClientBase, since: Date): Promise<void> {
  await walkBack(client, since, 'platform.events', (page) => [
    `insert into pg_temp.touched_streams select distinct tenant_id, stream from ${page}
     on conflict do nothing`,
  ])
  await walkBack(client, since, 'platform.transfers', (page) => [
    `insert into pg_temp.touched_accounts
     select tenant_id, unit, name from (
       select tenant_id, unit, from_account as name from ${page}
       union select tenant_id, unit, to_account from ${page}) as sides
     where name not like 'world/%' on conflict do nothing`,
  ])
  await client.query('analyze pg_temp.touched_streams, pg_temp.touched_accounts')
}

interface End {
  readonly era: number
  readonly xid: string
  readonly position: string
  /** Of the newest entry of the page. */
  readonly newest: Date
}

async function walkBack(
  client: pg.ClientBase,
  since: Date,
  table: string,
  insertsOf: (page: string) => readonly string[],
): Promise<void> {
  const columns =
    table === 'platform.events' ? 'tenant_id, stream' : 'tenant_id, unit, from_account, to_account'
  const oldest = new Date(since.getTime() - SLACK_MS)
  let before: readonly unknown[] = [2_147_483_647, '18446744073709551615', '9223372036854775807']
  for (;;) {
    const page = `(select era, xid, position, at, ${columns} from ${table}
      where (era, xid, position) < ($1::int, $2::text::xid8, $3::bigint)
      order by era desc, xid desc, position desc limit ${PAGE}) as page`
    const newer = `(select * from ${page} where at >= '${oldest.toISOString()}') as newer`
    for (const each of insertsOf(newer)) await client.query(each, [...before])
    const { rows } = await client.query<End>(
      `select era, xid::text, position::text, max(at) over () as newest from ${page}
       order by page.era, page.xid, page.position limit 1`,
      [...before],
    )
    const [end] = rows
    if (end === undefined || end.newest < oldest) return
    before = [end.era, end.xid, end.position]
  }
}

/** `24h`, `7d`, `30m`, or an instant as ISO 8601 writes it; undefined when it is neither. */
export function sinceOf(text: string, now: Date): Date | undefined {
  const [, count, unit] = /^(\d{1,6})([mhd])$/.exec(text) ?? []
  if (count !== undefined) {
    const ms = { m: 60_000, h: 3_600_000, d: 86_400_000 }[unit as 'm' | 'h' | 'd']
    return new Date(now.getTime() - Number(count) * ms)
  }
  const instant = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(text)
    ? new Date(text)
    : undefined
  return instant === undefined || Number.isNaN(instant.getTime()) ? undefined : instant
}
