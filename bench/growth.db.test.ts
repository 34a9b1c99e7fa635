/** Shops that were grown are sound, and every statement of the program looks its rows up in them. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import pg from 'pg'

import type { LoginRole } from '../server/platform/db/roles.ts'
import { everyStatement, type Named } from './support/every-statement.testing.ts'
import { ALLOWED, FILL, roleOf, UNSEEN } from './support/plans.testing.ts'

// Before anything else imports a module that names one.
const statements = await everyStatement()
const { openShop } = await import('../tests/support/shop.ts')
const { sentences, verify } = await import('../tools/verify/verify.ts')
const { growOrders, growProducts, growShops, tellPatterns } =
  await import('./support/grown-shop.ts')

let shop: Awaited<ReturnType<typeof openShop>>
let database: pg.Client
/** With the settings that each role has when it connects. */
const clients = new Map<LoginRole, pg.Client>()
before(async () => {
  shop = await openShop()
  database = new pg.Client({ connectionString: shop.database.adminUrl })
  await database.connect()
  const patterns = await tellPatterns(shop.program.url, database)
  await shop.program.kill('SIGTERM')
  await database.query(UNSEEN)
  await growProducts(database, patterns, 1_000)
  await growOrders(database, patterns, { orders: 2_000, products: 500 })
  await growShops(database, patterns, { shops: 20, products: 20 })
})
after(async () => {
  for (const client of clients.values()) await client.end()
  await database.end()
  await shop[Symbol.asyncDispose]()
})

interface Node {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Index Cond'?: string
  readonly Filter?: string
  readonly Plans?: readonly Node[]
}

const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)]

/** Row-level security filters all that is read, and never invites a plan (decision 0010). */
const isOfPolicy = (filter: string): boolean =>
  filter.startsWith('(NOT (tenant_id IS DISTINCT FROM')

/** By name of an index: its columns in their order; two schemas may have one of a name. */
const columnsOf = new Map<string, (readonly string[])[]>()

/**
 * The column behind `tenant_id` when nothing is said of it, though something is said of one behind it:
 * then PostgreSQL goes through all of the tenant's entries.
 */
function passedOver(index: string, by: string): string | undefined {
  const passed = (columnsOf.get(index) ?? []).map(([, second, ...others]) => {
    const isSaid = (column: string): boolean => new RegExp(`\\b${column}\\b`).test(by)
    return second !== undefined && !isSaid(second) && others.some(isSaid) ? second : undefined
  })
  return passed.includes(undefined) ? undefined : passed[0]
}

/** How a plan reads a table otherwise than by looking up what was asked; none when all is well. */
async function walks({ name, text }: Named): Promise<string[]> {
  const client = clients.get(roleOf(name))!
  await client.query(`begin; set local app.tenant = '1'`)
  try {
    const { rows } = await client.query(`explain (generic_plan, format json) ${text}`)
    return nodesOf(rows[0]['QUERY PLAN'][0].Plan as Node).flatMap((node) => {
      const { 'Node Type': type, 'Index Cond': by = '', Filter: filter = '' } = node
      const what = `${name} reads ${node['Relation Name'] ?? ''} ${node['Index Name'] ?? ''}`
      if (type === 'Seq Scan') return [`${what} whole`]
      // It reads all that fits and sorts it, however short the page is.
      if (type === 'Bitmap Heap Scan') return [`${what} by a bitmap`]
      if (!type.endsWith('Scan')) return []
      if (node['Index Name'] === undefined) return []
      const isBounded = by !== '' && by !== '(tenant_id = $1)'
      if (!isBounded) return [`${what} as far as the shop goes`]
      const passed = passedOver(node['Index Name'], by)
      if (passed !== undefined) return [`${what} by ${by}, whatever ${passed} is`]
      return filter === '' || isOfPolicy(filter)
        ? []
        : [`${what} by ${by} and leaves out ${filter}`]
    })
  } finally {
    await client.query('rollback')
  }
}

const asked = statements.filter(({ text }) => /\b(from|into|update)\s+\w+\.\w+/.test(text))

async function complaints(): Promise<string[]> {
  const found: string[] = []
  for (const each of asked) found.push(...(await walks(each)))
  return found
}

/** Those that no row of the list allows, and rows that allow what nothing does. */
function unlisted(found: readonly string[]): string[] {
  return found.filter((each) => !ALLOWED.some(([words]) => each.startsWith(words)))
}

suite('every statement of the program looks up what it was asked', () => {
  before(async () => {
    for (const each of FILL) await database.query(each)
    const { rows } = await database.query<{ index: string; columns: string[] }>(
      `select c.relname as index, array_agg(a.attname::text order by a.attnum) as columns
       from pg_class c join pg_attribute a on a.attrelid = c.oid
       where c.relkind = 'i' group by c.oid, c.relname`,
    )
    for (const { index, columns } of rows) {
      columnsOf.set(index, [...(columnsOf.get(index) ?? []), columns])
    }
    for (const role of ['torg_app', 'torg_writer', 'torg_reader'] as const) {
      const client = new pg.Client(shop.database.connection(role))
      await client.connect()
      clients.set(role, client)
    }
  })

  test('there are as many as modules name', () => {
    assert(asked.length > 80, `${asked.length} statements`)
    for (const name of ['catalog.list-newest', 'orders.list', 'write.load', 'timers.claim']) {
      assert(
        asked.some((each) => each.name === name),
        name,
      )
    }
  })

  const found: string[] = []
  test('in tables that were never analyzed', async () => {
    found.push(...(await complaints()))
    assert.deepEqual(unlisted(found), [])
  })

  test('in tables that were', async () => {
    await database.query('vacuum analyze')
    const known = await complaints()
    assert.deepEqual(unlisted(known), [])
    found.push(...known)
    const idle = ALLOWED.filter(([words]) => !found.some((each) => each.startsWith(words)))
    assert.deepEqual(idle, [], 'a row of the list allows nothing')
  })

  test('and one whose index is gone is named', async () => {
    await database.query('begin; drop index catalog.listed_of_brand')
    await database.query('commit')
    const found = await walks(asked.find(({ name }) => name === 'catalog.list-of-brands-newest')!)
    assert.match(found.join(), /catalog\.list-of-brands-newest reads listed \S+ .* leaves out/)
  })
})

test('a shop that was grown is sound, in as many things as were made', async () => {
  const findings = await verify(database)
  assert.deepEqual(sentences(findings), [])
  const looked = (promise: string): number =>
    findings.find(({ check }) => check.promise === promise)?.checked ?? 0
  assert(looked('a confirmed order is paid once, in full') >= 1_800)
  assert(looked('an order that waits has a deadline') >= 200)
})

test('one copy that lacks a row is found, in the whole and in what was touched', async () => {
  const lost = `delete from platform.transfers t where t.hold_id = (
    select data -> 'lines' -> 0 ->> 'holdId' from platform.events
    where type = 'order.created' and stream > 'order/8' and at > now() - interval '1 hour' limit 1)
    and t.verb = 'hold' returning *`
  await database.query('create temp table lost as select * from platform.transfers limit 0')
  await database.query(`with gone as (${lost}) insert into lost select * from gone`)
  const whole = sentences(await verify(database))
  const touched = sentences(await verify(database, { since: new Date(Date.now() - 3_600_000) }))
  await database.query('insert into platform.transfers select * from lost')
  assert(whole.some((each) => each.startsWith('I2 hold')))
  assert(touched.some((each) => each.startsWith('I2 hold')))
})
