import assert from 'node:assert/strict'
import { test } from 'node:test'

import fc from 'fast-check'

import { money } from '#platform/money'

import type { Cart, CartEvent } from '../contract.ts'
import {
  carts,
  LIFE_MS,
  MOST_LINES,
  MOST_PARTS,
  MOST_UNITS,
  ready,
  setLine,
  usable,
} from './cart.ts'

const T0 = 1_000_000

function aCart(...events: CartEvent[]): Cart {
  const all: CartEvent[] = [{ type: 'cart.created', currency: 'UAH', userId: null }, ...events]
  return all.reduce(
    (cart, event, index) => carts.apply(cart, event, { version: index + 1, at: T0 }),
    carts.initial,
  )
}

const line = (sku: string, quantity: number): CartEvent => ({
  type: 'cart.line-set',
  sku,
  productId: 'p',
  quantity,
  unitPrice: money(100, 'UAH'),
  holdId: `c/${sku}`,
})

const wish = (sku: string, quantity: { set: number } | { add: number }) => ({
  sku,
  productId: 'p',
  components: [],
  priced: () => ({ unitPrice: money(100, 'UAH'), pricedAt: T0 }),
  quantity,
})

const asked = (at: number, userId: string | null = null, versions?: number[]) => ({
  at,
  userId,
  versions,
})

function check(outcome: { ok: boolean; refusal?: { code: string } }, code: string): void {
  assert.equal(outcome.refusal?.code, code)
}

test('adding to a line sums, setting replaces', () => {
  const cart = aCart(line('BALL', 2))
  const added = setLine(cart, 'c', wish('BALL', { add: 3 }))
  const set = setLine(cart, 'c', wish('BALL', { set: 3 }))
  assert(added.ok && set.ok)
  assert.equal(added.value.quantity, 5)
  assert.equal(set.value.quantity, 3)
})

test('a cart is unknown, closed, merged, expired or stale, and says which', () => {
  check(usable(carts.initial, 'c', asked(T0)), 'cart.unknown')
  check(usable(aCart({ type: 'cart.closed', orderId: 'o' }), 'c', asked(T0)), 'cart.closed')
  const merged = aCart({ type: 'cart.merged', into: 'd', userId: 'olena' })
  check(usable(merged, 'c', asked(T0, 'olena')), 'cart.merged')
  check(usable(aCart(), 'c', asked(T0 + LIFE_MS)), 'cart.expired')
  check(usable(aCart({ type: 'cart.expired' }), 'c', asked(T0)), 'cart.expired')
  check(usable(aCart(), 'c', asked(T0, null, [7])), 'cart.version-stale')
  check(usable(aCart(), 'c', asked(T0, null, [])), 'cart.version-stale')
  assert(usable(aCart(), 'c', asked(T0 + LIFE_MS - 1, null, [3, 1])).ok)
})

test('a cart of a guest is anyone’s who knows it, a claimed one is its user’s alone', () => {
  assert(usable(aCart(), 'c', asked(T0, 'petro')).ok)
  const claimed = aCart({ type: 'cart.claimed', userId: 'olena' })
  assert(usable(claimed, 'c', asked(T0, 'olena')).ok)
  check(usable(claimed, 'c', asked(T0, 'petro')), 'cart.unknown')
  check(usable(claimed, 'c', asked(T0)), 'cart.unknown')
  check(
    ready(aCart(line('A', 1), { type: 'cart.claimed', userId: 'o' }), 'c', asked(T0)),
    'cart.unknown',
  )
})

test('a line remembers since when its price was shown', () => {
  assert.equal(aCart(line('A', 1)).lines[0]?.pricedAt, T0)
  const earlier = { ...line('A', 1), pricedAt: T0 - 5 } as CartEvent
  assert.equal(aCart(earlier).lines[0]?.pricedAt, T0 - 5)
})

test('setting a line that is not there, a line too many and units too many are refused', () => {
  check(setLine(aCart(), 'c', wish('BALL', { set: 1 })), 'cart.line-unknown')
  const full = aCart(...Array.from({ length: MOST_LINES }, (_, place) => line(`S${place}`, 1)))
  check(setLine(full, 'c', wish('BALL', { add: 1 })), 'cart.full')
  const heavy = aCart(line('BALL', MOST_UNITS))
  check(setLine(heavy, 'c', wish('BALL', { add: 1 })), 'cart.quantity-too-large')
})

test('a bundle is a line with its components, and a cart of too many parts takes no more', () => {
  const components = Array.from({ length: MOST_PARTS - 1 }, (_, n) => ({
    sku: `P${n}`,
    quantity: 1,
  }))
  const bundle = { ...wish('SET', { add: 1 }), components }
  const set = setLine(aCart(line('BALL', 1)), 'c', bundle)
  assert(set.ok)
  assert.equal(set.value.components, components)
  const two = aCart(line('BALL', 1), line('NET', 1))
  check(setLine(two, 'c', bundle), 'cart.too-many-parts')
  // The parts it has by now are not counted beside those it gets.
  const full = aCart({ type: 'cart.line-set', ...set.value } as CartEvent, line('BALL', 1))
  assert(setLine(full, 'c', bundle).ok)
  check(setLine(full, 'c', wish('NET', { add: 1 })), 'cart.too-many-parts')
  const plain = setLine(full, 'c', wish('SET', { set: 2 }))
  assert(plain.ok && plain.value.components === undefined)
})

test('an empty cart cannot be ordered', () => {
  check(ready(aCart(), 'c', asked(T0)), 'cart.empty')
  check(
    ready(aCart(line('A', 1), { type: 'cart.line-removed', sku: 'A' }), 'c', asked(T0)),
    'cart.empty',
  )
  assert(ready(aCart(line('A', 1)), 'c', asked(T0)).ok)
})

test('for any edits a SKU has at most one line, and its quantity is the last one set', () => {
  const edit = fc.record({ sku: fc.constantFrom('A', 'B', 'C'), quantity: fc.nat({ max: 5 }) })
  fc.assert(
    fc.property(fc.array(edit), (edits) => {
      const events = edits.map(({ sku, quantity }): CartEvent =>
        quantity === 0 ? { type: 'cart.line-removed', sku } : line(sku, quantity),
      )
      const model = new Map<string, number>()
      for (const { sku, quantity } of edits) {
        if (quantity === 0) model.delete(sku)
        else model.set(sku, quantity)
      }
      const lines = aCart(...events).lines.map(({ sku, quantity }) => [sku, quantity] as const)
      assert.deepEqual(new Map(lines), model)
      assert.equal(lines.length, model.size)
    }),
  )
})
