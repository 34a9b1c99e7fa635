/** Every statement of the writer looks its rows up by their key, whatever PostgreSQL believes of the tables. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import pg from 'pg'

import { aDatabase, type TestDatabase } from '../../../tests/support/database.ts'
import type { TenantId } from '../ids.ts'
import type { Write } from './commit.ts'
import { sql } from './postgres-sql.ts'
import { RowWriting } from './rows.ts'

const TABLE = `
  create schema plans;
  create table plans.things (
    tenant_id integer not null, id uuid not null, owner text not null, note text not null,
    unique (tenant_id, note));
  create index things_of_owner on plans.things (tenant_id, owner);
  alter table plans.things add primary key (tenant_id, id);
  alter table plans.things enable row level security;
  alter table plans.things force row level security;
  create policy tenant on plans.things to torg_app
    using (tenant_id is not distinct from (select nullif(current_setting('app.tenant', true), '')::int))
    with check (tenant_id is not distinct from (select nullif(current_setting('app.tenant', true), '')::int));
  grant usage on schema plans to torg_app;
  grant select, insert, update, delete on plans.things to torg_app;`

const things = { name: 'plans.things', key: ['id'], unique: [['note']] } as const

const change: Write = {
  table: things,
  verb: 'update',
  row: { id: '5f0c7a52-0000-4000-8000-000000000000', note: 'b' },
  when: { owner: 'me' },
}

const writing = new RowWriting('plans')

function textOf(write: Write): string {
  const [statement] = writing.statementOf({ member: 0, tenant: 1 as TenantId, write })
  return statement.text
}

interface Planned {
  readonly name: string
  readonly text: string
  /** The index it reads where that is not a primary key. */
  readonly by?: string
  /** What it looks for there, of each row. */
  readonly wanted?: RegExp
  readonly role?: string
}

const statements = (): readonly Planned[] => [
  ...Object.entries(sql)
    .filter(([, { text }]) => /\b(platform)\./.test(text))
    .map(([name, { text }]) => ({
      name,
      text,
      ...(name === 'lapsed' ? { by: 'holds_by_deadline_of_account' } : {}),
    })),
  ...(['update', 'delete'] as const).map((verb) => ({
    name: `rows: ${verb}`,
    text: textOf({ ...change, verb }),
    wanted: /\(id = d\.id\)/,
    role: 'torg_app',
  })),
]

interface Node {
  readonly 'Node Type': string
  readonly 'Index Name'?: string
  readonly 'Index Cond'?: string
  readonly Plans?: readonly Node[]
}

let db: TestDatabase
let admin: pg.Client
before(async () => {
  db = await aDatabase()
  admin = new pg.Client({ connectionString: db.adminUrl })
  await admin.connect()
  await admin.query(TABLE)
  await writing.learn(admin)
})
after(async () => {
  await admin.end()
  await db[Symbol.asyncDispose]()
})

async function planOf(text: string, role: string): Promise<Node[]> {
  const writer = new pg.Client(db.connection('torg_writer'))
  await writer.connect()
  try {
    await writer.query(`begin; set local role ${role}; set local app.tenant = '1'`)
    const { rows } = await writer.query(`explain (generic_plan, format json) ${text}`)
    return nodesOf(rows[0]['QUERY PLAN'][0].Plan as Node)
  } finally {
    await writer.end()
  }
}

function nodesOf(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)]
}

const BELIEFS = {
  'were never looked at': '',
  'were found empty': 'vacuum analyze',
  'were found almost empty': `
    insert into platform.holds select 1, 'h' || n, 's' || n, 'a', 1, now() from generate_series(1, 9) n;
    insert into platform.accounts select 1, 's' || n, 'a', 1, 0 from generate_series(1, 9) n;
    insert into platform.streams select 1, 's' || n, 1 from generate_series(1, 9) n;
    insert into plans.things select 1, gen_random_uuid(), 'me', n from generate_series(1, 9) n;
    commit; vacuum analyze`,
}

suite('rows are looked up by their key in tables that', () => {
  for (const [belief, made] of Object.entries(BELIEFS)) {
    test(belief, async () => {
      for (const each of made.split('commit;')) if (each !== '') await admin.query(each)
      for (const planned of statements()) {
        const { name, text, by = '_pkey', wanted = /./, role = 'torg_writer' } = planned
        for (const node of await planOf(text, role)) {
          const { 'Node Type': type, 'Index Name': index, 'Index Cond': condition } = node
          assert(!/^(Seq|Bitmap)/.test(type), `${name} reads a whole table`)
          if (index === undefined) continue
          assert(condition !== undefined, `${name} reads the whole index ${index}`)
          assert.match(condition, wanted, `${name} reads on in ${index}`)
          assert(index.endsWith(by), `${name} looks up in ${index}: ${condition}`)
        }
      }
    })
  }
})
