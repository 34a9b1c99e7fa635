import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Transfer } from '#platform/ledger/transfer'

import type { HoldRequest, ShopStock } from '../contract.ts'
import { holdIdsOf, shopStock } from './shop-stock.ts'

const shelves = { warehouses: ['kyiv', 'lviv'], backorders: new Set(['SOON']) }
const request: HoldRequest = { holdId: 'c/BALL', sku: 'BALL', quantity: 2, forSeconds: 1800 }

/** Two nets and a ball. */
const set = {
  holdId: 'c/SET',
  sku: 'SET',
  quantity: 3,
  components: [
    { sku: 'NET', quantity: 2 },
    { sku: 'BALL', quantity: 1 },
  ],
}

/** The hold of a SKU that is no bundle. */
function only({ hold }: ShopStock, asked: HoldRequest): Transfer & { verb: 'hold' } {
  const [first, ...others] = hold(asked)
  assert(first?.verb === 'hold' && others.length === 0)
  return first
}

function candidates(transfer: Transfer): readonly string[] {
  assert(transfer.verb === 'hold')
  return transfer.from.map(({ name }) => name)
}

/** Verb, hold and amount of each transfer. */
function words(transfers: readonly Transfer[]): readonly string[] {
  return transfers.map((each) => {
    const id = 'id' in each ? each.id : ''
    return [each.verb, id, ...('amount' in each ? [each.amount] : [])].join(' ')
  })
}

test('a hold tries the warehouses in their order, and what is not there yet last', () => {
  const stock = shopStock(shelves)
  assert.deepEqual(candidates(only(stock, request)), ['on-hand/kyiv', 'on-hand/lviv'])
  const soon = candidates(only(stock, { ...request, sku: 'SOON' }))
  assert.deepEqual(soon, ['on-hand/kyiv', 'on-hand/lviv', 'backorder'])
})

test('a line of an order that is placed chooses anew, as it was planned', () => {
  const stock = shopStock(shelves, new Map([['c/BALL', ['lviv', 'kyiv']]]))
  const planned = only(stock, request)
  assert(planned.choosesAnew === true)
  assert.deepEqual(candidates(planned), ['on-hand/lviv', 'on-hand/kyiv'])
  const other = only(stock, { ...request, holdId: 'c/NET', sku: 'NET' })
  assert(other.choosesAnew === undefined)
})

test('a hold lasts an hour in all until payment starts (INVENTORY-5)', () => {
  const { hold, slide } = shopStock(shelves)
  const limits = (transfers: readonly Transfer[]): readonly (number | undefined)[] =>
    transfers.map((each) => ('atMostSeconds' in each ? each.atMostSeconds : undefined))
  assert.deepEqual(limits(hold(request)), [3600])
  assert.deepEqual(limits(slide(set, 1800)), [3600, 3600])
  assert.deepEqual(limits(hold({ ...request, isPaying: true })), [undefined])
})

test('a bundle is held, slid, let go and sold by its components (INVENTORY-9)', () => {
  const { hold, slide, release, sell } = shopStock(shelves)
  const held = hold({ ...set, isNew: true, forSeconds: 60 })
  assert.deepEqual(words(held), ['hold c/SET/NET 6', 'hold c/SET/BALL 3'])
  assert(held.every((each) => each.verb === 'hold' && each.isNew === true))
  const [net] = held
  assert(net?.verb === 'hold' && net.from.every(({ unit }) => unit === 'NET'))
  assert.deepEqual(net.refusal, {
    code: 'inventory.not-enough',
    sku: 'NET',
    wanted: 6,
    bundle: 'SET',
  })
  assert.deepEqual(words(slide(set, 60)), ['extend c/SET/NET', 'extend c/SET/BALL'])
  assert.deepEqual(words(release(set)), ['void c/SET/NET', 'void c/SET/BALL'])
  assert.deepEqual(words(sell(set)), ['post c/SET/NET', 'post c/SET/BALL'])
  assert.deepEqual(holdIdsOf(set), ['c/SET/NET', 'c/SET/BALL'])
  assert.deepEqual(holdIdsOf(request), ['c/BALL'])
})

test('a component that a bundle names twice is one demand', () => {
  const { hold } = shopStock(shelves)
  const components = [...set.components, { sku: 'NET', quantity: 1 }]
  const held = hold({ ...set, components, forSeconds: 60 })
  assert.deepEqual(words(held), ['hold c/SET/NET 9', 'hold c/SET/BALL 3'])
})

test('a line whose bundle has become another lets the old parts go and begins anew', () => {
  const { hold } = shopStock(shelves)
  const now = { ...set, components: [{ sku: 'BALL', quantity: 2 }] }
  const held = hold({ ...now, before: set, isNew: false, forSeconds: 60 })
  assert.deepEqual(words(held), ['void c/SET/NET', 'void c/SET/BALL', 'hold c/SET/BALL 6'])
  const plain = hold({ holdId: 'c/SET', sku: 'SET', quantity: 1, before: set, forSeconds: 60 })
  assert.deepEqual(words(plain), ['void c/SET/NET', 'void c/SET/BALL', 'hold c/SET 1'])
  const more = hold({ ...set, quantity: 4, before: set, forSeconds: 60 })
  assert.deepEqual(words(more), ['hold c/SET/NET 8', 'hold c/SET/BALL 4'])
})
