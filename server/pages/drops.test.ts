import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { TenantId } from '#platform/ids'

import { openDrops } from './drops.ts'

const [SHOP, OTHER] = [1 as TenantId, 2 as TenantId]

function pages() {
  const state = { now: 50_000, dropped: [] as TenantId[] }
  const drops = openDrops({ now: () => state.now }, (tenant) => void state.dropped.push(tenant))
  return { state, drops }
}

test('the first unit that moves drops the pages of its shop at once, those after it a second later', () => {
  const { state, drops } = pages()
  drops.moved(SHOP)
  assert.deepEqual(state.dropped, [SHOP])
  drops.moved(SHOP)
  drops.moved(OTHER)
  state.now += 999
  drops.settle(SHOP)
  assert.deepEqual(state.dropped, [SHOP, OTHER])
  state.now += 1
  drops.settle(SHOP)
  drops.settle(SHOP)
  assert.deepEqual(state.dropped, [SHOP, OTHER, SHOP])
  state.now += 5_000
  drops.settle(SHOP)
  assert.equal(state.dropped.length, 3, 'nothing has moved since')
})

test('what was changed drops them at once, however lately they were dropped', () => {
  const { state, drops } = pages()
  drops.moved(SHOP)
  drops.moved(SHOP)
  drops.changed(SHOP)
  assert.deepEqual(state.dropped, [SHOP, SHOP])
  state.now += 1_000
  drops.settle(SHOP)
  assert.equal(state.dropped.length, 2)
})

test('an import drops the pages of its shop ten times at once and then once a second', () => {
  const { state, drops } = pages()
  for (let row = 0; row < 5_000; row += 1) {
    drops.changed(SHOP)
    drops.settle(SHOP)
  }
  assert.equal(state.dropped.length, 10)
  drops.changed(OTHER)
  assert.equal(state.dropped.at(-1), OTHER)
  state.now += 999
  drops.settle(SHOP)
  assert.equal(state.dropped.length, 11)
  state.now += 1
  drops.settle(SHOP)
  assert.equal(state.dropped.length, 12)
  drops.changed(SHOP)
  assert.equal(state.dropped.length, 13)
})
