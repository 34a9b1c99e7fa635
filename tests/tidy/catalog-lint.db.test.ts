import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import pg from 'pg'

import { aDatabase } from '../support/database.ts'
import { CATALOG_ALLOWED } from './catalog-allowed.ts'
import { catalogViolations, RULES, type Query } from './catalog-lint.ts'

let client: pg.Client
let database: Awaited<ReturnType<typeof aDatabase>>

before(async () => {
  database = await aDatabase()
  client = new pg.Client({ connectionString: database.adminUrl })
  await client.connect()
})

after(async () => {
  await client.end()
  await database[Symbol.asyncDispose]()
})

const query: Query = async (sql) => (await client.query<Record<string, unknown>>(sql)).rows

test('the migrated database keeps every rule of tenancy', async () => {
  const [tables] = await query(
    `select count(*)::int as count from pg_class c where c.relnamespace = 'platform'::regnamespace`,
  )
  assert.ok(Number(tables?.['count']) > 5, 'the database was migrated')
  const found = await catalogViolations(query, CATALOG_ALLOWED)
  assert.deepEqual(
    found.map(({ sentence }) => sentence),
    [],
  )
})

const TENANT = `(tenant_id is not distinct from (select nullif(current_setting('app.tenant', true), '')::int))`

/** A table as it should be, and its reader; what is planted is one step away from it. */
const GOOD = `
  create schema lint;
  create table lint.things (
    tenant_id integer not null, id integer not null, name text, primary key (tenant_id, id));
  alter table lint.things enable row level security, force row level security;
  create policy tenant on lint.things to torg_app using ${TENANT} with check ${TENANT};
  grant usage on schema lint to torg_app;
  grant select, insert, update, delete on lint.things to torg_app;`

const OTHER = `
  create table lint.others (
    tenant_id integer not null, id integer not null, thing integer, primary key (tenant_id, id));
  alter table lint.others enable row level security, force row level security;
  create policy tenant on lint.others to torg_app using ${TENANT} with check ${TENANT};`

/** Plants a change in a transaction that is rolled back, and says what the lint sees. */
async function planted(sql: string, as = 'torg_owner'): Promise<string[]> {
  await client.query('begin')
  try {
    await client.query(
      `grant create on database ${client.escapeIdentifier(await name())} to torg_owner`,
    )
    await client.query('set local role torg_owner')
    await client.query(GOOD)
    await client.query(as === 'torg_owner' ? 'set local role torg_owner' : 'reset role')
    await client.query(sql)
    await client.query('reset role')
    const found = await catalogViolations(query, CATALOG_ALLOWED)
    return found.map(({ rule, sentence }) => `${rule}: ${sentence}`)
  } finally {
    await client.query('rollback')
  }
}

async function name(): Promise<string> {
  const [row] = await query('select current_database() as name')
  return String(row?.['name'])
}

test('a table as it should be breaks no rule', async () => {
  assert.deepEqual(await planted('select 1'), [])
  assert.deepEqual(await planted(OTHER), [])
  const good = `alter table lint.others add foreign key (tenant_id, thing) references lint.things`
  assert.deepEqual(await planted(`${OTHER} ${good}`), [])
  assert.deepEqual(
    await planted('create view lint.seen with (security_invoker) as select * from lint.things'),
    [],
  )
})

