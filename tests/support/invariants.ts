/**
 * What must be true of a database whatever happened to the processes that wrote it: kills, lost
 * connections, rushes. Run by failure tests after the storm (invariants I2, I11, I15 and the ledger's).
 */
import pg from 'pg'

/** Of each kind of violation so many are told. */
const TOLD = 10

/** Both sides of every move, and what holds did, as the log tells it. */
const SIDES = `
  sides as (
    select tenant_id, unit, to_account as name, amount as posted, 0::bigint as held
      from platform.transfers where verb in ('move', 'post')
    union all
    select tenant_id, unit, from_account, -amount, 0 from platform.transfers
      where verb in ('move', 'post')
    union all
    select tenant_id, unit, from_account, 0, case verb when 'hold' then amount else -amount end
      from platform.transfers where verb <> 'move'
  ), sums as (
    select tenant_id, unit, name, sum(posted) as posted, sum(held) as held
    from sides group by tenant_id, unit, name
  )`

/** Each selects the violations of one invariant, a sentence a row. */
const CHECKS: readonly string[] = [
  `with ${SIDES}
   select format('account %s %s of %s has %s posted and %s held, the log says %s and %s', tenant_id,
     name, unit, a.posted, a.held, s.posted, s.held) as said
   from platform.accounts a full join (select * from sums where name not like 'world/%') s
     using (tenant_id, unit, name)
   where (coalesce(a.posted, 0), coalesce(a.held, 0))
     is distinct from (coalesce(s.posted, 0), coalesce(s.held, 0))`,

  `select format('account %s %s of %s breaks 0 <= held <= posted: %s held, %s posted', tenant_id,
     name, unit, held, posted) as said
   from platform.accounts where not (0 <= held and held <= posted)`,

  `select format('account %s %s of %s has %s held, its open holds are %s', tenant_id, account, unit,
     a.held, h.held) as said
   from (select tenant_id, unit, name as account, held from platform.accounts) a
   full join (select tenant_id, unit, account, sum(amount) as held from platform.holds
     group by tenant_id, unit, account) h using (tenant_id, unit, account)
   where coalesce(a.held, 0) <> coalesce(h.held, 0)`,

  `with ${SIDES}
   select format('unit %s of shop %s sums to %s over all accounts', unit, tenant_id, posted) as said
   from (
     select tenant_id, unit, sum(posted) as posted from (
       select tenant_id, unit, posted from platform.accounts
       union all
       select tenant_id, unit, posted from sums where name like 'world/%') as every_account
     group by tenant_id, unit) as units
   where posted <> 0`,

  `select format('stream %s %s has events up to %s, %s of them, and is at version %s', tenant_id,
     stream, e.last, e.count, s.version) as said
   from (select tenant_id, stream, count(*) as count, min(version) as first, max(version) as last
     from platform.events group by tenant_id, stream) e
   full join platform.streams s using (tenant_id, stream)
   where (e.first, e.last, e.count) is distinct from (1, s.version, s.version)`,

  `select format('event %s of stream %s %s comes earlier in the log than the one before', version,
     tenant_id, stream) as said
   from (
     select tenant_id, stream, version, (era, xid, position) <= lag((era, xid, position))
       over (partition by tenant_id, stream order by version) as is_early
     from platform.events) as ordered
   where is_early`,

  `select format('position %s of the log was given to %s entries', position, count(*)) as said
   from (select position from platform.events union all
     select position from platform.transfers) as entries
   group by position having count(*) > 1`,

  `select format('hold %s of %s let go more than shop %s took', hold_id, from_account, tenant_id)
     as said
   from platform.transfers where verb <> 'move'
   group by tenant_id, hold_id, unit, from_account
   having sum(case verb when 'hold' then amount else -amount end) < 0`,
]

/** Every table that says whose its rows are. */
const TABLES = `
  select c.oid::regclass::text as name from pg_class c join pg_attribute a on a.attrelid = c.oid
  where a.attname = 'tenant_id' and c.relkind = 'r' and c.relnamespace <> 'pg_catalog'::regnamespace
    and to_regclass('tenants.shops') is not null
  order by 1`

/** Rows of a shop that does not exist; tests of the platform alone have no shops. */
function ofNobody(table: string): string {
  return `select format('${table} has %s rows of shop %s, which does not exist', count(*), tenant_id)
      as said
    from ${table}
    where exists (select from tenants.shops) and tenant_id not in (select id from tenants.shops)
    group by tenant_id`
}

/** Sentences about everything that is wrong, at most ten of a kind; none when all is well. */
export async function violations(adminUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: adminUrl })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await violationsSeenBy(client)
  } finally {
    await client.end()
  }
}

/** The same in a transaction that has begun, which sees its own changes. */
export async function violationsSeenBy(client: pg.ClientBase): Promise<string[]> {
  const found: string[] = []
  const tables = await client.query<{ name: string }>(TABLES)
  for (const check of [...CHECKS, ...tables.rows.map(({ name }) => ofNobody(name))]) {
    const { rows } = await client.query<{ said: string }>(`${check} limit ${TOLD}`)
    found.push(...rows.map(({ said }) => said))
  }
  return found
}
