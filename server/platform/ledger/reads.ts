import type { Instant } from '../clock.ts'
import type { Reads } from '../db/reads.ts'
import { statement } from '../db/statement.ts'
import type { TenantId } from '../ids.ts'
import type { HoldId, LedgerEntry, OpenHold } from './transfer.ts'

/** What an account has, as read outside any commit. */
export interface SeenBalance {
  readonly unit: string
  readonly name: string
  readonly posted: number
  readonly held: number
}

const balances = statement<SeenBalance>(
  'ledger.balances',
  `select unit, name, posted, held from platform.accounts
   where tenant_id = $1 and unit = any($2) and starts_with(name, $3) order by unit, name`,
)

/** The accounts of some units whose names begin so. */
export function balancesOf(
  reads: Reads,
  tenant: TenantId,
  units: readonly string[],
  prefix: string,
): Promise<SeenBalance[]> {
  return reads.read(tenant, balances, [tenant, units, prefix])
}

const free = statement<{ unit: string; free: number }>(
  'ledger.free',
  `select unit, sum((posted - held)::float8) as free from platform.accounts
   where tenant_id = $1 and unit = any($2) and starts_with(name, $3) group by unit`,
)

/** What is free of each unit over all accounts whose names begin so; units never seen are missing. */
export function freeOf(
  reads: Reads,
  tenant: TenantId,
  units: readonly string[],
  prefix: string,
): Promise<{ unit: string; free: number }[]> {
  return reads.read(tenant, free, [tenant, units, prefix])
}

interface HoldRow {
  id: string
  unit: string
  account: string
  amount: number
  since: number
  until: number
}

const columns = `id, unit, account, amount, (extract(epoch from since) * 1000)::float8 as since,
  (extract(epoch from until) * 1000)::float8 as until`

const holdsById = statement<HoldRow>(
  'ledger.holds-by-id',
  // Each by its key: otherwise PostgreSQL may read all holds of the shop and pick those.
  `select ${columns} from unnest($2::text[]) as wanted (hold) cross join lateral (
     select * from platform.holds where tenant_id = $1 and id = wanted.hold offset 0) as h`,
)

const holdsOfUnit = statement<HoldRow>(
  'ledger.holds-of-unit',
  `select ${columns} from platform.holds where tenant_id = $1 and unit = $2
   order by until limit $3`,
)

/** Open holds by id; those that are gone are missing. */
export async function holdsNamed(
  reads: Reads,
  tenant: TenantId,
  ids: readonly string[],
): Promise<OpenHold[]> {
  return (await reads.read(tenant, holdsById, [tenant, ids])).map(openHold)
}

/** Who holds units: the open holds of one unit, the next to lapse first, at most `limit`. */
export async function holdsOf(
  reads: Reads,
  tenant: TenantId,
  unit: string,
  limit: number,
): Promise<OpenHold[]> {
  return (await reads.read(tenant, holdsOfUnit, [tenant, unit, limit])).map(openHold)
}

function openHold({ id, unit, account, amount, since, until }: HoldRow): OpenHold {
  return { id, account: { name: account, unit }, amount, since, until }
}

/** One line of the answer to "why is it 47?". */
export interface Movement {
  readonly position: string
  readonly at: Instant
  readonly verb: LedgerEntry['verb']
  readonly from: string
  readonly to: string
  readonly amount: number
  readonly hold: string | null
  /** Whose commit it was, and under which key. */
  readonly cause: string
}

const movements = statement<Movement>(
  'ledger.movements',
  `select position::text, (extract(epoch from at) * 1000)::float8 as at, verb,
     from_account as "from", to_account as "to", amount, hold_id as hold, cause
   from (
     (select * from platform.transfers
      where tenant_id = $1 and unit = $2 and from_account = $3 and position < $4::bigint
      order by position desc limit $5)
     union
     (select * from platform.transfers
      where tenant_id = $1 and unit = $2 and to_account = $3 and verb in ('move', 'post')
        and to_account not like 'world/%' and position < $4::bigint
      order by position desc limit $5)
   ) as of_account
   order by of_account.position desc limit $5`,
)

/** What an account's numbers are made of, newest first, before a position (keyset). */
export function movementsOf(
  reads: Reads,
  tenant: TenantId,
  account: { name: string; unit: string },
  before: string | undefined,
  limit: number,
): Promise<Movement[]> {
  const last = before ?? String(2n ** 63n - 1n)
  return reads.read(tenant, movements, [tenant, account.unit, account.name, last, limit])
}

const balancesThen = statement<SeenBalance>(
  'ledger.balances-at',
  `select $2::text as unit, name, sum(posted)::float8 as posted, sum(held)::float8 as held
   from (
     select to_account as name, amount as posted, 0::bigint as held
     from platform.transfers
     where tenant_id = $1 and unit = $2 and verb in ('move', 'post')
       and at <= to_timestamp($3 / 1000.0::float8)
     union all
     select from_account, case when verb in ('move', 'post') then -amount else 0 end,
       case verb when 'move' then 0 when 'hold' then amount else -amount end
     from platform.transfers
     where tenant_id = $1 and unit = $2 and at <= to_timestamp($3 / 1000.0::float8)
   ) as sides
   where name not like 'world/%' group by name order by name`,
)

