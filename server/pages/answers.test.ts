import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { TenantId } from '#platform/ids'

import { openAnswers } from './answers.ts'
import { Said } from './said.ts'

const [SHOP, OTHER] = [1 as TenantId, 2 as TenantId]

/** An API that counts what it is asked, and says how often it was. */
function api(status = 200) {
  const state = { now: 50_000, asked: 0 }
  const answers = openAnswers({ now: () => state.now })
  const ask = (): Promise<Response> => {
    state.asked += 1
    const headers = new Headers({ 'content-type': 'application/json' })
    return Promise.resolve(new Said(`{"asked":${state.asked}}`, { status, headers }))
  }
  const of = async (path = '/api/v1/shop', tenant = SHOP, method = 'GET'): Promise<unknown> => {
    const request = new Request(`http://shop.example${path}`, { method })
    return (await answers.of(tenant, request, ask)).json()
  }
  return { state, answers, of }
}

test('what is asked again within a second is asked once, for each shop and address', async () => {
  const { state, of } = api()
  const both = await Promise.all([of(), of()])
  assert.deepEqual(both, [{ asked: 1 }, { asked: 1 }])
  assert.deepEqual(await of('/api/v1/shop?lang=uk'), { asked: 2 })
  assert.deepEqual(await of('/api/v1/shop', OTHER), { asked: 3 })
  state.now += 999
  assert.deepEqual(await of(), { asked: 1 })
  state.now += 1
  assert.deepEqual(await of(), { asked: 4 })
})

test('what changes in a shop is asked again at once', async () => {
  const { answers, of } = api()
  await of()
  await of('/api/v1/shop', OTHER)
  answers.dropAllOf(SHOP)
  assert.deepEqual(await of(), { asked: 3 })
  assert.deepEqual(await of('/api/v1/shop', OTHER), { asked: 2 })
})

test('a refusal is for those who asked just now, and what changes something is never kept', async () => {
  const refusing = api(503)
  assert.deepEqual(await refusing.of(), { asked: 1 })
  assert.deepEqual(await refusing.of(), { asked: 2 })
  const { of } = api()
  await of('/api/v1/carts', SHOP, 'POST')
  assert.deepEqual(await of('/api/v1/carts', SHOP, 'POST'), { asked: 2 })
})

test('nobody can change what others are told', async () => {
  const { of } = api()
  const told = (await of()) as { asked: number }
  assert.throws(() => (told.asked = 7), TypeError)
  assert.deepEqual(await of(), { asked: 1 })
})
