import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Tail, TailListener } from '#platform/cache/tail'
import type { TenantId } from '#platform/ids'

import { openStirring } from './stirring.ts'

const [SHOP, OTHER] = [1 as TenantId, 2 as TenantId]

/** A log whose end is told by hand, and a time that is set. */
function aLog() {
  const state = { now: 100_000, currentTo: 100_000 }
  const listeners: TailListener[] = []
  const tail = {
    hear: (listener: TailListener) => void listeners.push(listener),
    currentTo: () => state.currentTo,
  } as unknown as Tail
  const clock = { now: () => state.now }
  return {
    clock,
    stirring: openStirring(clock, tail),
    tell: (what: (listener: TailListener) => void) => listeners.forEach(what),
    pass(ms: number, isFollowed = true) {
      state.now += ms
      if (isFollowed) state.currentTo = state.now
    },
  }
}

test('a shop is stirred for 10 s by events and moves of its own, and all are at the start', () => {
  const { stirring, tell, pass } = aLog()
  assert.ok(stirring.isStirred(SHOP))
  pass(10_000)
  assert.ok(!stirring.isStirred(SHOP))

  tell(({ told }) => told({ tenant: SHOP, type: 'catalog.product-changed', stream: 'product/1' }))
  assert.ok(stirring.isStirred(SHOP))
  assert.ok(!stirring.isStirred(OTHER))
  pass(9_999)
  assert.ok(stirring.isStirred(SHOP))
  pass(1)
  assert.ok(!stirring.isStirred(SHOP))

  tell(({ moved }) => moved({ tenant: OTHER, unit: 'A' }))
  assert.ok(stirring.isStirred(OTHER))
})

test('every shop is stirred while the log is not followed, and after some of it was lost', () => {
  const { clock, stirring, tell, pass } = aLog()
  pass(10_000)
  pass(1_000, false)
  assert.ok(stirring.isStirred(SHOP))
  pass(0)
  assert.ok(!stirring.isStirred(SHOP))
  tell(({ lost }) => lost())
  assert.ok(stirring.isStirred(SHOP))
  pass(10_000)
  assert.ok(!stirring.isStirred(SHOP))
  assert.ok(openStirring(clock, undefined).isStirred(SHOP))
})

test('of more shops than are remembered none is taken for quiet', () => {
  const { stirring, tell, pass } = aLog()
  pass(10_000)
  for (let shop = 1; shop <= 20_001; shop += 1) {
    tell(({ moved }) => moved({ tenant: shop as TenantId, unit: 'A' }))
  }
  assert.ok(stirring.isStirred(30_000 as TenantId))
})
