import assert from 'node:assert/strict'
import { test } from 'node:test'

import pg from 'pg'

import { openShop } from '../../tests/support/shop.ts'
import { sentences, verify } from '../../tools/verify/verify.ts'
import { growOrders, growProducts, growShops, tellPatterns } from './grown-shop.ts'

test('a shop that was grown is sound, and says so of as many things as were made', async () => {
  await using shop = await openShop()
  const database = new pg.Client({ connectionString: shop.database.adminUrl })
  await database.connect()
  try {
    const patterns = await tellPatterns(shop.program.url, database)
    await shop.program.kill('SIGTERM')
    await growProducts(database, patterns, 200)
    await growOrders(database, patterns, { orders: 500, products: 150 })
    const ids = await growShops(database, patterns, { shops: 5, products: 10 })
    assert.equal(ids.length, 5)

    const findings = await verify(database)
    assert.deepEqual(sentences(findings), [])
    const looked = (promise: string): number =>
      findings.find(({ check }) => check.promise === promise)?.checked ?? 0
    assert(looked('a confirmed order is paid once, in full') >= 450)
    assert(looked('an order that waits has a deadline') >= 50)

    // What is left out of one copy is found: the copies are really looked at.
    await database.query(`delete from platform.transfers
      where verb = 'post' and unit = 'GROWN-7' and ctid = (
        select ctid from platform.transfers where verb = 'post' and unit = 'GROWN-7' limit 1)`)
    assert.notDeepEqual(sentences(await verify(database)), [])
  } finally {
    await database.end()
  }
})
