import { type Check, within } from './check.ts'
import { TOUCHED_ACCOUNTS } from './since.ts'

/** Where the rows of a range of units come from, or those of the accounts that were touched. */
interface Rows {
  readonly transfers: string
  readonly accounts: string
  readonly holds: string
  /** Whose sums are whole: of accounts that were not touched a part of the transfers is looked at. */
  readonly named: string
}

const OF_RANGE: Rows = {
  transfers: `select * from platform.transfers where ${within('unit')}`,
  accounts: `select * from platform.accounts where ${within('unit')}`,
  holds: `select * from platform.holds where ${within('unit')}`,
  named: 'true',
}

/** Every transfer of the accounts that were touched, from either side by its index. */
export const TOUCHED_TRANSFERS = `
  select t.* from (${TOUCHED_ACCOUNTS}) as a join platform.transfers t
    on t.tenant_id = a.tenant_id and t.unit = a.unit and t.from_account = a.name
  union
  select t.* from (${TOUCHED_ACCOUNTS}) as a join platform.transfers t
    on t.tenant_id = a.tenant_id and t.unit = a.unit and t.to_account = a.name
      and t.verb in ('move', 'post') and t.to_account not like 'world/%'`

const TOUCHED: Rows = {
  transfers: TOUCHED_TRANSFERS,
  accounts: `select * from platform.accounts where (tenant_id, unit, name) in (${TOUCHED_ACCOUNTS})`,
  holds: `select * from platform.holds where (tenant_id, unit, account) in (${TOUCHED_ACCOUNTS})`,
  named: `(tenant_id, unit, name) in (${TOUCHED_ACCOUNTS})`,
}

/** What the transfers did to each account, and to each of its other sides. */
const sumsOf = ({ transfers, accounts, named }: Rows): string => `
  moved as materialized (${transfers}),
  sides as (
    select tenant_id, unit, to_account as name, from_account as other, amount as posted,
      0::bigint as held
      from moved where verb in ('move', 'post')
    union all
    select tenant_id, unit, from_account, to_account, -amount, 0 from moved
      where verb in ('move', 'post')
    union all
    select tenant_id, unit, from_account, null, 0, case verb when 'hold' then amount else -amount end
      from moved where verb <> 'move'
  ),
  sums as (
    select tenant_id, unit, name, sum(posted) as posted, sum(held) as held
    from sides where ${named} group by tenant_id, unit, name
  ),
  kept as (${accounts})`

interface LedgerCheck extends Omit<Check, 'sql' | 'since'> {
  readonly of: (rows: Rows) => string
  /** It follows from I1 of every account, and needs every account of a unit. */
  readonly isOfUnits?: true
}

const CHECKS: readonly LedgerCheck[] = [
  {
    id: 'I1',
    promise: 'what an account has is what came in less what went out',
    walk: 'units',
    of: (rows) => `with ${sumsOf(rows)},
      by_other as (
        select tenant_id, unit, name, other, sum(posted) as change from sides
        where other is not null and name not like 'world/%' group by tenant_id, unit, name, other),
      reasons as (
        select tenant_id, unit, name,
          string_agg(format('%s %s', other, change), ', ' order by other) as why
        from by_other group by tenant_id, unit, name)
      select case when coalesce(a.posted, 0) <> coalesce(s.posted, 0) then format(
        'account %s of %s, shop %s: its transfers make %s (%s), found %s', name, unit, tenant_id,
        coalesce(s.posted, 0), left(coalesce(why, 'there are none'), 300), coalesce(a.posted, 0)) end
        as said
      from kept a full join (select * from sums where name not like 'world/%') s
          using (tenant_id, unit, name)
        left join reasons using (tenant_id, unit, name)`,
  },
  {
    id: 'I2',
    promise: 'what is held is the sum of open holds, and of all that holds did',
    walk: 'units',
    of: (rows) => `with ${sumsOf(rows)},
      open as (select tenant_id, unit, account as name, sum(amount) as held from (${rows.holds}) as h
        group by tenant_id, unit, account)
      select case when coalesce(a.held, 0) <> coalesce(o.held, 0) then format(
          'account %s of %s, shop %s: its open holds make %s, found %s held', name, unit, tenant_id,
          coalesce(o.held, 0), coalesce(a.held, 0))
        when coalesce(a.held, 0) <> coalesce(s.held, 0) then format(
          'account %s of %s, shop %s: its transfers make %s held, found %s', name, unit, tenant_id,
          coalesce(s.held, 0), coalesce(a.held, 0)) end as said
      from kept a full join open o using (tenant_id, unit, name)
        full join (select * from sums where name not like 'world/%') s using (tenant_id, unit, name)`,
  },
  {
    id: 'I2',
    promise: 'no account holds less than nothing or more than it has',
    walk: 'units',
    of: ({ accounts }) => `select case when not (0 <= held and held <= posted) then format(
        'account %s of %s, shop %s: expected 0 <= held <= posted, found %s held of %s', name, unit,
        tenant_id, held, posted) end as said
      from (${accounts}) as a`,
  },
  {
    id: 'I2',
    promise: 'a hold lets go what it took, no more and no less',
    walk: 'units',
    of: ({ transfers, holds, named }) => `with told as (
        select tenant_id, unit, name as account, id,
          sum(case verb when 'hold' then amount else -amount end) as amount
        from (select *, from_account as name, hold_id as id from (${transfers}) as t) as moved
        where verb <> 'move' and ${named}
        group by tenant_id, unit, name, id),
      open as (${holds})
      select case when coalesce(t.amount, 0) <> coalesce(o.amount, 0) then format(
        'hold %s of %s in %s, shop %s: its transfers leave %s, found %s open', id, unit, account,
        tenant_id, coalesce(t.amount, 0), coalesce(o.amount, 0)) end as said
      from told t full join open o using (tenant_id, unit, account, id)`,
  },
  {
    id: 'I14',
    promise: 'for every unit the sum over all accounts is zero',
    walk: 'units',
    isOfUnits: true,
    of: (rows) => `with ${sumsOf(rows)}
      select case when sum(posted) <> 0 then format(
        'unit %s, shop %s: expected 0 over all accounts, found %s', unit, tenant_id, sum(posted)) end
        as said
      from (
        select tenant_id, unit, posted from kept
        union all
        select tenant_id, unit, posted from sums where name like 'world/%') as every_account
      group by tenant_id, unit`,
  },
]

export const LEDGER_CHECKS: readonly Check[] = CHECKS.map(({ of, isOfUnits, ...check }) => ({
  ...check,
  sql: of(OF_RANGE),
  since: isOfUnits === true ? null : of(TOUCHED),
}))