/**
 * What the accounts of a unit had at an instant: the sum over every transfer until then. Costs as
 * much as the unit has transfers.
 */
export function balancesAt(
  reads: Reads,
  tenant: TenantId,
  unit: string,
  at: Instant,
): Promise<SeenBalance[]> {
  return reads.read(tenant, balancesThen, [tenant, unit, at])
}

const holdsThen = statement<Omit<HoldRow, 'since' | 'until' | 'unit'>>(
  'ledger.holds-at',
  `select hold_id as id, from_account as account,
     sum(case verb when 'hold' then amount else -amount end)::float8 as amount
   from platform.transfers
   where tenant_id = $1 and unit = $2 and hold_id is not null and verb <> 'move'
     and at <= to_timestamp($3 / 1000.0::float8)
   group by hold_id, from_account
   having sum(case verb when 'hold' then amount else -amount end) > 0
   order by hold_id limit $4`,
)

/** Who held units of a kind at an instant; until when is not kept. */
export async function holdsAt(
  reads: Reads,
  tenant: TenantId,
  unit: string,
  at: Instant,
  limit: number,
): Promise<readonly Omit<OpenHold, 'since' | 'until'>[]> {
  const rows = await reads.read(tenant, holdsThen, [tenant, unit, at, limit])
  return rows.map(({ id, account, amount }) => ({ id, account: { name: account, unit }, amount }))
}

const ofUnit = statement<Movement>(
  'ledger.movements-of-unit',
  `select position::text, (extract(epoch from at) * 1000)::float8 as at, verb,
     from_account as "from", to_account as "to", amount, hold_id as hold, cause
   from (
     select distinct moved.* from platform.accounts a cross join lateral (
       (select * from platform.transfers
        where tenant_id = $1 and unit = $2 and from_account = a.name
          and at <= coalesce(to_timestamp($4 / 1000.0::float8), 'infinity')
        order by position desc limit $5)
       union all
       (select * from platform.transfers
        where tenant_id = $1 and unit = $2 and to_account = a.name and verb in ('move', 'post')
          and to_account not like 'world/%' and at <= coalesce(to_timestamp($4 / 1000.0::float8), 'infinity')
        order by position desc limit $5)
     ) as moved
     where a.tenant_id = $1 and a.unit = $2 and starts_with(a.name, $3)
   ) as of_unit
   order by of_unit.position desc limit $5`,
)

/**
 * The last movements of a unit on the accounts whose names begin so, of each account by its index, so
 * a unit that has sold a million times is as quick as one that has sold twice. As of an instant, or as
 * of now: whatever has been written, which the clock of this process may be a little behind.
 */
export function movementsOfUnit(
  reads: Reads,
  tenant: TenantId,
  ask: { readonly unit: string; readonly prefix: string; readonly at?: Instant | undefined },
  limit: number,
): Promise<Movement[]> {
  return reads.read(tenant, ofUnit, [tenant, ask.unit, ask.prefix, ask.at ?? null, limit])
}

/** A hold that was posted and has not come back whole, and what was posted from its account before. */
export interface Posted {
  readonly hold: HoldId
  readonly at: Instant
  readonly amount: number
  readonly before: number
}

const postedFrom = statement<Posted>(
  'ledger.posted-from',
  `select hold, at, amount::float8 as amount, before::float8 as before from (
     select hold, at, amount, sum(amount) over (order by place) - amount as before from (
       select hold_id as hold, min(position) as place,
         (extract(epoch from min(at)) * 1000)::float8 as at,
         sum(case verb when 'post' then amount else -amount end) as amount
       from platform.transfers
       where tenant_id = $1 and unit = $2 and hold_id is not null
         and (verb = 'post' and from_account = $3 or verb = 'move' and to_account = $3)
         and at <= coalesce(to_timestamp($4 / 1000.0::float8), 'infinity')
       group by hold_id) as sales
     where amount > 0) as in_order
   where before + amount > $5 order by before limit $6`,
)

/** The holds posted from an account after the first `skipped` units, in order, as of an instant or now. */
export function postsFrom(
  reads: Reads,
  tenant: TenantId,
  { name, unit }: { readonly name: string; readonly unit: string },
  { at, skipped }: { readonly at: Instant | undefined; readonly skipped: number },
  limit: number,
): Promise<Posted[]> {
  return reads.read(tenant, postedFrom, [tenant, unit, name, at ?? null, skipped, limit])
}

const postings = statement<{ account: string }>(
  'ledger.account-posted-from',
  `select from_account as account from platform.transfers
   where tenant_id = $1 and unit = $2 and verb = 'post' and hold_id = $3
   order by position desc limit 1`,
)

/** The account that a hold of a unit was last posted from; it walks the transfers of the unit. */
export async function accountPostedFrom(
  reads: Reads,
  tenant: TenantId,
  unit: string,
  hold: string,
): Promise<string | undefined> {
  const [row] = await reads.read(tenant, postings, [tenant, unit, hold])
  return row?.account
}
