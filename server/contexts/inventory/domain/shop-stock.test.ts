import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Transfer } from '#platform/ledger/transfer'

import type { HoldRequest } from '../contract.ts'
import { shopStock } from './shop-stock.ts'

const shelves = { warehouses: ['kyiv', 'lviv'], backorders: new Set(['SOON']) }
const request: HoldRequest = { id: 'c/BALL', sku: 'BALL', quantity: 2, forSeconds: 1800 }

function candidates(transfer: Transfer): readonly string[] {
  assert(transfer.verb === 'hold')
  return transfer.from.map(({ name }) => name)
}

test('a hold tries the warehouses in their order, and what is not there yet last', () => {
  const { hold } = shopStock(shelves)
  assert.deepEqual(candidates(hold(request)), ['on-hand/kyiv', 'on-hand/lviv'])
  const soon = candidates(hold({ ...request, sku: 'SOON' }))
  assert.deepEqual(soon, ['on-hand/kyiv', 'on-hand/lviv', 'backorder'])
})

test('a line of an order that is placed chooses anew, as it was planned', () => {
  const { hold } = shopStock(shelves, new Map([['c/BALL', ['lviv', 'kyiv']]]))
  const planned = hold(request)
  assert(planned.verb === 'hold' && planned.choosesAnew === true)
  assert.deepEqual(candidates(planned), ['on-hand/lviv', 'on-hand/kyiv'])
  const other = hold({ ...request, id: 'c/NET', sku: 'NET' })
  assert(other.verb === 'hold' && other.choosesAnew === undefined)
})

test('a hold lasts an hour in all until payment starts (INVENTORY-5)', () => {
  const { hold, slide } = shopStock(shelves)
  const limit = (transfer: Transfer): number | undefined =>
    'atMostSeconds' in transfer ? transfer.atMostSeconds : undefined
  assert.equal(limit(hold(request)), 3600)
  assert.equal(limit(slide('c/BALL', 1800)), 3600)
  assert.equal(limit(hold({ ...request, isPaying: true })), undefined)
})
