import assert from 'node:assert/strict'
import { test } from 'node:test'

import { pauseOf, shownOf } from './state.ts'

const reserved = { status: 'reserved' } as const

test('an order is told by its own state as soon as that says enough', () => {
  for (const status of ['confirmed', 'fulfilled', 'cancelled'] as const) {
    assert.equal(shownOf({ status }, { status: 'processing' }, undefined), status)
  }
})

test('until then its payment tells how far it is', () => {
  assert.equal(shownOf(reserved, { status: 'pending' }, undefined), 'to-pay')
  assert.equal(shownOf(reserved, null, undefined), 'to-pay')
  assert.equal(shownOf(reserved, { status: 'processing' }, undefined), 'paying')
  assert.equal(shownOf(reserved, { status: 'processing' }, 'https://bank.test'), 'bank')
  assert.equal(shownOf(reserved, { status: 'declined' }, 'https://bank.test'), 'declined')
  assert.equal(shownOf(reserved, { status: 'succeeded' }, undefined), 'paying')
})

test('what waits for money is looked at often, then ever less, and what is over never', () => {
  const pauses = Array.from({ length: 20 }, (_, looks) => pauseOf('paying', looks) ?? 0)
  assert.deepEqual(
    pauses,
    pauses.toSorted((a, b) => a - b),
  )
  assert.equal(pauses[0], 1_000)
  assert.equal(pauses.at(-1), 15_000)
  assert.equal(pauseOf('cancelled', 0), null)
  assert.equal(pauseOf('asking', 0), null)
})
