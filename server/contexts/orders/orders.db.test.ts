/** The lists of orders, their archive and the rebuilding of both, over a real log. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import fc from 'fast-check'
import pg from 'pg'
import { pino } from 'pino'

import type { Reads } from '#platform/db/reads'
import { randomIds, type Id, type TenantId } from '#platform/ids'
import { openPostgresLog } from '#platform/log/postgres-log'
import { openSubscriptions, type Subscriptions } from '#platform/log/subscriptions'
import { accept } from '#platform/outcome'
import { stream } from '#platform/write/commit'
import type { Writer } from '#platform/write/writer'

import { aDatabase, type TestDatabase } from '../../../tests/support/database.ts'
import { readsOf, writerOf } from '../../../tests/support/store.ts'
import type { OrderEvent, OrderFilter, OrderStatus, OrderSummary } from './contract.ts'
import { orderNumber, orders } from './domain/order.ts'
import { created } from './domain/order.testing.ts'
import { archiveOrders } from './jobs/archive-orders.ts'
import { summarizeOrders } from './projections/summaries.ts'
import { listOrders } from './queries/list-orders.ts'
import { listings, longFinal } from './store/summaries.ts'
import { reality } from '#platform/waiting'
import { databaseClock } from '#platform/database-clock'

const SHOP = 1 as TenantId
const OTHER = 2 as TenantId
const DAY_MS = 86_400_000
const USERS: readonly Id[] = [randomIds.next(), randomIds.next()]

/** How far orders get, in turn. */
const PATHS: readonly (readonly OrderEvent[])[] = [
  [],
  [{ type: 'order.reserved' }],
  [{ type: 'order.reserved' }, { type: 'order.cancelled', reason: 'not-paid-in-time' }],
  [{ type: 'order.reserved' }, { type: 'order.confirmed', paymentId: 'p' }],
  [
    { type: 'order.reserved' },
    { type: 'order.confirmed', paymentId: 'p' },
    { type: 'order.fulfilled' },
  ],
]

const running = new AsyncDisposableStack()
let db: TestDatabase
let admin: pg.Client
let writer: Writer
let reads: Reads
let list: ReturnType<typeof listOrders>
let subscriptions: Subscriptions

before(async () => {
  db = running.use(await aDatabase())
  admin = new pg.Client({ connectionString: db.adminUrl })
  await admin.connect()
  running.defer(() => admin.end())
  reads = running.use(readsOf(db))
  writer = running.use(await writerOf(db, { batchLimit: 100 }))
  list = listOrders({ reads })
  subscriptions = follow()
  running.defer(() => subscriptions.close())
  for (let each = 0; each < 60; each += 1) await anOrder(each)
  await anOrder(4, OTHER)
  await subscriptions.idle()
})
after(() => running.disposeAsync())

function follow(): Subscriptions {
  return openSubscriptions({
    ...reality,
    clock: databaseClock(Date.now()),
    source: openPostgresLog({
      connection: db.connection('torg_reader'),
      subscriptions: 1,
      onError: () => undefined,
    }),
    subscriptions: [summarizeOrders],
    holder: `test ${randomIds.next()}`,
    log: pino({ level: 'silent' }),
  })
}

async function record(id: Id, events: readonly OrderEvent[], tenant = SHOP): Promise<void> {
  const outcome = await writer.write({
    tenant,
    caller: 'test',
    key: randomIds.next(),
    isFreshKey: true,
    fingerprint: '',
    streams: { order: stream(orders, id) },
    decide: () => accept({ append: { order: events }, answer: null }),
  })
  assert(outcome.ok)
}

async function anOrder(each: number, tenant = SHOP): Promise<Id> {
  const id = randomIds.next()
  const userId = [null, ...USERS][each % 3] ?? null
  const begun = { ...created, number: orderNumber(id), userId } as OrderEvent
  await record(id, [begun], tenant)
  const path = PATHS[each % PATHS.length] ?? []
  if (path.length > 0) await record(id, path, tenant)
  return id
}

async function everything(filter: OrderFilter = {}, limit = 7, tenant = SHOP) {
  const found: OrderSummary[] = []
  let after: string | null | undefined
  while (after !== null) {
    const page = await list(tenant, filter, { limit, ...(after === undefined ? {} : { after }) })
    assert(page.items.length <= limit)
    found.push(...page.items)
    after = page.next
  }
  return found
}

