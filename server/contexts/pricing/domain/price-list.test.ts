import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { TenantId } from '#platform/ids'

import { allowed, isSame, listPrices, priceLists } from './price-list.ts'

const tenant = {
  id: 1 as TenantId,
  slug: 'demo',
  name: 'Demo',
  currency: 'UAH',
  languages: ['uk'],
  holdMinutes: 30,
  timeZone: 'Europe/Kyiv',
  delivery: { pickup: 0, post: 7500 },
}

function check(currency: string, delivery: Record<string, number>): string {
  const outcome = allowed(tenant, { currency, delivery })
  return outcome.ok ? 'fine' : outcome.refusal.code
}

test('a list is of another currency than the catalog’s, for ways the shop delivers', () => {
  assert.equal(check('EUR', { post: 300 }), 'fine')
  assert.equal(check('EUR', {}), 'fine')
  assert.equal(check('UAH', { post: 300 }), 'pricing.list-of-catalog')
  assert.equal(check('EUR', { drone: 300 }), 'pricing.delivery-unknown')
  assert.equal(check('EUR', { constructor: 300 }), 'pricing.delivery-unknown')
})

test('a list is what was set last, and the same list is no change', () => {
  const list = { currency: 'EUR', delivery: { post: 300 } }
  const set = { type: 'pricing.list-set', ...list } as const
  assert.deepEqual(priceLists.apply(priceLists.initial, set, { at: 0, version: 1 }).list, list)
  assert(isSame(list, { currency: 'EUR', delivery: { post: 300 } }))
  assert(!isSame(list, { currency: 'EUR', delivery: { post: 300, pickup: 0 } }))
  assert(!isSame(list, { currency: 'EUR', delivery: { post: 301 } }))
  assert(!isSame(null, { currency: 'EUR', delivery: {} }))
})

test('a price that was removed is none', () => {
  const of = { currency: 'EUR', sku: 'BALL' }
  const recorded = { at: 0, version: 1 }
  const set = { type: 'pricing.price-set', ...of, amount: 5 } as const
  const removed = { type: 'pricing.price-removed', ...of } as const
  const state = listPrices.apply(listPrices.initial, set, recorded)
  assert.equal(state.amount, 5)
  assert.equal(listPrices.apply(state, removed, recorded).amount, null)
})
