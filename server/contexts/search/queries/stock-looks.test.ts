import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Tail, TailListener } from '#platform/cache/tail'
import type { TenantId } from '#platform/ids'

import { realWaiting } from '../../../platform/waiting.ts'
import type { Shown } from '../domain/entry.ts'
import { openStockLooks } from './stock-looks.ts'

const SHOP = 1 as TenantId

const entryOf = (sku: string): Shown => ({
  id: sku,
  slug: sku,
  createdAt: 0,
  name: {},
  category: null,
  brand: null,
  skus: [sku],
  minPrice: 1,
  maxPrice: 1,
  picture: null,
})

/** Stock that counts how often it is asked, a log whose end is told by hand, and a time that is set. */
function aShop(isFollowed = true) {
  const state = { now: 100_000, currentTo: 100_000, asked: 0 }
  const free = new Map<string, number>()
  const listeners: TailListener[] = []
  const tail = {
    hear: (listener: TailListener) => void listeners.push(listener),
    currentTo: () => state.currentTo,
  } as unknown as Tail
  const looks = openStockLooks(
    { clock: { now: () => state.now }, waiting: realWaiting },
    {
      availabilities: {
        async of(_tenant, skus) {
          state.asked += 1
          return new Map(
            skus.map((sku) => {
              const units = free.get(sku) ?? 0
              return [sku, { free: units, word: units > 0 ? 'in-stock' : 'out' }]
            }),
          )
        },
        forget: () => undefined,
      },
      bundles: {
        bundles: async () => new Map([['PART', ['BUNDLE']]]),
        forget: () => undefined,
      },
      ...(isFollowed ? { tail } : {}),
    },
  )
  const pass = (ms: number, isFollowedStill = true): void => {
    state.now += ms
    if (isFollowedStill) state.currentTo = state.now
  }
  const moved = (unit: string): void => {
    for (const listener of listeners) listener.moved({ tenant: SHOP, unit })
  }
  const lost = (): void => {
    for (const listener of listeners) listener.lost()
  }
  return { state, free, looks, pass, moved, lost }
}

test('what is known of stock holds as long as the log tells that nothing moved', async () => {
  const { state, free, looks, pass, moved, lost } = aShop()
  const ball = entryOf('BALL')
  free.set('BALL', 1)
  assert.deepEqual(await looks.soldOut(SHOP, [ball]), [])
  pass(5_000)
  assert.deepEqual(await looks.soldOut(SHOP, [ball]), [])
  assert.equal(state.asked, 1)

  free.set('BALL', 0)
  moved('BALL')
  assert.deepEqual(await looks.soldOut(SHOP, [ball]), ['BALL'])
  assert.equal(state.asked, 2)
  free.set('BALL', 1)
  pass(1_000)
  assert.deepEqual(await looks.soldOut(SHOP, [ball]), [])
  pass(10)
  moved('OTHER')
  assert.deepEqual(await looks.soldOut(SHOP, [ball]), [])
  assert.equal(state.asked, 3)
  lost()
  await looks.soldOut(SHOP, [ball])
  assert.equal(state.asked, 4)
})

test('stock is looked at anew after a second when nobody follows the log, or it does not go on', async () => {
  for (const isFollowed of [true, false]) {
    const { state, free, looks, pass } = aShop(isFollowed)
    const ball = entryOf('BALL')
    free.set('BALL', 1)
    await looks.soldOut(SHOP, [ball])
    free.set('BALL', 0)
    pass(999, false)
    assert.deepEqual(await looks.soldOut(SHOP, [ball]), [])
    pass(1, false)
    assert.deepEqual(await looks.soldOut(SHOP, [ball]), ['BALL'])
    assert.equal(state.asked, 2)
  }
})

test('what is new here is looked at again after ten seconds, and then after five minutes', async () => {
  const { state, free, looks, pass } = aShop()
  const ball = entryOf('BALL')
  free.set('BALL', 1)
  for (const [ms, asked] of [
    [0, 1],
    [9_999, 1],
    [1, 2],
    [299_999, 2],
    [1, 3],
  ] as const) {
    pass(ms)
    await looks.soldOut(SHOP, [ball])
    assert.equal(state.asked, asked)
  }
})

test('what has been here for ten seconds is looked at once in five minutes', async () => {
  const { state, free, looks, pass } = aShop()
  const ball = { ...entryOf('BALL'), knownAt: state.now - 9_999 }
  const net = { ...entryOf('NET'), knownAt: state.now - 10_000 }
  for (const sku of ['BALL', 'NET']) free.set(sku, 1)
  await looks.soldOut(SHOP, [ball])
  await looks.soldOut(SHOP, [net])
  pass(10_000)
  await looks.soldOut(SHOP, [ball])
  assert.equal(state.asked, 3)
  await looks.soldOut(SHOP, [net])
  pass(289_999)
  await looks.soldOut(SHOP, [net])
  assert.equal(state.asked, 3)
  pass(1)
  await looks.soldOut(SHOP, [net])
  assert.equal(state.asked, 4)
})

test('a bundle is looked at every second, because its components move under other names', async () => {
  const { free, looks, pass, moved } = aShop()
  const bundle = entryOf('BUNDLE')
  free.set('BUNDLE', 1)
  assert.deepEqual(await looks.soldOut(SHOP, [bundle]), [])
  free.set('BUNDLE', 0)
  pass(1_000)
  moved('PART')
  assert.deepEqual(await looks.soldOut(SHOP, [bundle]), ['BUNDLE'])
})
