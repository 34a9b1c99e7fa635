import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

import { root } from './tree.ts'

interface Schema {
  readonly properties?: Readonly<Record<string, unknown>>
}

interface Operation {
  readonly operationId: string
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> }>
  >
}

const { paths } = JSON.parse(readFileSync(`${root}docs/openapi.json`, 'utf8')) as {
  paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

/** The fields of a good answer. */
function fieldsOf(operationId: string): Readonly<Record<string, unknown>> {
  const all = Object.values(paths).flatMap((path) => Object.values(path))
  const operation = all.find((each) => each.operationId === operationId)
  const good = Object.entries(operation?.responses ?? {}).find(([status]) => status.startsWith('2'))
  const fields = good?.[1].content?.['application/json']?.schema.properties
  assert(fields !== undefined, `${operationId} answers with an object`)
  return fields
}

function without(
  fields: Readonly<Record<string, unknown>>,
  ...names: string[]
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)))
}

/** Contexts share no values, so checkout says again what an order is: it must say the same. */
test('an order looks the same whoever answers with it, but for what only its buyer gets', () => {
  const order = without(fieldsOf('getOrder'), 'email', 'shippingAddress')
  assert.deepEqual(fieldsOf('cancelOrder'), order)
  assert.deepEqual(fieldsOf('setOrderStatus'), order)
  assert.deepEqual(without(fieldsOf('placeOrder'), 'payment', 'token'), order)
})

test('a payment looks the same whoever answers with it', () => {
  for (const id of ['openPayment', 'processPayment', 'refundPayment']) {
    assert.deepEqual(fieldsOf(id), fieldsOf('getPayment'), id)
  }
})

test('a field that is missing or differs would be seen', () => {
  assert.notDeepEqual(fieldsOf('placeOrder'), fieldsOf('getOrder'))
  assert.throws(() => fieldsOf('nothing'), /answers with an object/)
})
