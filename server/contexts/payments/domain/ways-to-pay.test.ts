import assert from 'node:assert/strict'
import { test } from 'node:test'

import { publicProvider, waysToPay } from './ways-to-pay.ts'

const stripe = { methods: ['card', 'ideal', 'newest'], tokenMethods: ['card'] }

test('ways to pay keep the order of the provider and say which need its own form', () => {
  assert.deepEqual(
    waysToPay(stripe, 'en').map(({ method, needsToken }) => [method, needsToken]),
    [
      ['card', true],
      ['ideal', false],
      ['newest', false],
    ],
  )
})

test('a way to pay is called as people of the language call it', () => {
  const names = (language: string) => waysToPay(stripe, language).map(({ name }) => name)
  assert.deepEqual(names('uk'), ['Карткою', 'iDEAL', 'newest'])
  assert.deepEqual(names('ru'), ['Картой', 'iDEAL', 'newest'])
  assert.deepEqual(names('en'), ['Card', 'iDEAL', 'newest'])
})

test('a language without names of its own has the English ones', () => {
  assert.equal(waysToPay(stripe, 'pl')[0]?.name, 'Card')
})

test('a provider goes by its public name, and only the one to try a shop with is a test', () => {
  assert.deepEqual(publicProvider('stripe', 'uk'), { name: 'Stripe', isTest: false })
  assert.deepEqual(publicProvider('test', 'uk'), { name: 'Тестовий провайдер', isTest: true })
  assert.deepEqual(publicProvider('newest', 'en'), { name: 'newest', isTest: false })
})
