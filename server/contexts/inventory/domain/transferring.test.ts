import assert from 'node:assert/strict'
import { test } from 'node:test'

import fc from 'fast-check'

import type { TransferEvent } from '../contract.ts'
import { left, receiving, transfers, wellFormed, type OnTheWay } from './transferring.ts'

const ID = '5f0c1d2e-0000-4000-8000-000000000000'
const sent: TransferEvent = {
  type: 'inventory.transfer-sent',
  from: 'kyiv',
  to: 'lviv',
  lines: [
    { sku: 'A', quantity: 5 },
    { sku: 'B', quantity: 2 },
  ],
}
const after = (before: OnTheWay, event: TransferEvent): OnTheWay =>
  transfers.apply(before, event, { version: 1, at: 0 })
const onTheWay = after(transfers.initial, sent)

test('a transfer is of two warehouses and names a SKU once', () => {
  const code = (from: string, to: string, skus: readonly string[]) =>
    wellFormed(
      from,
      to,
      skus.map((sku) => ({ sku, quantity: 1 })),
    )?.code
  assert.equal(code('kyiv', 'kyiv', ['A']), 'inventory.same-warehouse')
  assert.equal(code('kyiv', 'lviv', ['A', 'B', 'A']), 'inventory.sku-twice')
  assert.equal(code('kyiv', 'lviv', ['A', 'B']), undefined)
})

test('more than is on its way cannot be received, nor what was never sent', () => {
  for (const sku of ['A', 'C']) {
    const outcome = receiving(onTheWay, ID, [{ sku, quantity: 6 }], undefined)
    assert.deepEqual(outcome, {
      ok: false,
      refusal: { code: 'inventory.not-sent', sku, wanted: 6, left: sku === 'A' ? 5 : 0 },
    })
  }
})

test('what is missing stays on its way, or is lost when somebody says why', () => {
  const part = receiving(onTheWay, ID, [{ sku: 'A', quantity: 3 }], undefined)
  assert(part.ok)
  const waiting = after(onTheWay, part.value)
  assert.equal(waiting.status, 'on-the-way')
  assert.deepEqual(left(waiting), [
    { sku: 'A', quantity: 2 },
    { sku: 'B', quantity: 2 },
  ])
  const rest = receiving(waiting, ID, [{ sku: 'B', quantity: 2 }], 'fell off the truck')
  assert(rest.ok)
  assert.deepEqual(rest.value.lost, [{ sku: 'A', quantity: 2 }])
  const over = after(waiting, rest.value)
  assert.equal(over.status, 'received')
  assert.deepEqual(left(over), [])
  assert.equal(receiving(over, ID, undefined, undefined).ok, false)
})

test('whatever comes in which parts, no unit is made and none is forgotten (INVENTORY-7)', () => {
  const part = fc.record({ a: fc.nat(4), b: fc.nat(4), isLast: fc.boolean() })
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      let state = onTheWay
      for (const { a, b, isLast } of parts) {
        const lines = [
          { sku: 'A', quantity: a },
          { sku: 'B', quantity: b },
        ].filter(({ quantity }) => quantity > 0)
        const outcome = receiving(state, ID, lines, isLast ? 'lost' : undefined)
        if (outcome.ok) state = after(state, outcome.value)
        for (const { sent: all, received, lost, returned } of state.lines) {
          const still = all - received - lost - returned
          assert(still >= 0)
          if (state.status === 'received') assert.equal(still, 0)
        }
      }
    }),
  )
})
