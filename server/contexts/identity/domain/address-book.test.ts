import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { AddressEvent } from '../contract.ts'
import {
  type AddressBook,
  addressBooks,
  change,
  keep,
  MOST_ADDRESSES,
  remove,
} from './address-book.ts'

const read = (events: readonly AddressEvent[], from: AddressBook = addressBooks.initial) =>
  events.reduce((book, event) => addressBooks.apply(book, event, { at: 0 } as never), from)

const kept = (book: AddressBook, id: string, isUsual = false): AddressBook => {
  const outcome = keep(book, id, isUsual)
  assert.ok(outcome.ok)
  return read(outcome.value.events, book)
}

const two = kept(kept(addressBooks.initial, 'home'), 'work')

test('the first address is the usual one, the next are not by themselves', () => {
  assert.deepEqual(two, { ids: ['home', 'work'], usual: 'home' })
})

test('another usual address takes the place of the one before', () => {
  const outcome = change(two, 'work', true)
  assert.ok(outcome.ok)
  assert.equal(outcome.value.unusual, 'home')
  assert.equal(read(outcome.value.events, two).usual, 'work')
})

test('the usual address stays so when only its text changes', () => {
  const outcome = change(two, 'home', false)
  assert.ok(outcome.ok)
  assert.deepEqual([outcome.value.isUsual, outcome.value.unusual], [true, null])
  assert.equal(read(outcome.value.events, two).usual, 'home')
})

test('without the usual address there is none', () => {
  const outcome = remove(two, 'home')
  assert.ok(outcome.ok)
  assert.deepEqual(read(outcome.value, two), { ids: ['work'], usual: null })
})

test('an address of nobody is neither changed nor removed', () => {
  const unknown = { code: 'identity.address-unknown' }
  for (const outcome of [change(two, 'gone', false), remove(two, 'gone')]) {
    assert.deepEqual(outcome.ok ? undefined : outcome.refusal, unknown)
  }
})

test('one more than the most is not kept', () => {
  let book = addressBooks.initial
  for (let i = 0; i < MOST_ADDRESSES; i += 1) book = kept(book, `${i}`)
  const outcome = keep(book, 'more', false)
  assert.deepEqual(outcome.ok ? undefined : outcome.refusal, {
    code: 'identity.addresses-full',
    most: MOST_ADDRESSES,
  })
})
