import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { TenantId } from '#platform/ids'

import { underWay } from './under-way.ts'

const [A, B] = [1 as TenantId, 2 as TenantId]

/** Loads that end when they are told to. */
function aLoad() {
  const asked: string[] = []
  const open: PromiseWithResolvers<void>[] = []
  const generations = new Map<TenantId, number>()
  const load = underWay<string>(
    async (tenant, keys) => {
      const place = asked.push(`${tenant}: ${keys.join()}`)
      const gate = Promise.withResolvers<void>()
      open.push(gate)
      await gate.promise
      return new Map(keys.map((key) => [key, `${key} of load ${place}`]))
    },
    (tenant) => generations.get(tenant) ?? 0,
  )
  return { asked, open, load, changed: (tenant: TenantId) => generations.set(tenant, 1) }
}

test('what is being loaded is not loaded again, and all who asked are answered', async () => {
  const { asked, open, load } = aLoad()
  const first = load(A, ['one', 'two'])
  const second = load(A, ['two', 'three'])
  const elsewhere = load(B, ['one'])
  assert.deepEqual(asked, ['1: one,two', '1: three', '2: one'])
  for (const { resolve } of open) resolve()
  assert.equal((await first).get('two'), 'two of load 1')
  assert.deepEqual([...(await second)].length, 3)
  assert.equal((await second).get('three'), 'three of load 2')
  assert.equal((await elsewhere).get('one'), 'one of load 3')
  const later = load(A, ['one'])
  open.at(-1)?.resolve()
  assert.equal((await later).get('one'), 'one of load 4', 'nothing is remembered')
})

test('what was changed meanwhile is loaded anew', async () => {
  const { asked, open, load, changed } = aLoad()
  const before = load(A, ['one'])
  changed(A)
  const after = load(A, ['one'])
  assert.equal(asked.length, 2)
  for (const { resolve } of open) resolve()
  assert.equal((await before).get('one'), 'one of load 1')
  assert.equal((await after).get('one'), 'one of load 2')
})

test('a load that fails fails all who waited for it, and the next is tried', async () => {
  const { asked, open, load } = aLoad()
  const both = Promise.allSettled([load(A, ['one']), load(A, ['one'])])
  open[0]?.reject(new Error('away'))
  assert.deepEqual(
    (await both).map(({ status }) => status),
    ['rejected', 'rejected'],
  )
  const again = load(A, ['one'])
  assert.equal(asked.length, 2)
  open[1]?.resolve()
  assert.equal((await again).get('one'), 'one of load 2')
})
