import assert from 'node:assert/strict'
import { after, test } from 'node:test'

import pg from 'pg'

import { aDatabase } from '../../../../tests/support/database.ts'
import { rowsByKeys } from '../../../platform/db/statement.ts'

const db = await aDatabase()
const admin = new pg.Client({ connectionString: db.adminUrl })
await admin.connect()
after(async () => {
  await admin.end()
  await db[Symbol.asyncDispose]()
})

/** Through which indexes PostgreSQL would go for a question, should the primary key be gone. */
async function indexesWithoutKey(table: string, question: string): Promise<readonly string[]> {
  await admin.query('begin')
  try {
    await admin.query(`alter table search.${table} drop constraint ${table}_pkey`)
    await admin.query('set local enable_seqscan = off')
    await admin.query('set local enable_bitmapscan = off')
    const { rows } = await admin.query<{ 'QUERY PLAN': string }>(
      `explain (generic_plan) ${question}`,
    )
    return rows.flatMap((row) => / using (\w+)/.exec(row['QUERY PLAN'])?.[1] ?? [])
  } finally {
    await admin.query('rollback')
  }
}

for (const table of ['documents', 'availability']) {
  test(`no product of search.${table} is ever looked up in what is walked by change`, async () => {
    const lookup = rowsByKeys(`search.${table}`, 'product_id', 'product_id')
    assert.deepEqual(await indexesWithoutKey(table, lookup), [])
    const walk = `select product_id from search.${table} where tenant_id = $1 and changed_in > '0'::xid8
      and (changed_in, product_id) > ($2::xid8, $3::uuid) order by changed_in, product_id limit 10`
    assert.deepEqual(await indexesWithoutKey(table, walk), [`${table}_by_change`])
  })
}
