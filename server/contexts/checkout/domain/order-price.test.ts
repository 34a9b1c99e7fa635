import assert from 'node:assert/strict'
import { test } from 'node:test'

import { money } from '#platform/money'
import type { Offer } from '#context/catalog'
import type { Pricing } from '#context/pricing'

import { price } from './order-price.ts'

const uah = (amount: number) => money(amount, 'UAH')

const pricing: Pricing = {
  total: (currency, lines, delivery) => {
    const totals = lines.map(({ sku, quantity, unitPrice }) => ({
      sku,
      total: money(unitPrice.amount * quantity, currency),
    }))
    const items = money(
      totals.reduce((all, { total }) => all + total.amount, 0),
      currency,
    )
    const none = money(0, currency)
    const total = money(items.amount + delivery.amount, currency)
    return { lines: totals, items, discount: none, delivery, tax: none, total }
  },
}

const line = { sku: 'BALL', productId: 'p', quantity: 2, unitPrice: uah(100), holdId: 'c/BALL' }

function check(priceNow: number, expectedTotal?: number) {
  const offer = {
    productId: 'p',
    sku: 'BALL',
    name: { uk: 'Мʼяч', en: 'Ball' },
    options: [],
    price: uah(priceNow),
    weightGrams: null,
    status: 'active',
  } satisfies Offer
  return price(pricing, [line], new Map([['BALL', offer]]), {
    currency: 'UAH',
    delivery: uah(50),
    language: 'en',
    ...(expectedTotal === undefined ? {} : { expectedTotal: uah(expectedTotal) }),
  })
}

test('a price that is still what the cart showed is charged, with the delivery', () => {
  const outcome = check(100)
  assert(outcome.ok)
  assert.deepEqual(outcome.value.total, uah(250))
  assert.equal(outcome.value.lines[0]?.name, 'Ball')
})

test('a price that changed is not charged before the buyer agrees to the new total', () => {
  assert.deepEqual(check(120), {
    ok: false,
    refusal: { code: 'pricing.changed', total: uah(290), expected: null },
  })
  assert(check(120, 290).ok)
  assert(!check(120, 250).ok)
})

test('an expected total is only a guard: a lower one is refused, not charged', () => {
  const outcome = check(100, 1)
  assert(!outcome.ok)
  assert.equal(outcome.refusal.code, 'pricing.changed')
})
