import { type Check, within } from './check.ts'
import { TOUCHED_TRANSFERS } from './ledger-checks.ts'
import { TOUCHED_STREAMS } from './since.ts'

const positionsOf = (entries: string): string => `
  select case when count(*) > 1 then format(
      'position %s of the log: expected one entry, found %s', position, count(*))
    when position > (select last_value from platform.log_position) then format(
      'position %s of the log: expected at most the last one given, %s', position,
      (select last_value from platform.log_position)) end as said
  from (${entries}) as entries
  group by position`

export const LOG_CHECKS: readonly Check[] = [
  {
    id: 'I11',
    promise: 'a stream has the versions 1 to n, and says n',
    walk: 'streams',
    sql: `with told as (
        select tenant_id, stream, count(*) as events, min(version) as first, max(version) as last
        from platform.events where ${within('stream')} group by tenant_id, stream),
      known as (select * from platform.streams where ${within('stream')})
      select case when (t.first, t.last, t.events) is distinct from (1, k.version, k.version)
        then format('stream %s, shop %s: expected versions 1 to %s, found %s events from %s to %s',
          stream, tenant_id, coalesce(k.version::text, '(none)'), coalesce(t.events, 0),
          coalesce(t.first::text, '(none)'), coalesce(t.last::text, '(none)')) end as said
      from told t full join known k using (tenant_id, stream)`,
  },
  {
    id: 'I11',
    promise: 'the log shows the events of a stream in their order',
    walk: 'streams',
    sql: `select case when (era, xid, position) <= lag((era, xid, position))
          over (partition by tenant_id, stream order by version)
        then format('event %s of stream %s, shop %s: expected after the one before, found earlier',
          version, stream, tenant_id) end as said
      from platform.events where ${within('stream')}`,
  },
  {
    id: 'I11',
    promise: 'a position of the log is given once, and below the next',
    walk: 'whole',
    sql: positionsOf(`select position from platform.events union all
      select position from platform.transfers`),
    since: positionsOf(`select position from platform.events
        where (tenant_id, stream) in (${TOUCHED_STREAMS})
      union all select position from (${TOUCHED_TRANSFERS}) as t`),
  },
  {
    id: 'I13',
    promise: 'a key is answered once in 48 hours',
    walk: 'whole',
    sql: `select case when count(*) > 1 then format(
        'key %s of %s, shop %s: expected one answer, found %s', key, caller, tenant_id, count(*)) end
        as said
      from platform.keys where at > now() - interval '48 hours'
      group by tenant_id, caller, key`,
  },
  {
    id: 'I13',
    promise: 'no reader of the log is ahead of it',
    walk: 'whole',
    sql: `select case when (s.era, s.xid) > (last.era, pg_snapshot_xmax(pg_current_snapshot()))
        then format('reader %s: expected at most era %s, transaction %s, found %s and %s', s.name,
          last.era, pg_snapshot_xmax(pg_current_snapshot()), s.era, s.xid) end as said
      from platform.subscriptions s, (select max(era) as era from platform.eras) as last`,
  },
]
