import assert from 'node:assert/strict'
import { test } from 'node:test'

import { money } from '#platform/money'
import type { PricedOffer, Pricing } from '#context/pricing'

import { price } from './order-price.ts'

const uah = (amount: number) => money(amount, 'UAH')
const T0 = 1_000_000
const PROMISE_MS = 1000

/** Promises a price for a second; what is not asked here throws. */
const pricing = {
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
    // A tenth of each line is tax, and no more than that is asked of the rates here.
    const taxed = totals.map(({ sku, total }) => ({
      sku,
      total,
      discount: none,
      tax: money(total.amount / 10, currency),
      rate: { name: 'Tenth', partsPerMillion: 100_000 },
      delivery,
      deliveryTax: none,
    }))
    const tax = money(items.amount / 10, currency)
    const total = money(items.amount + delivery.amount, currency)
    return { lines: taxed, items, discount: none, delivery, tax, total }
  },
  quote: ({ prices }, { currency }) => {
    const unitPrice = prices[currency]
    return unitPrice && { unitPrice, was: null, list: null }
  },
  charge({ unitPrice, pricedAt }, now, at) {
    const isHigher = now.amount > unitPrice.amount
    if (isHigher && at < pricedAt + PROMISE_MS) return { unitPrice, isRaised: false }
    return { unitPrice: now, isRaised: isHigher }
  },
} as Partial<Pricing> as Pricing

const line = { sku: 'BALL', productId: 'p', quantity: 2, unitPrice: uah(100), holdId: 'c/BALL' }

function check(priceNow: number, expectedTotal?: number, at = T0, currency = 'UAH') {
  const offer = {
    productId: 'p',
    sku: 'BALL',
    name: { uk: 'Мʼяч', en: 'Ball' },
    options: [],
    price: uah(priceNow),
    prices: { UAH: uah(priceNow) },
    specials: [],
    components: [],
    taxCategory: null,
    weightGrams: null,
    status: 'active',
  } satisfies PricedOffer
  return price(pricing, [{ ...line, pricedAt: T0 }], new Map([['BALL', offer]]), {
    currency,
    market: null,
    taxes: { areIncluded: true, rounding: 'half-up', zone: 'ua', source: 'own', rates: {} },
    delivery: money(50, currency),
    language: 'en',
    at,
    ...(expectedTotal === undefined ? {} : { expectedTotal: uah(expectedTotal) }),
  })
}

function totalOf(outcome: ReturnType<typeof check>) {
  return outcome.ok ? outcome.value.total.amount : outcome.refusal.code
}

test('a price that is still what the cart showed is charged, with the delivery', () => {
  const outcome = check(100)
  assert(outcome.ok)
  assert.deepEqual(outcome.value.total, uah(250))
  assert.equal(outcome.value.lines[0]?.name, 'Ball')
})

test('everything that was computed of a line is stored with it, and how the order was taxed', () => {
  const outcome = check(100)
  assert(outcome.ok)
  const { holdId: _, ...stored } = outcome.value.lines[0] ?? assert.fail()
  assert.deepEqual(stored, {
    sku: 'BALL',
    productId: 'p',
    name: 'Ball',
    quantity: 2,
    unitPrice: uah(100),
    discount: uah(0),
    tax: uah(20),
    taxRate: 100_000,
    taxName: 'Tenth',
    total: uah(200),
    delivery: uah(50),
    deliveryTax: uah(0),
  })
  assert.deepEqual(outcome.value.taxes, { areIncluded: true, zone: 'ua', source: 'own' })
  assert.deepEqual(outcome.value.tax, uah(20))
})

test('a raised price is not charged while its promise lasts', () => {
  assert.equal(totalOf(check(120, undefined, T0 + PROMISE_MS - 1)), 250)
  assert.equal(totalOf(check(120, 250, T0 + PROMISE_MS - 1)), 250)
  assert.equal(totalOf(check(120, 290, T0 + PROMISE_MS - 1)), 'pricing.changed')
})

test('after the promise the buyer is asked, with both totals and the lines', () => {
  const late = T0 + PROMISE_MS
  assert.deepEqual(check(120, undefined, late), {
    ok: false,
    refusal: {
      code: 'pricing.changed',
      total: uah(290),
      shown: uah(250),
      expected: null,
      lines: [{ sku: 'BALL', quantity: 2, shown: uah(100), now: uah(120) }],
    },
  })
  assert.equal(totalOf(check(120, 290, late)), 290)
  assert.equal(totalOf(check(120, 250, late)), 'pricing.changed')
})

test('a lower price is given at once, unless another total was named', () => {
  assert.equal(totalOf(check(80)), 210)
  assert.equal(totalOf(check(80, undefined, T0 + PROMISE_MS)), 210)
  assert.equal(totalOf(check(80, 250)), 'pricing.changed')
})

test('an expected total is only a guard: a lower one is refused, not charged', () => {
  assert.equal(totalOf(check(100, 1)), 'pricing.changed')
})

test('what has no price in the currency of the cart cannot be ordered in it', () => {
  assert.equal(totalOf(check(100, undefined, T0, 'EUR')), 'cart.price-missing')
  assert.equal(totalOf(check(100, 250, T0, 'EUR')), 'checkout.currency-wrong')
})