/** One planted violation for every rule, at least; the titles are the rules. */
const PLANTED: readonly { rule: string; sql: string; says: RegExp; as?: string }[] = [
  {
    rule: 'tenant-column',
    sql: 'create table lint.bare (id integer primary key)',
    says: /lint\.bare has no column/,
  },
  {
    rule: 'tenant-column',
    sql: 'alter table lint.things alter tenant_id set default 1',
    says: /lint\.things has no column .* without a default/,
  },
  {
    rule: 'tenant-column',
    sql: 'create table lint.wide (tenant_id bigint primary key)',
    says: /lint\.wide has no column/,
  },
  {
    rule: 'row-security',
    sql: 'alter table lint.things disable row level security',
    says: /lint\.things does not enable/,
  },
  {
    rule: 'row-security',
    sql: 'alter table lint.things no force row level security',
    says: /lint\.things does not force/,
  },
  {
    rule: 'row-security',
    sql: `create table lint.parts (like lint.things) partition by list (tenant_id);
          alter table lint.parts enable row level security, force row level security;
          create table lint.part_1 partition of lint.parts for values in (1)`,
    says: /lint\.part_1 does not enable/,
  },
  {
    rule: 'policy-missing',
    sql: 'drop policy tenant on lint.things',
    says: /lint\.things has row-level security and no policy/,
  },
  {
    rule: 'policy',
    sql: `create policy more on lint.things to torg_app using (true) with check (true)`,
    says: /policy more of lint\.things .* TO torg_app/,
  },
  {
    rule: 'policy',
    sql: `create policy more on lint.things to torg_writer using (true) with check (true)`,
    says: /policy more of lint\.things .* TO torg_writer/,
  },
  {
    rule: 'policy',
    sql: `drop policy tenant on lint.things;
          create policy tenant on lint.things to torg_app using ${TENANT}`,
    says: /policy tenant of lint\.things .* WITH CHECK nothing/,
  },
  {
    rule: 'policy',
    sql: `create policy more on lint.things for select to torg_app using ${TENANT}`,
    says: /policy more of lint\.things is not for all commands/,
  },
  {
    rule: 'policy',
    sql: `create policy more on lint.things to torg_app
            using (${TENANT} or name = 'shared') with check ${TENANT}`,
    says: /policy more of lint\.things/,
  },
  {
    rule: 'policy',
    sql: `create policy more on lint.things to torg_app
            using (tenant_id = current_setting('app.tenants')::int)
            with check (tenant_id = current_setting('app.tenants')::int)`,
    says: /policy more of lint\.things/,
  },
  {
    rule: 'primary-key',
    sql: 'alter table lint.things drop constraint things_pkey, add primary key (id, tenant_id)',
    says: /primary key of lint\.things does not begin/,
  },
  {
    rule: 'primary-key',
    sql: 'alter table lint.things drop constraint things_pkey',
    says: /primary key of lint\.things does not begin/,
  },
  {
    rule: 'youngest-index',
    sql: 'create index of_name on lint.things (tenant_id, name)',
    says: /of_name is younger than the primary key of lint\.things/,
  },
  {
    rule: 'unique-index',
    sql: 'alter table lint.things add unique (name)',
    says: /lint\.things_name_key of things is unique/,
  },
  {
    rule: 'unique-index',
    sql: 'create unique index lower_name on lint.things (lower(name), tenant_id)',
    says: /lint\.lower_name of things is unique/,
  },
  {
    rule: 'unique-index',
    sql: `alter table lint.things add constraint apart exclude using hash (name with =)`,
    says: /lint\.apart of things/,
  },
  {
    rule: 'foreign-key',
    sql: `${OTHER} alter table lint.things add column code integer unique;
          alter table lint.others add foreign key (thing) references lint.things (code)`,
    says: /others_thing_fkey of lint\.others to lint\.things does not pair/,
  },
  {
    rule: 'foreign-key',
    sql: `${OTHER}
          alter table lint.others add foreign key (thing, tenant_id) references lint.things`,
    says: /lint\.others to lint\.things does not pair/,
  },
  {
    rule: 'foreign-schema',
    sql: `create schema lint_two;
          create table lint_two.others (tenant_id integer not null, id integer not null,
            primary key (tenant_id, id), foreign key (tenant_id, id) references lint.things)`,
    says: /of lint_two\.others reaches into another schema/,
  },
  {
    rule: 'view',
    sql: 'create view lint.seen as select * from lint.things',
    says: /view lint\.seen is not security_invoker/,
  },
  {
    rule: 'view',
    sql: 'create view lint.seen with (security_invoker = false) as select * from lint.things',
    says: /view lint\.seen is not security_invoker/,
  },
  {
    rule: 'materialized-view',
    sql: 'create materialized view lint.kept as select * from lint.things',
    says: /lint\.kept is a materialized view/,
  },
  {
    rule: 'security-definer',
    sql: `create function lint.count() returns bigint language sql security definer
            as 'select count(*) from lint.things'`,
    says: /lint\.count\(\) is SECURITY DEFINER/,
  },
  ...['TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN'].map((privilege) => ({
    rule: 'grant',
    sql: `grant ${privilege} on lint.things to torg_app`,
    says: new RegExp(`torg_app may ${privilege} lint\\.things`),
  })),
  {
    rule: 'grant',
    sql: 'grant truncate on platform.events to torg_writer',
    says: /torg_writer may TRUNCATE platform\.events/,
  },
  ...['insert', 'update', 'delete'].map((privilege) => ({
    rule: 'shared-write',
    sql: `grant ${privilege} on platform.accounts to torg_app`,
    says: new RegExp(`torg_app may ${privilege.toUpperCase()} platform\\.accounts`),
  })),
  {
    rule: 'shared-write',
    sql: 'grant update (posted) on platform.accounts to torg_app',
    says: /torg_app may UPDATE platform\.accounts/,
  },
  {
    rule: 'shared-write',
    sql: 'alter table lint.things disable row level security',
    says: /torg_app may INSERT lint\.things/,
  },
  {
    rule: 'sequence-grant',
    sql: 'create sequence lint.numbers; grant usage on sequence lint.numbers to torg_app',
    says: /torg_app may use or read sequence lint\.numbers/,
  },
  {
    rule: 'public-grant',
    sql: 'grant select on lint.things to public',
    says: /PUBLIC may SELECT lint\.things/,
  },
  {
    rule: 'default-grant',
    sql: 'alter default privileges in schema lint grant truncate on tables to torg_app',
    says: /torg_app will get TRUNCATE/,
  },
  {
    rule: 'default-grant',
    sql: 'alter default privileges grant select on tables to public',
    says: /PUBLIC will get SELECT/,
  },
  {
    rule: 'schema-create',
    sql: 'grant create on schema lint to torg_app',
    says: /torg_app may create objects in schema lint/,
  },
  {
    rule: 'owner',
    sql: 'create schema theirs',
    as: 'admin',
    says: /schema theirs belongs to .*, not to torg_owner/,
  },
  {
    rule: 'owner',
    sql: 'alter table lint.things owner to torg_app',
    as: 'admin',
    says: /relation lint\.things belongs to torg_app/,
  },
  ...['superuser', 'bypassrls', 'createrole', 'createdb', 'replication'].map((power) => ({
    rule: 'role-power',
    sql: `alter role torg_app ${power}`,
    as: 'admin',
    says: new RegExp(`role torg_app is (a )?${power}`, 'i'),
  })),
  {
    rule: 'role-power',
    sql: 'alter role torg_owner login',
    as: 'admin',
    says: /role torg_owner is able to log in/,
  },
  {
    rule: 'role-power',
    sql: 'alter role torg_reader rename to torg_lost',
    as: 'admin',
    says: /role torg_reader is missing/,
  },
  {
    rule: 'role-member',
    sql: 'grant torg_owner to torg_app',
    as: 'admin',
    says: /torg_app is a member of torg_owner/,
  },
  {
    rule: 'role-member',
    sql: 'grant pg_read_all_data to torg_writer',
    as: 'admin',
    says: /torg_writer is a member of pg_read_all_data/,
  },
  {
    rule: 'role-inherit',
    sql: 'grant torg_app to torg_writer with inherit true, set true',
    as: 'admin',
    says: /torg_writer has the rights of torg_app/,
  },
]

for (const { rule, sql, says, as } of PLANTED) {
  test(`${rule} is seen to bite: ${sql.replace(/\s+/g, ' ').slice(0, 90)}`, async () => {
    const found = (await planted(sql, as)).filter((each) => each.startsWith(`${rule}: `))
    assert.ok(
      found.some((each) => says.test(each)),
      `${says} is not in ${JSON.stringify(found)}`,
    )
  })
}

test('every rule has a planted violation', () => {
  const seen = new Set(PLANTED.map(({ rule }) => rule))
  assert.deepEqual(
    Object.keys(RULES).filter((rule) => !seen.has(rule)),
    [],
  )
})

test('an allowance that nothing needs is named', async () => {
  const found = await catalogViolations(query, { ...CATALOG_ALLOWED, 'view: lint.gone': 'once' })
  assert.match(found[0]?.sentence ?? '', /"view: lint\.gone" is allowed .* nothing needs it/)
})
