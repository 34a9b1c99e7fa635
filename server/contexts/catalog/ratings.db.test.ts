/** Where products stand in lists by rating, whoever puts them there at once. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'

import pg from 'pg'

import { aDatabase } from '../../../tests/support/database.ts'
import { readsOf, writerOf } from '../../../tests/support/store.ts'
import { databaseClock } from '../../platform/database-clock.ts'
import { randomIds } from '../../platform/ids.ts'
import { aCatalog, demo } from './catalog.testing.ts'
import { rateListed } from './commands/rate-listed.ts'
import { ratedAs } from './domain/said.ts'

const db = await aDatabase()
const shop = await aCatalog(db)
const writer = await writerOf(db, { clock: databaseClock(Date.now()), lanes: 2 })
const reads = readsOf(db, { connections: 4 })
const admin = new pg.Client({ connectionString: db.adminUrl })
await admin.connect()
after(async () => {
  await admin.end()
  await writer.close()
  await reads.close()
  await shop[Symbol.asyncDispose]()
  await db[Symbol.asyncDispose]()
})

type Counts = [number, number, number, number, number]

const aProduct = (sku: string) =>
  shop.product({ sku, name: 'Перша', price: { amount: 100, currency: 'UAH' } })

const ratedIn = async (id: string): Promise<number | undefined> => {
  const { rows } = await admin.query('select rated from catalog.listed where product_id = $1', [id])
  return rows[0]?.rated
}

/** Rates one product by ratings that a test sets, and that may be held up on their way. */
function aRating(id: string) {
  const state: { counts: Counts; way: Promise<void> } = {
    counts: [0, 0, 0, 0, 0],
    way: Promise.resolve(),
  }
  const ratings = async () => {
    const { counts, way } = state
    await way
    return new Map([[id, { count: 1, average: 1, counts }]])
  }
  const platform = { reads, write: writer.write, ids: randomIds }
  return { state, rate: () => rateListed(platform, { ratings })(demo.id, id) }
}

test('who read a rating before another and writes it after does not have the last word', async () => {
  const { id } = await aProduct('RATED')
  const { state, rate } = aRating(id)
  const held = Promise.withResolvers<void>()
  Object.assign(state, { counts: [1, 0, 0, 0, 0], way: held.promise })
  const slow = rate()
  Object.assign(state, { counts: [1, 0, 0, 0, 9], way: Promise.resolve() })
  await rate()
  assert.equal(await ratedIn(id), ratedAs(state.counts))
  held.resolve()
  await slow
  assert.equal(await ratedIn(id), ratedAs(state.counts))
})

test('an edit leaves the place of a product, and what is in no list has none', async () => {
  const { id } = await aProduct('STAYS')
  const { state, rate } = aRating(id)
  state.counts = [0, 0, 0, 0, 4]
  await rate()
  const rated = ratedAs(state.counts)
  assert.equal(await ratedIn(id), rated)
  const patched = await shop.call('PATCH', `/api/v1/products/${id}`, { name: 'Друга' })
  assert.equal(patched.status, 200, patched.text)
  assert.equal(await ratedIn(id), rated)
  const gone = await shop.call('DELETE', `/api/v1/products/${id}`)
  assert.equal(gone.status, 204)
  await rate()
  assert.equal(await ratedIn(id), undefined)
})
