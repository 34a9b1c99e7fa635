/** How a shop comes into memory: others are answered meanwhile, and what is too much is let go of. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'

import pg from 'pg'

import { aDatabase } from '../../../../tests/support/database.ts'
import { readsOf } from '../../../../tests/support/store.ts'
import { databaseClock } from '../../../platform/database-clock.ts'
import type { TenantId } from '../../../platform/ids.ts'
import { openLog } from '../../../platform/telemetry/log.ts'
import { reality } from '../../../platform/waiting.ts'
import { openIndexes } from './indexes.ts'

const db = await aDatabase()
const reads = readsOf(db, { connections: 2 })
after(async () => {
  await reads.close()
  await db[Symbol.asyncDispose]()
})

const platform = {
  ...reality,
  reads,
  clock: databaseClock(Date.now()),
  log: openLog({ service: 'test', level: 'silent' }),
}
const always = { isStirred: () => true }
const big = 1 as TenantId

/** So many products, each with words of its own. */
async function products(tenant: TenantId, count: number): Promise<void> {
  const client = new pg.Client({ connectionString: db.adminUrl })
  await client.connect()
  await client.query(
    `with made as (
       select gen_random_uuid() as id, number, array(
         select 'word' || (number * 61 + each) % 5003 from generate_series(1, 60) as each
       ) as words from generate_series(1, $2::int) as number
     ), documents as (
       insert into search.documents (tenant_id, product_id, entry, version)
       select $1, id, json_build_object(
         'id', id, 'slug', 'p-' || number, 'version', 1, 'createdAt', number,
         'name', json_build_object('en', 'Product ' || number), 'categories', '[]'::json,
         'brand', null, 'skus', json_build_array('S-' || number), 'minPrice', 1, 'maxPrice', 1,
         'picture', null, 'attributes', '[]'::json, 'visibleFrom', null, 'visibleUntil', null,
         'terms', json_build_object('name', words, 'about', '[]'::json, 'description', '[]'::json,
           'kind', '[]'::json),
         'words', json_build_object('en', words))::text, 1 from made
     )
     insert into search.availability (tenant_id, product_id, is_available)
     select $1, id, true from made`,
    [tenant, count],
  )
  await client.end()
}

test('while a large shop is read for the first time, others have their turn', async () => {
  await products(big, 5_000)
  let [longest, last, isOver] = [0, performance.now(), false]
  const tick = (): void => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
    if (!isOver) setImmediate(tick)
  }
  setImmediate(tick)
  const since = performance.now()
  const index = await openIndexes(platform, always).of(big)
  const took = performance.now() - since
  isOver = true
  assert.equal(index.products, 5_000)
  // Read at one go, a shop would keep everyone waiting for nearly all of that time.
  assert.ok(longest < took / 4, `${Math.round(longest)} of ${Math.round(took)} ms`)
})

test('more shops than memory has room for are read again, each whole', async () => {
  const shops = [2, 3, 4].map((id) => id as TenantId)
  for (const shop of shops) await products(shop, 200)
  const one = openIndexes(platform, always)
  await one.of(shops[0] as TenantId)
  const tight = openIndexes(platform, always, Math.floor(one.figures.bytes * 2.5))
  for (const shop of [...shops, ...shops]) {
    assert.equal((await tight.of(shop)).products, 200)
    assert.ok(tight.figures.shops <= 2, String(tight.figures.shops))
  }
  assert.equal(tight.figures.loads, 6)
})

test('a quiet shop is asked for changes every 10 s, and every 0.2 s while there are any', async () => {
  const shop = 5 as TenantId
  const state = { now: Date.now(), isStirred: false }
  const indexes = openIndexes(
    { ...platform, clock: { now: () => state.now } },
    { isStirred: () => state.isStirred },
  )
  const after = async (ms: number): Promise<number> => {
    state.now += ms
    return (await indexes.of(shop)).products
  }
  await products(shop, 1)
  assert.equal(await after(0), 1)
  assert.equal(await after(10_000), 1)

  await products(shop, 1)
  assert.equal(await after(9_000), 1, 'nobody said that anything happens')
  assert.equal(await after(1_000), 2)
  await products(shop, 1)
  assert.equal(await after(199), 2)
  assert.equal(await after(1), 3, 'what has changed is looked at again soon')

  assert.equal(await after(10_000), 3)
  await products(shop, 1)
  state.isStirred = true
  assert.equal(await after(200), 4)
})
