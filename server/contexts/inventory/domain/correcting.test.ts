import assert from 'node:assert/strict'
import { test } from 'node:test'

import { correct } from './correcting.ts'

const warehouses = [
  { code: 'kyiv', name: 'Київ', isMain: true },
  { code: 'lviv', name: 'Львів', isMain: false },
]

function check(correction: Parameters<typeof correct>[1]) {
  const outcome = correct('BALL-5', correction, warehouses)
  assert(outcome.ok)
  return outcome.value.transfers.map((transfer) =>
    transfer.verb === 'count'
      ? `${transfer.account.name} = ${transfer.amount}`
      : transfer.verb === 'move'
        ? `${transfer.amount}: ${JSON.stringify(transfer.from)} → ${transfer.to.name}`
        : transfer.verb,
  )
}

test('a quantity without a warehouse is the whole shop: main gets it, the others are emptied', () => {
  assert.deepEqual(check({ quantity: 100, reason: 'count' }), [
    'on-hand/kyiv = 100',
    'on-hand/lviv = 0',
  ])
})

test('a quantity with a warehouse is of that warehouse alone', () => {
  assert.deepEqual(check({ quantity: 7, warehouse: 'lviv', reason: 'count' }), ['on-hand/lviv = 7'])
})

test('a delta moves units between the shelf and the world', () => {
  assert.deepEqual(check({ delta: -3, reason: 'broken' }), [
    '3: {"name":"on-hand/kyiv","unit":"BALL-5"} → world/corrected',
  ])
  assert.deepEqual(check({ delta: 2, warehouse: 'lviv', reason: 'found' }), [
    '2: {"name":"world/corrected","unit":"BALL-5"} → on-hand/lviv',
  ])
})

test('a correction in a warehouse the shop does not have is refused', () => {
  const outcome = correct('BALL-5', { delta: 1, warehouse: 'mars', reason: 'x' }, warehouses)
  assert.deepEqual(outcome, {
    ok: false,
    refusal: { code: 'inventory.unknown-warehouse', warehouse: 'mars' },
  })
})
