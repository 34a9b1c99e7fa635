import assert from 'node:assert/strict'
import { test } from 'node:test'

import fc from 'fast-check'

import { money } from '#platform/money'

import type { Cart, CartLine } from '../contract.ts'
import { carts, MOST_LINES, MOST_PARTS, MOST_UNITS } from './cart.ts'
import { capOf, merge } from './merge.ts'

const T0 = 1_000_000

interface Given {
  readonly sku: string
  readonly quantity: number
  readonly price?: number
  readonly pricedAt?: number
  readonly components?: NonNullable<CartLine['components']>
}

function aCart(id: string, lines: readonly Given[]): Cart {
  return {
    ...carts.initial,
    status: 'open',
    currency: 'UAH',
    lines: lines.map(({ sku, quantity, price = 100, pricedAt = T0, ...made }): CartLine => ({
      sku,
      productId: 'p',
      quantity,
      unitPrice: money(price, 'UAH'),
      holdId: `${id}/${sku}`,
      ...made,
      pricedAt,
    })),
  }
}

function check(guest: readonly Given[], mine: readonly Given[], caps: Record<string, number> = {}) {
  return merge(aCart('guest', guest), aCart('mine', mine), {
    mineId: 'mine',
    at: T0 + 10,
    promisedUntil: (pricedAt) => pricedAt + 100,
    caps: new Map(Object.entries(caps)),
  })
}

const words = (lines: readonly CartLine[]) => lines.map(({ sku, quantity }) => `${sku} ${quantity}`)

test('quantities of one SKU are added up, other lines come along', () => {
  const { lines, left } = check(
    [
      { sku: 'A', quantity: 2 },
      { sku: 'B', quantity: 1 },
    ],
    [
      { sku: 'A', quantity: 3 },
      { sku: 'C', quantity: 9 },
    ],
  )
  assert.deepEqual(words(lines), ['A 5', 'B 1'])
  assert.deepEqual(left, [])
  assert.deepEqual(
    lines.map(({ holdId }) => holdId),
    ['mine/A', 'mine/B'],
  )
})

test('what is above the limit or the stock is left, and the own line never shrinks', () => {
  assert.deepEqual(check([{ sku: 'A', quantity: MOST_UNITS }], [{ sku: 'A', quantity: 1 }]).left, [
    { sku: 'A', quantity: 1 },
  ])
  const some = check([{ sku: 'A', quantity: 4 }], [{ sku: 'A', quantity: 3 }], { A: 5 })
  assert.deepEqual([words(some.lines), some.left], [['A 5'], [{ sku: 'A', quantity: 2 }]])
  const none = check([{ sku: 'A', quantity: 4 }], [{ sku: 'A', quantity: 3 }], { A: 1 })
  assert.deepEqual([words(none.lines), none.left], [[], [{ sku: 'A', quantity: 4 }]])
  const gone = check([{ sku: 'A', quantity: 4 }], [], { A: 0 })
  assert.deepEqual([words(gone.lines), gone.left], [[], [{ sku: 'A', quantity: 4 }]])
})

test('a full cart takes more of what it has, and no new lines', () => {
  const full = Array.from({ length: MOST_LINES - 1 }, (_, n) => ({ sku: `S${n}`, quantity: 1 }))
  const guest = ['S0', 'X', 'Y'].map((sku) => ({ sku, quantity: 1 }))
  const { lines, left } = check(guest, full)
  assert.deepEqual(words(lines), ['S0 2', 'X 1'])
  assert.deepEqual(left, [{ sku: 'Y', quantity: 1 }])
})

test('the better promise wins: the lower of two that live, else the one that lives', () => {
  const priceOf = (guest: Partial<Given>, mine: Partial<Given>) => {
    const both = check([{ sku: 'A', quantity: 1, ...guest }], [{ sku: 'A', quantity: 1, ...mine }])
    return both.lines[0]?.unitPrice.amount
  }
  assert.equal(priceOf({ price: 90 }, { price: 95 }), 90)
  assert.equal(priceOf({ price: 95 }, { price: 90 }), 90)
  assert.equal(priceOf({ price: 90, pricedAt: T0 - 1000 }, { price: 95 }), 95)
  assert.equal(priceOf({ price: 95 }, { price: 90, pricedAt: T0 - 1000 }), 95)
  assert.equal(priceOf({ price: 90, pricedAt: T0 - 1000 }, { price: 95, pricedAt: T0 - 999 }), 95)
})

test('for any carts no unit appears or is lost: what moved and what is left is what the guest had', () => {
  const line = fc.record({
    sku: fc.constantFrom('A', 'B', 'C', 'D'),
    quantity: fc.integer({ min: 1, max: MOST_UNITS }),
  })
  const cart = fc.uniqueArray(line, { selector: ({ sku }) => sku })
  const caps = fc.dictionary(fc.constantFrom('A', 'B', 'C', 'D'), fc.nat(MOST_UNITS))
  fc.assert(
    fc.property(cart, cart, caps, (guest, mine, known) => {
      const { lines, left } = check(guest, mine, known)
      const sum = (all: readonly { sku: string; quantity: number }[], of: string) =>
        all.find(({ sku }) => sku === of)?.quantity ?? 0
      for (const { sku, quantity } of guest) {
        const had = sum(mine, sku)
        const has = Math.max(sum(lines, sku), had)
        assert.equal(has - had + sum(left, sku), quantity)
        assert(has <= MOST_UNITS)
        assert(has === had || has <= (known[sku] ?? MOST_UNITS))
      }
      assert.equal(new Set(lines.map(({ sku }) => sku)).size, lines.length)
    }),
  )
})

const parts = (count: number) =>
  Array.from({ length: count }, (_, place) => ({ sku: `P${place}`, quantity: 2 }))

test('a bundle is cut to what its shortest component leaves, and put together as the guest has it', () => {
  const components = [
    { sku: 'NET', quantity: 2 },
    { sku: 'BALL', quantity: 1 },
  ]
  const older = [{ sku: 'NET', quantity: 9 }]
  const guest = [{ sku: 'SET', quantity: 5, components }]
  const mine = [{ sku: 'SET', quantity: 1, components: older }]
  const { lines, left } = check(guest, mine, {
    [capOf('NET', 'SET')]: 7,
    [capOf('BALL', 'SET')]: 9,
  })
  assert.deepEqual(words(lines), ['SET 3'])
  assert.deepEqual(lines[0]?.components, components)
  assert.deepEqual(left, [{ sku: 'SET', quantity: 3 }])
  // What is known of a component alone says nothing of the bundle, nor the other way round.
  assert.deepEqual(words(check(guest, [], { NET: 1 }).lines), ['SET 5'])
})

test('a cart takes no more parts than it may have', () => {
  const mine = [{ sku: 'A', quantity: 1, components: parts(MOST_PARTS - 3) }]
  const guest = [
    { sku: 'SET', quantity: 1, components: parts(4) },
    { sku: 'PAIR', quantity: 1, components: parts(2) },
    { sku: 'BALL', quantity: 1 },
    { sku: 'NET', quantity: 1 },
  ]
  const { lines, left } = check(guest, mine)
  assert.deepEqual(words(lines), ['PAIR 1', 'BALL 1'])
  assert.deepEqual(
    left.map(({ sku }) => sku),
    ['SET', 'NET'],
  )
})