async function table(name: string): Promise<unknown[]> {
  const { rows } = await admin.query(`select * from orders.${name} order by tenant_id, order_id`)
  return rows
}

/** The job as it runs so many days from now. */
const archive = (daysAhead: number, tenants: readonly TenantId[] = [SHOP]) =>
  archiveOrders(
    {
      write: writer.write,
      reads,
      ids: randomIds,
      clock: { now: () => Date.now() + daysAhead * DAY_MS },
    },
    365,
    async () => tenants,
  ).run()

async function putBack(): Promise<void> {
  await admin.query(
    'with back as (delete from orders.archived_summaries returning *) insert into orders.summaries select * from back',
  )
}

/** What a list must show, from the list of everything. */
function expected(all: readonly OrderSummary[], filter: OrderFilter): string[] {
  const { userId, status, number, from = 0, to = Infinity } = filter
  return all
    .filter((each) => userId === undefined || each.userId === userId)
    .filter((each) => status === undefined || each.status === status)
    .filter((each) => number === undefined || each.number === number)
    .filter(({ createdAt }) => Date.parse(createdAt) >= from && Date.parse(createdAt) < to)
    .map(({ id }) => id)
}

suite('lists of orders', () => {
  for (const [where, daysAhead] of [
    ['of a young shop', 0],
    ['that are half archived', 366],
  ] as const) {
    test(`by any filters and pages show what is asked for, newest first, ${where}`, async () => {
      await archive(daysAhead)
      const archived = (await table('archived_summaries')).length
      assert.equal(archived, daysAhead === 0 ? 0 : 24, 'fulfilled and cancelled ones')
      const all = await everything({}, 100)
      assert.equal(all.length, 60)
      const newestFirst = all.toSorted(
        (a, b) => b.createdAt.localeCompare(a.createdAt) || b.id.localeCompare(a.id),
      )
      assert.deepEqual(all, newestFirst)
      const instants = all.map(({ createdAt }) => Date.parse(createdAt))
      const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined })
      const filters = fc.record({
        userId: maybe(fc.constantFrom(...USERS)),
        status: maybe(
          fc.constantFrom<OrderStatus>(
            'created',
            'reserved',
            'confirmed',
            'fulfilled',
            'cancelled',
          ),
        ),
        number: fc.option(fc.constantFrom(...all.map((each) => each.number)), {
          nil: undefined,
          freq: 3,
        }),
        from: maybe(fc.constantFrom(...instants)),
        to: maybe(fc.constantFrom(...instants)),
      })
      await fc.assert(
        fc.asyncProperty(filters, fc.integer({ min: 1, max: 30 }), async (given, limit) => {
          const filter = JSON.parse(JSON.stringify(given)) as OrderFilter
          const found = (await everything(filter, limit)).map(({ id }) => id)
          assert.deepEqual(found, expected(all, filter))
        }),
        { numRuns: 60 },
      )
      await putBack()
    })
  }

  test('of one shop never show another’s', async () => {
    assert.equal((await everything({}, 100, OTHER)).length, 1)
  })
})

