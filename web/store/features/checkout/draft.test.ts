import assert from 'node:assert/strict'
import { test } from 'node:test'

import { stepOf, typedIn } from './draft.ts'

const contact = { phone: '+380 67 123 45 67', email: 'olena@example.test', name: 'Олена' }
const address = { country: 'UA', city: 'Київ', line1: 'Хрещатик 1' }
const rest = { delivery: 'post', payment: 'card' }

function formOf(said: Readonly<Record<string, string>>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(said)) form.set(name, value)
  return form
}

test('a buyer is led to the first step that is not done', () => {
  assert.equal(stepOf({}), 'contact')
  assert.equal(stepOf({ ...contact, email: 'olena' }), 'contact')
  assert.equal(stepOf({ ...contact, phone: 'call me' }), 'contact')
  assert.equal(stepOf(contact), 'address')
  assert.equal(stepOf({ ...contact, ...address, city: ' ' }), 'address')
  assert.equal(stepOf({ ...contact, ...address }), 'delivery')
  assert.equal(stepOf({ ...contact, ...address, delivery: 'post' }), 'payment')
  assert.equal(stepOf({ ...contact, ...address, ...rest }), 'review')
})

test('who comes for the goods is asked for no address', () => {
  assert.equal(stepOf({ ...contact, delivery: 'pickup' }), 'payment')
  assert.equal(stepOf({ ...contact, delivery: 'pickup', payment: 'card' }), 'review')
  assert.equal(stepOf({ ...contact, delivery: 'post', payment: 'card' }), 'address')
})

test('a form says what its fields say, without the space around it, and nothing else', () => {
  const typed = typedIn(formOf({ city: ' Київ ', line2: '', key: 'mine', cartId: 'another' }))
  assert.deepEqual(typed, { city: 'Київ', line2: '' })
})

test('what is typed fits into a cookie, whatever it is', () => {
  const names = [...Object.keys(contact), ...Object.keys(address), 'line2', 'postalCode']
  const typed = typedIn(formOf(Object.fromEntries(names.map((name) => [name, 'щ'.repeat(9_000)]))))
  const bytes = Buffer.byteLength(JSON.stringify(typed))
  assert.ok((bytes * 4) / 3 < 3_000, `${bytes} bytes`)
})
