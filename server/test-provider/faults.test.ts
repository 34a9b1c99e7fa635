import assert from 'node:assert/strict'
import { test } from 'node:test'

import { Dice, NO_FAULTS, readFaults } from './faults.ts'
import { json, shoes, start } from './running.testing.ts'

test('dice of one seed fall the same way, and as often as they should', () => {
  const rolls = (seed: number) => {
    const dice = new Dice(seed)
    return Array.from({ length: 10_000 }, () => dice.falls(0.2))
  }
  assert.deepEqual(rolls(7), rolls(7))
  assert.notDeepEqual(rolls(7), rolls(8))
  const fallen = rolls(7).filter(Boolean).length
  assert(fallen > 1_850 && fallen < 2_150, `${fallen}`)
  assert.equal(new Dice(1).falls(0), false)
  assert.equal(new Dice(1).falls(1), true)
})

test('faults are read strictly: no other name, no odds outside 0 and 1', () => {
  assert.deepEqual(readFaults({}), NO_FAULTS)
  assert.equal(readFaults({ webhooks: { lost: 0.5 } })?.webhooks.lost, 0.5)
  for (const bad of [
    null,
    5,
    { loses: 1 },
    { losesAnswer: 2 },
    { losesAnswer: '1' },
    { losesAnswer: Number.NaN },
    { slowMs: -1 },
    { seed: 0.5 },
    { webhooks: null },
    { webhooks: { lots: 1 } },
    { webhooks: { late: -1 } },
  ]) {
    assert.equal(readFaults(bad), undefined, JSON.stringify(bad))
  }
})

test('it fails before, fails after charging, or loses the answer, as it is told', async () => {
  await using provider = await start('--delay-ms', '0', '--faults', '{"failsBefore": 1}')
  const charge = (key: string) => provider.post('/v1/charges', key, shoes)
  assert.equal((await charge('k1')).status, 500)
  assert.equal((await provider.list()).length, 0)

  assert.equal((await provider.faults({ failsAfterCharging: 1 })).status, 200)
  assert.equal((await charge('k2')).status, 500)
  assert.equal((await provider.list()).length, 1)

  await provider.faults({ losesAnswer: 1 })
  await assert.rejects(charge('k3'), /fetch failed/)
  assert.equal((await provider.list()).length, 2)

  await provider.faults({})
  assert.equal((await charge('k3')).status, 201)
  assert.equal((await provider.list()).length, 2)
  assert.equal((await provider.faults({ losesAnswer: 5 })).status, 422)
  assert.deepEqual(await (await fetch(`${provider.url}/v1/faults`)).json(), NO_FAULTS)
})

test('the same seed and the same requests meet the same faults', async () => {
  const met = async () => {
    await using provider = await start(
      '--delay-ms',
      '0',
      '--faults',
      '{"seed":3,"failsBefore":0.5}',
    )
    const statuses: number[] = []
    for (let n = 0; n < 20; n += 1) {
      statuses.push((await provider.post('/v1/charges', `k${n}`, shoes)).status)
    }
    return statuses
  }
  const first = await met()
  assert(first.includes(500) && first.includes(201))
  assert.deepEqual(await met(), first)
})

test('a refund may be refused for good, and the money stays with the shop', async () => {
  await using provider = await start('--delay-ms', '0')
  const { id } = await json(await provider.post('/v1/charges', 'k1', shoes))
  await provider.faults({ refusesRefunds: 1 })
  const refund = () => provider.post('/v1/refunds', 'r1', { charge: id, amount: 900 })
  assert.equal((await refund()).status, 402)
  await provider.faults({})
  assert.equal((await json(await refund())).error.code, 'refund_refused')
  assert.equal((await provider.list())[0]?.amountRefunded, 0)
  assert.equal((await provider.post('/v1/refunds', 'r2', { charge: id, amount: 900 })).status, 201)
})

test('a slow provider takes its time', async () => {
  await using provider = await start('--delay-ms', '0', '--faults', '{"slowMs": 400}')
  const since = performance.now()
  await Promise.all(
    Array.from({ length: 10 }, (_, n) => provider.post('/v1/charges', `k${n}`, shoes)),
  )
  // Ten rolls of the seed are never all below a tenth.
  assert(performance.now() - since > 40)
})

test('it hangs, before or after it has done what was asked, until whoever asked gives up', async () => {
  await using provider = await start('--delay-ms', '0', '--faults', '{"hangsBefore": 1}')
  const body = JSON.stringify(shoes)
  const charge = (key: string) =>
    fetch(`${provider.url}/v1/charges`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body,
      signal: AbortSignal.timeout(300),
    })
  await assert.rejects(charge('k1'), { name: 'TimeoutError' })
  await provider.faults({})
  assert.equal((await provider.list()).length, 0)

  await provider.faults({ hangsAfterCharging: 1 })
  await assert.rejects(charge('k2'), { name: 'TimeoutError' })
  assert.equal((await provider.list()).length, 1)

  await provider.faults({})
  assert.equal((await charge('k2')).status, 201)
  assert.equal((await provider.list()).length, 1)
})
