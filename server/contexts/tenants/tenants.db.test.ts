import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import pg from 'pg'

import type { TenantId } from '#platform/ids'

import { aDatabase, type TestDatabase } from '../../../tests/support/database.ts'
import { readsOf } from '../../../tests/support/store.ts'
import { createShop, openShops } from './context.ts'
import type { Shops } from './contract.ts'
import { hostName } from './queries/shops.ts'

let db: TestDatabase
let admin: pg.Client
let reads: ReturnType<typeof readsOf>
const clock = { at: 0, now: () => clock.at }
let shops: Shops

const demo = {
  slug: 'demo',
  name: 'Torg Sport',
  currency: 'UAH',
  languages: ['uk', 'en'],
  holdMinutes: 30,
  timeZone: 'Europe/Kyiv',
  delivery: { pickup: 0, courier: 12_000 },
}

before(async () => {
  db = await aDatabase()
  admin = new pg.Client({ connectionString: db.adminUrl })
  await admin.connect()
  reads = readsOf(db)
  shops = openShops({ reads, clock })
  await createShop(admin, demo)
  await createShop(admin, { ...demo, slug: 'second', currency: 'EUR', host: 'second.example' })
})

after(async () => {
  await reads.close()
  await admin.end()
  await db[Symbol.asyncDispose]()
})

test('the host name finds the shop; plain localhost and addresses are the first one’s', async () => {
  const slugOf = async (host: string) => (await shops.byHost(host))?.slug

  for (const host of ['demo.localhost', 'DEMO.localhost:3000', 'localhost:3000', 'localhost']) {
    assert.equal(await slugOf(host), 'demo', host)
  }
  for (const host of ['127.0.0.1:3000', '[::1]:3000', '10.0.0.7', 'demo.localhost.']) {
    assert.equal(await slugOf(host), 'demo', host)
  }
  assert.equal(await slugOf('second.example:443'), 'second')
  for (const host of ['evil.test', '', 'a b', '[::1', 'x:y', "demo.localhost' or 1=1", '.']) {
    assert.equal(await slugOf(host), undefined, host)
  }
  assert.deepEqual(await shops.byId(1 as TenantId), { id: 1, ...demo })
  assert.equal(await shops.byId(99 as TenantId), undefined)
})

test('a change is seen after five seconds, and not a read for every request', async () => {
  shops.forget()
  assert.equal((await shops.byHost('second.example'))?.name, 'Torg Sport')
  await admin.query(`update tenants.shops set name = 'Renamed' where slug = 'second'`)
  clock.at += 4_999
  assert.equal((await shops.byHost('second.example'))?.name, 'Torg Sport')
  clock.at += 1
  assert.equal((await shops.byHost('second.example'))?.name, 'Renamed')
})

test('creating a shop that is there leaves it as it is', async () => {
  const again = await createShop(admin, { ...demo, name: 'Another name' })
  assert.equal(again.name, 'Torg Sport')
  assert.equal((await shops.list()).length, 2)
})

test('every shop is listed, however many there are, and some of them when some are asked for', async () => {
  await admin.query(
    `insert into tenants.shops (slug, host, name, currency, languages, hold_minutes, time_zone, delivery)
     select 'many-' || n, 'many-' || n || '.example', 'Many', 'UAH', '["uk"]', 30, 'Europe/Kyiv', '{}'
     from generate_series(1, 1200) as n`,
  )
  const ids = (await shops.list()).map(({ tenant }) => tenant.id)
  assert.equal(new Set(ids).size, 1202)
  assert.deepEqual(
    ids,
    ids.toSorted((a, b) => a - b),
  )
  assert.deepEqual(
    (await shops.list(700)).map(({ tenant }) => tenant.id),
    ids.slice(0, 700),
  )
})

test('a process that serves requests cannot change a shop', async () => {
  const app = new pg.Client(db.connection('torg_app'))
  await app.connect()
  try {
    await assert.rejects(createShop(app, { ...demo, slug: 'third' }), /permission denied/)
    await assert.rejects(app.query(`update tenants.shops set name = 'x'`), /permission denied/)
    await assert.rejects(app.query('delete from tenants.shops'), /permission denied/)
  } finally {
    await app.end()
  }
})

test('a host header is read strictly', () => {
  const check = (host: string, name: string | undefined) => assert.equal(hostName(host), name, host)
  check('Shop.Example:8080', 'shop.example')
  check('shop.example.', 'shop.example')
  check('[2001:db8::1]:80', '2001:db8::1')
  check('2001:db8::1', undefined)
  check('shop.example:80:90', undefined)
  check(`${'a'.repeat(254)}`, undefined)
  check('shop\n.example', undefined)
})
