import assert from 'node:assert/strict'
import { test } from 'node:test'

import fc from 'fast-check'

import { money } from '#platform/money'

import { charge, promisedUntil, PROMISE_MS, reprice } from './promise.ts'

const T0 = 1_000_000_000
const uah = (amount: number) => money(amount, 'UAH')
const shown = { unitPrice: uah(100), pricedAt: T0 }

test('a price is promised for 15 minutes, to the millisecond', () => {
  assert.equal(promisedUntil(T0) - T0, 15 * 60 * 1000)
  const until = promisedUntil(T0)
  assert.deepEqual(charge(shown, uah(101), until - 1), { unitPrice: uah(100), isRaised: false })
  assert.deepEqual(charge(shown, uah(101), until), { unitPrice: uah(101), isRaised: true })
})

test('a lower or equal price is charged at once and needs no consent', () => {
  for (const at of [T0, promisedUntil(T0), promisedUntil(T0) + 1]) {
    assert.deepEqual(charge(shown, uah(99), at), { unitPrice: uah(99), isRaised: false })
    assert.deepEqual(charge(shown, uah(100), at), { unitPrice: uah(100), isRaised: false })
  }
})

test('touching a line keeps a raised price and the end of its promise (PRICING-2)', () => {
  assert.deepEqual(reprice(shown, uah(120), T0 + 5), shown)
  assert.deepEqual(reprice(shown, uah(120), T0 + PROMISE_MS), {
    unitPrice: uah(120),
    pricedAt: T0 + PROMISE_MS,
  })
  assert.deepEqual(reprice(shown, uah(100), T0 + 5), { unitPrice: uah(100), pricedAt: T0 + 5 })
  assert.deepEqual(reprice(undefined, uah(7), T0), { unitPrice: uah(7), pricedAt: T0 })
})

test('for any prices and touches nobody pays more than the least that was shown within 15 minutes (PRICING-1)', () => {
  const step = fc.record({ price: fc.integer({ min: 1, max: 5 }), wait: fc.nat(PROMISE_MS) })
  fc.assert(
    fc.property(fc.array(step, { minLength: 2, maxLength: 20 }), (steps) => {
      let at = T0
      let line: ReturnType<typeof reprice> | undefined
      const asked: { at: number; amount: number }[] = []
      for (const { price, wait } of steps) {
        at += wait
        const charged = line === undefined ? undefined : charge(line, uah(price), at)
        if (charged !== undefined && line !== undefined) {
          assert(charged.unitPrice.amount <= Math.max(price, line.unitPrice.amount))
          // Without being asked nobody pays more than the line shows.
          if (!charged.isRaised) assert(charged.unitPrice.amount <= line.unitPrice.amount)
          if (at < promisedUntil(line.pricedAt)) assert(!charged.isRaised)
        }
        line = reprice(line, uah(price), at)
        asked.push({ at, amount: price })
        // What the line shows is a price the shop asked, at the time it says.
        const source = asked.find(
          (each) => each.at === line?.pricedAt && each.amount === line.unitPrice.amount,
        )
        assert(source !== undefined)
        assert(line.unitPrice.amount <= price)
      }
    }),
  )
})
