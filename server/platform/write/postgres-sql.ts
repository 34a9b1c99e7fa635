import assert from 'node:assert/strict'

import { statement, tenantOf } from '../db/statement.ts'
import type { TenantId } from '../ids.ts'
import { LOAD_LIMIT } from './store.ts'

export interface AccountRow {
  tenant_id: TenantId
  unit: string
  name: string
  posted: number
  held: number
}

export interface HoldRow {
  tenant_id: TenantId
  id: string
  unit: string
  account: string
  amount: number
  since: number
  until: number
}

/** Milliseconds since 1970 of a timestamptz, as a double. */
const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`

/**
 * A list of texts as one parameter, joined by the record separator: an array would be escaped here
 * and parsed there, which cost a tenth of the writer's time. JSON never has the separator bare.
 */
export function texts(values: readonly string[]): string {
  for (const value of values) assert(!value.includes(SEPARATOR), 'a text with a record separator')
  return values.join(SEPARATOR)
}

/** A list of numbers as one parameter, spelled as PostgreSQL spells an array of them. */
export function numbers(values: readonly number[]): string {
  return `{${values.join(',')}}`
}

const NOW = `floor(${ms('clock_timestamp()')})::float8`
/** Whose place in the log callers are told. */
const XID = 'pg_current_xact_id()::text as xid'

export const SEPARATOR = '\x1e'

/**
 * What `texts` joined, as an array again, or what `marks` join: nothing is one empty text; `''` is null where `orNull`
 * says so.
 */
export const list = (parameter: string, marks = "E'\\x1e'"): string =>
  `coalesce(nullif(string_to_array(${parameter}, ${marks}), '{}'), '{""}')`
const listOrNull = (parameter: string): string =>
  `coalesce(nullif(string_to_array(${parameter}, E'\\x1e', ''), '{}'), '{null}')`

/** The writer's statements. `unnest` of several arrays is one row per member. */
export const sql = {
  begin: statement('write.begin', 'begin'),
  commit: statement('write.commit', 'commit'),
  rollback: statement('write.rollback', 'rollback'),
  savepoint: statement('write.savepoint', 'savepoint one_row'),
  savepointOfMember: statement('write.savepoint-of-member', 'savepoint one_member'),
  rollbackToMember: statement('write.rollback-to-member', 'rollback to savepoint one_member'),
  rollbackToSavepoint: statement('write.rollback-to', 'rollback to savepoint one_row'),
  clock: statement<{ now: number; xid: string }>('write.clock', `select ${NOW} as now, ${XID}`),

  load: statement<{
    tenant_id: TenantId
    stream: string
    version: number
    /** Null for a snapshot. */
    type: string | null
    data: unknown
    at: number
  }>(
    'write.load',
    `select wanted.tenant_id, wanted.stream, found.version, found.type, found.data,
       ${ms('found.at')} as at
     from unnest($1::int[], ${list('$2')}, ${list('$3')}, $4::int[])
       as wanted (tenant_id, stream, fold, after)
     left join lateral (
       select version, state, at from platform.snapshots
       where tenant_id = wanted.tenant_id and stream = wanted.stream
         and version > wanted.after and fold = wanted.fold
       order by version desc limit 1) as kept on true
     cross join lateral (
       select kept.version, null as type, kept.state as data, kept.at where kept.version is not null
       union all
       (select version, type, data, at from platform.events
        where tenant_id = wanted.tenant_id and stream = wanted.stream
          and version > greatest(wanted.after, kept.version)
        order by version limit ${LOAD_LIMIT})) as found
     order by wanted.tenant_id, wanted.stream, found.version`,
  ),
  saveSnapshots: statement(
    'write.save-snapshots',
    `insert into platform.snapshots as s (tenant_id, stream, version, fold, state, at)
     select tenant_id, stream, version, fold, state::json, to_timestamp(at / 1000.0)
     from unnest($1::int[], ${list('$2')}, $3::int[], ${list('$4')}, ${list('$5')}, $6::float8[])
       as n (tenant_id, stream, version, fold, state, at)
     order by tenant_id, stream
     on conflict (tenant_id, stream, version) do update
       set fold = excluded.fold, state = excluded.state, at = excluded.at
       where s.fold <> excluded.fold`,
  ),

  lockKeys: statement(
    'write.lock-keys',
    `select pg_advisory_xact_lock(hash) from (
       select hashtextextended(caller || ' ' || key, tenant_id) as hash
       from unnest($1::int[], ${list('$2')}, ${list('$3')}) as wanted (tenant_id, caller, key)
       order by hash) as ordered`,
  ),
  readAnswers: statement<{
    tenant_id: TenantId
    caller: string
    key: string
    fingerprint: string
    answer: unknown
  }>(
    'write.read-answers',
    `select k.tenant_id, k.caller, k.key, k.fingerprint, k.answer
     from unnest($1::int[], ${list('$2')}, ${list('$3')}) as wanted (tenant_id, caller, key)
     join platform.keys k
       on ${tenantOf('k', 'wanted')} and k.caller = wanted.caller and k.key = wanted.key
     where k.at > clock_timestamp() - interval '48 hours'`,
  ),
  lockStreams: statement<{ tenant_id: TenantId; stream: string; version: number }>(
    'write.lock-streams',
    `select s.tenant_id, s.stream, s.version
     from platform.streams s join unnest($1::int[], ${list('$2')}) as wanted (tenant_id, stream)
       on ${tenantOf('s', 'wanted')} and s.stream = wanted.stream
     order by wanted.tenant_id, wanted.stream for update of s`,
  ),
  lockAccounts: statement<AccountRow>(
    'write.lock-accounts',
    `select a.tenant_id, a.unit, a.name, a.posted, a.held
     from platform.accounts a
     join unnest($1::int[], ${list('$2')}, ${list('$3')}) as wanted (tenant_id, unit, name)
       on ${tenantOf('a', 'wanted')} and a.unit = wanted.unit and a.name = wanted.name
     order by wanted.tenant_id, wanted.unit, wanted.name for update of a`,
  ),
  lockAccountsAndThoseOfHolds: statement<AccountRow>(
    'write.lock-accounts-and-of-holds',
    `select a.tenant_id, a.unit, a.name, a.posted, a.held
     from platform.accounts a join (
       select * from unnest($1::int[], ${list('$2')}, ${list('$3')}) as named (tenant_id, unit, name)
       union
       select h.tenant_id, h.unit, h.account
       from unnest($4::int[], ${list('$5')}) as held (tenant_id, id) cross join lateral (
         select * from platform.holds where tenant_id = held.tenant_id and id = held.id offset 0) as h
     ) as wanted on ${tenantOf('a', 'wanted')} and a.unit = wanted.unit and a.name = wanted.name
     order by wanted.tenant_id, wanted.unit, wanted.name for update of a`,
  ),
  /** The clock as well, so at least one row: one without an id where there is no hold. */
  readHolds: statement<{ now: number; xid: string } & (HoldRow | { id: null })>(
    'write.read-holds',
    `select clock.now, clock.xid, h.tenant_id, h.id, h.unit, h.account, h.amount, ${ms('h.since')} as since,
       ${ms('h.until')} as until
     from (select ${NOW} as now, ${XID}) as clock
     left join (unnest($1::int[], ${list('$2')}) as wanted (tenant_id, id)
       join platform.holds h on ${tenantOf('h', 'wanted')} and h.id = wanted.id) on true`,
  ),
  lapsed: statement<HoldRow>(
    'write.lapsed',
    `select h.tenant_id, h.id, h.unit, h.account, h.amount, ${ms('h.since')} as since,
       ${ms('h.until')} as until
     from unnest($1::int[], ${list('$2')}, ${list('$3')}, $4::int[])
       as short (tenant_id, unit, account, wanted)
     cross join lateral (
       select * from platform.holds
       where tenant_id = short.tenant_id and unit = short.unit and account = short.account
         and until <= to_timestamp($5 / 1000.0::float8)
       order by until limit short.wanted) as h
     order by h.until`,
  ),

  insertEvents: statement(
    'write.insert-events',
    `insert into platform.events (tenant_id, stream, version, type, data, cause, era, at)
     select tenant_id, stream, version, type, data::json, cause, $7,
       to_timestamp($8 / 1000.0::float8)
     from unnest($1::int[], ${list('$2')}, $3::int[], ${list('$4')}, ${list('$5')}, ${list('$6')})
       as e (tenant_id, stream, version, type, data, cause)`,
  ),
  insertTransfers: statement(
    'write.insert-transfers',
    `insert into platform.transfers
       (tenant_id, verb, unit, from_account, to_account, amount, hold_id, cause, era, at)
     select t.*, $9, to_timestamp($10 / 1000.0::float8)
     from unnest($1::int[], ${list('$2')}, ${list('$3')}, ${list('$4')}, ${list('$5')},
       $6::bigint[], ${listOrNull('$7')}, ${list('$8')}) as t`,
  ),
  insertStreams: statement(
    'write.insert-streams',
    `insert into platform.streams (tenant_id, stream, version)
     select * from unnest($1::int[], ${list('$2')}, $3::int[]) as s (tenant_id, stream, version)
     order by tenant_id, stream`,
  ),
  updateStreams: statement(
    'write.update-streams',
    `update platform.streams s set version = n.version
     from unnest($1::int[], ${list('$2')}, $3::int[]) as n (tenant_id, stream, version)
     where ${tenantOf('s', 'n')} and s.stream = n.stream`,
  ),
  insertAccounts: statement(
    'write.insert-accounts',
    `insert into platform.accounts (tenant_id, unit, name, posted, held)
     select * from unnest($1::int[], ${list('$2')}, ${list('$3')}, $4::bigint[], $5::bigint[])
       as a (tenant_id, unit, name, posted, held)
     order by tenant_id, unit, name`,
  ),
  updateAccounts: statement(
    'write.update-accounts',
    `update platform.accounts a set posted = n.posted, held = n.held
     from unnest($1::int[], ${list('$2')}, ${list('$3')}, $4::bigint[], $5::bigint[])
       as n (tenant_id, unit, name, posted, held)
     where ${tenantOf('a', 'n')} and a.unit = n.unit and a.name = n.name`,
  ),
  deleteHolds: statement(
    'write.delete-holds',
    `delete from platform.holds h using unnest($1::int[], ${list('$2')}) as gone (tenant_id, id)
     where ${tenantOf('h', 'gone')} and h.id = gone.id`,
  ),
  insertHolds: statement(
    'write.insert-holds',
    `insert into platform.holds (tenant_id, id, unit, account, amount, until, since)
     select tenant_id, id, unit, account, amount, to_timestamp(until / 1000.0),
       to_timestamp(since / 1000.0)
     from unnest($1::int[], ${list('$2')}, ${list('$3')}, ${list('$4')}, $5::bigint[], $6::float8[],
       $7::float8[]) as h (tenant_id, id, unit, account, amount, until, since)`,
  ),
  updateHolds: statement(
    'write.update-holds',
    `update platform.holds h
     set unit = n.unit, account = n.account, amount = n.amount,
       until = to_timestamp(n.until / 1000.0), since = to_timestamp(n.since / 1000.0)
     from unnest($1::int[], ${list('$2')}, ${list('$3')}, ${list('$4')}, $5::bigint[], $6::float8[],
       $7::float8[]) as n (tenant_id, id, unit, account, amount, until, since)
     where ${tenantOf('h', 'n')} and h.id = n.id`,
  ),
  /**
   * Fails where the key has an answer that is remembered: a try of this very commit whose connection
   * was lost may have been committed since its key was looked at.
   */
  insertAnswers: statement(
    'write.insert-answers',
    `insert into platform.keys as k (tenant_id, caller, key, fingerprint, answer, slot, at)
     select tenant_id, caller, key, fingerprint, answer::json, $6,
       to_timestamp($7 / 1000.0::float8)
     from unnest($1::int[], ${list('$2')}, ${list('$3')}, ${list('$4')}, ${list('$5')})
       as a (tenant_id, caller, key, fingerprint, answer)
     on conflict (tenant_id, caller, key, slot) do update
       set fingerprint =
         case when k.at < excluded.at - interval '48 hours' then excluded.fingerprint end,
         answer = excluded.answer, at = excluded.at`,
  ),
  setTimers: statement(
    'write.set-timers',
    `insert into platform.timers (tenant_id, id, kind, due_at, set_for, data)
     select tenant_id, id, kind, to_timestamp(due / 1000.0), to_timestamp(due / 1000.0), data::jsonb
     from unnest($1::int[], ${list('$2')}, ${list('$3')}, $4::float8[], ${list('$5')})
       as t (tenant_id, id, kind, due, data)
     on conflict (tenant_id, id) do update
       set kind = excluded.kind, due_at = excluded.due_at, set_for = excluded.set_for,
         data = excluded.data, attempts = 0, last_error = null`,
  ),
  clearTimers: statement(
    'write.clear-timers',
    `delete from platform.timers t using unnest($1::int[], ${list('$2')}) as gone (tenant_id, id)
     where ${tenantOf('t', 'gone')} and t.id = gone.id`,
  ),
} as const
