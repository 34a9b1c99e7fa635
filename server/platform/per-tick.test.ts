import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { TenantId } from './ids.ts'
import { perTick } from './per-tick.ts'
import { realWaiting } from './waiting.ts'

const [a, b] = [1 as TenantId, 2 as TenantId]

test('what is asked in one turn of the event loop is loaded once per tenant', async () => {
  const loads: [TenantId, string[]][] = []
  const load = perTick<string>(realWaiting, async (tenant, keys) => {
    loads.push([tenant, [...keys]])
    return new Map(keys.map((key) => [key, `${tenant} ${key}`]))
  })

  const asked = [load(a, ['x']), load(a, ['y', 'x']), load(b, ['x'])]
  await Promise.resolve()
  asked.push(load(a, ['z']))
  const [first, second, other, late] = await Promise.all(asked)
  assert.deepEqual(loads, [
    [a, ['x', 'y', 'z']],
    [b, ['x']],
  ])
  assert.equal(first?.get('x'), '1 x')
  assert.equal(second?.get('y'), '1 y')
  assert.equal(other?.get('x'), '2 x')
  assert.equal(late?.get('z'), '1 z')

  await load(a, ['x'])
  assert.equal(loads.length, 3)
})

test('a load that fails fails those who asked and nobody after them', async () => {
  let fails = true
  const load = perTick<string>(realWaiting, async (_, keys) => {
    if (fails) throw new Error('away')
    return new Map(keys.map((key) => [key, key]))
  })
  const together = await Promise.allSettled([load(a, ['x']), load(a, ['y'])])
  assert.deepEqual(
    together.map((each) => each.status),
    ['rejected', 'rejected'],
  )
  fails = false
  assert.equal((await load(a, ['x'])).get('x'), 'x')
})