suite('the archive', () => {
  test('takes what has been final for a year, and nothing younger or unfinished', async () => {
    await archive(364, [SHOP, OTHER])
    assert.deepEqual(await table('archived_summaries'), [])
    const before = await everything({}, 100)
    await archive(366, [SHOP, OTHER])
    const archived = (await table('archived_summaries')) as { status: string }[]
    const left = (await table('summaries')) as { status: string }[]
    assert.equal(archived.length, 25)
    assert(archived.every(({ status }) => status === 'fulfilled' || status === 'cancelled'))
    assert(left.every(({ status }) => status !== 'fulfilled' && status !== 'cancelled'))
    assert.deepEqual(await everything({}, 100), before)
    await archive(366, [SHOP, OTHER])
    assert.equal((await table('archived_summaries')).length, 25)
    await putBack()
  })

  test('an order that is taken up again is changed where it stands', async () => {
    const id = randomIds.next()
    await record(id, [{ ...created, number: orderNumber(id) } as OrderEvent, ...(PATHS[2] ?? [])])
    await subscriptions.idle()
    await archive(366)
    await record(id, [{ type: 'order.reinstated', holdIds: ['again'] }])
    await subscriptions.idle()
    await record(id, [{ type: 'order.confirmed', paymentId: 'p' }])
    await subscriptions.idle()
    const [found] = await everything({ number: orderNumber(id) })
    assert.equal(found?.status, 'confirmed')
    await putBack()
  })

  test('a row that changed after it was looked at stays', async () => {
    const before = (await table('summaries')).length
    const slow: Reads = {
      readGlobal: (asked, values) => reads.readGlobal(asked, values),
      async read(tenant, asked, values) {
        const rows = await reads.read(tenant, asked, values)
        await admin.query(`update orders.summaries set changed_at = changed_at + interval '1 ms'
          where order_id in (select order_id from orders.summaries where status = 'cancelled' limit 1)`)
        return rows
      },
    }
    const job = archiveOrders(
      {
        write: writer.write,
        reads: slow,
        ids: randomIds,
        clock: { now: () => Date.now() + 366 * DAY_MS },
      },
      365,
      async () => [SHOP],
    )
    await job.run()
    assert.deepEqual(await table('archived_summaries'), [], 'all of that commit or none')
    assert.equal((await table('summaries')).length, before)
    await archive(366)
    assert.notDeepEqual(await table('archived_summaries'), [])
    await putBack()
  })
})

test('ORDERS-5: built anew from the first entry of the log, the lists are the same row for row', async () => {
  await subscriptions.idle()
  await subscriptions.close()
  await admin.query('update platform.subscriptions set leased_until = default')
  // What the test before has done to one row by hand is no fact of the log.
  const rebuild = async () => {
    await admin.query(`truncate orders.summaries, orders.archived_summaries;
      delete from platform.subscriptions where name = 'orders.summaries'`)
    const again = follow()
    await again.idle()
    await again.close()
    await archive(366, [SHOP, OTHER])
    return [await table('summaries'), await table('archived_summaries')]
  }
  const first = await rebuild()
  assert(first.every((rows) => rows.length > 20))
  assert.deepEqual(await rebuild(), first)
})

interface Node {
  readonly 'Node Type': string
  readonly 'Index Name'?: string
  readonly 'Index Cond'?: string
  readonly Plans?: readonly Node[]
}

/** Few have one number, and few are of one user: either index finds them. */
const INDEX_BY: Readonly<Record<string, RegExp>> = {
  '': /_by_age$/,
  status: /_by_status$/,
  userId: /_of_user$/,
  'userId,status': /_of_user$/,
  number: /_by_number$/,
  'number,status': /_by_number$/,
  'userId,number': /_(by_number|of_user)$/,
  'userId,number,status': /_(by_number|of_user)$/,
  end: /_by_end$/,
}

test('every list is read from an index that has its filter first, and no more than its page', async () => {
  for (const name of ['summaries', 'archived_summaries']) {
    await admin.query(`insert into orders.${name}
      select 1, gen_random_uuid(), 'N' || n, case when n % 3 = 0 then gen_random_uuid() end,
        (array['created', 'reserved', 'confirmed', 'fulfilled', 'cancelled'])[n % 5 + 1], 1, 'UAH',
        now() - n * interval '1 minute', now() - n * interval '1 minute'
      from generate_series(1, 20000) n`)
  }
  await admin.query('analyze orders.summaries, orders.archived_summaries')
  const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)]
  const app = new pg.Client(db.connection('torg_app'))
  await app.connect()
  const planOf = async (text: string): Promise<Node[]> => {
    const { rows } = await app.query(`explain (generic_plan, format json) ${text}`)
    return nodesOf(rows[0]['QUERY PLAN'][0].Plan as Node)
  }
  try {
    for (const [asked, { text }] of [...listings, ['end', longFinal] as const]) {
      const scans = (await planOf(text)).filter((node) => node['Node Type'].includes('Scan'))
      for (const {
        'Node Type': type,
        'Index Name': index = '',
        'Index Cond': condition,
      } of scans) {
        if (type === 'Subquery Scan') continue
        const how = `by ${asked}: ${type} ${index} ${condition}`
        assert.match(index, INDEX_BY[asked] ?? /none/, how)
        assert.equal(type, 'Index Scan', how)
      }
      assert(scans.length > 0)
    }
  } finally {
    await app.end()
  }
})
