/** What the index says of a product, whoever makes it anew at once: two stand for two processes. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'

import type { CatalogProducts, IndexedProduct } from '#context/catalog'
import type { Availabilities, Availability } from '#context/inventory'

import { aDatabase } from '../../../../tests/support/database.ts'
import { readsOf, writerOf } from '../../../../tests/support/store.ts'
import { randomIds, type Id, type TenantId } from '../../../platform/ids.ts'
import { availabilityOf, entriesOfProducts } from '../store/documents.ts'
import { openRefresh } from './refresh.ts'

const SHOP = 1 as TenantId

const db = await aDatabase()
const writer = await writerOf(db, { lanes: 2 })
const reads = readsOf(db, { connections: 4 })
after(async () => {
  await writer.close()
  await reads.close()
  await db[Symbol.asyncDispose]()
})

/** A product as a test sets it, and a way for what was read of it that may be held up. */
function aProduct(id: Id) {
  const state = { name: '', units: 0, way: Promise.resolve(), asked: 0 }
  const seen = (): IndexedProduct => ({
    id,
    slug: 'ball',
    name: { en: state.name },
    description: {},
    categoryPath: [],
    brand: null,
    skus: ['BALL'],
    minPrice: 1,
    maxPrice: 1,
    attributes: [],
    isVisible: true,
    visibleFrom: null,
    visibleUntil: null,
    createdAt: '2026-11-23T00:00:00.000Z',
    version: 1,
    picture: null,
    pictures: [],
    rated: 0,
  })
  const products: Pick<CatalogProducts, 'products' | 'idsAfter'> = {
    products: async () => [seen()],
    idsAfter: async () => [],
  }
  const availabilities: Pick<Availabilities, 'of'> = {
    async of() {
      state.asked += 1
      const { way, units } = state
      await way
      return new Map([['BALL', { word: units > 0 ? 'in-stock' : 'out' } as Availability]])
    },
  }
  const parts = { products, availabilities }
  const process = () => openRefresh({ reads, write: writer.write, ids: randomIds }, parts)
  return { state, one: process(), other: process() }
}

/** Holds up the first, lets the second pass, then the first. */
async function inTurns(
  state: { way: Promise<void>; asked: number },
  slow: () => Promise<number>,
  between: () => Promise<unknown>,
): Promise<void> {
  const held = Promise.withResolvers<void>()
  state.way = held.promise
  const before = state.asked
  const late = slow()
  while (state.asked === before) await new Promise(setImmediate)
  state.way = Promise.resolve()
  await between()
  held.resolve()
  await late
}

test('who read a product before another and writes it after does not have the last word', async () => {
  const id = randomIds.next()
  const { state, one, other } = aProduct(id)
  Object.assign(state, { name: 'First' })
  await one.products(SHOP, [id])
  Object.assign(state, { name: 'Second' })
  await inTurns(
    state,
    () => one.products(SHOP, [id]),
    () => {
      state.name = 'Third'
      return other.products(SHOP, [id])
    },
  )
  const entry = (await entriesOfProducts(reads, SHOP, [id])).get(id)?.value ?? ''
  assert.match(entry, /Third/)
})

test('the last unit of a new product that is sold while it is indexed is gone in the index as well', async () => {
  const id = randomIds.next()
  const { state, one, other } = aProduct(id)
  Object.assign(state, { name: 'Ball', units: 1 })
  await inTurns(
    state,
    () => one.products(SHOP, [id]),
    () => {
      state.units = 0
      return other.stock(SHOP, [id])
    },
  )
  assert.equal((await availabilityOf(reads, SHOP, [id])).get(id)?.value, false)
})

test('of what comes without units nothing is noted, until some move', async () => {
  const id = randomIds.next()
  const { state, one } = aProduct(id)
  Object.assign(state, { name: 'Ball' })
  await one.products(SHOP, [id])
  assert.equal((await availabilityOf(reads, SHOP, [id])).size, 0)
  state.units = 1
  await one.stock(SHOP, [id])
  assert.equal((await availabilityOf(reads, SHOP, [id])).get(id)?.value, true)
})
