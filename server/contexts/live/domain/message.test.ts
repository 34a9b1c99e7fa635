import assert from 'node:assert/strict'
import { test } from 'node:test'

import fc from 'fast-check'

import { Admission } from './admission.ts'
import { isOwnOrigin, MOST_PRODUCTS, readMessage } from './message.ts'

const id = '5f0c1e9a-0000-4000-8000-000000000001'

test('a message names products it wants and wants no more, and what was heard last', () => {
  assert.deepEqual(readMessage(`{"subscribe":["${id}"],"since":"1.20"}`), {
    ok: true,
    value: { subscribe: [id], unsubscribe: [], since: '1.20' },
  })
  assert.equal(readMessage(`{"unsubscribe":["${id}"]}`).ok, true)
})

test('whatever else is sent is refused, never thrown', () => {
  const anything = fc.oneof(fc.string(), fc.json())
  fc.assert(
    fc.property(anything, (text) => {
      const read = readMessage(text)
      if (read.ok) {
        assert((read.value.subscribe?.length ?? 0) <= MOST_PRODUCTS)
      } else assert.equal(read.refusal.code, 'live.message-invalid')
    }),
  )
})

test('a page is of the shop when its address has the very same host', () => {
  const host = 'demo.localhost:3000'
  for (const own of [undefined, 'http://demo.localhost:3000', 'https://DEMO.localhost:3000']) {
    assert.equal(isOwnOrigin(own, host), true, String(own))
  }
  for (const other of [
    '',
    'null',
    'http://demo.localhost',
    'http://second.localhost:3000',
    'http://demo.localhost:3000.evil.example',
    'http://evil.example@demo.localhost:3000',
    'file://demo.localhost:3000',
  ]) {
    assert.equal(isOwnOrigin(other, host), false, other)
  }
})

test('LIVE-3: so many pages are let in, of one address and of all, and others as those leave', () => {
  const admission = new Admission({ connections: 3, perAddress: 2 })
  const may = (address: string): boolean => admission.mayCome(address).ok
  for (let n = 0; n < 2; n += 1) admission.come('a')
  assert.deepEqual([may('a'), may('b')], [false, true])
  admission.come('b')
  assert.deepEqual([may('b'), may('c'), admission.connected], [false, false, 3])
  admission.go('a')
  assert.deepEqual([may('a'), may('c')], [true, true])
})
