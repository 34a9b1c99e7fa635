import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Problem } from '../support/client.ts'
import { crowd, tally } from '../support/crowd.ts'
import { processesAsked } from '../support/processes.ts'
import { aCart, add, aProductWith, must } from '../support/sale.ts'
import { openShop } from '../support/shop.ts'

const CLIENTS = 200

/** More are for a release: `npm run test:crash -- --processes`. */
const ROUNDS = Number(process.env['TEST_ROUNDS'] ?? 150)

/** Shown with accounts that are read without a lock, in `bugs.ts`. */
test('200 clients of two processes for one unit, again and again: each time one gets it', async (t) => {
  await using shop = await openShop({ processes: processesAsked('2') })
  const clients = shop.clients({ connections: CLIENTS })
  const product = await aProductWith(shop, 0)
  const admin = await shop.signedIn('admin')
  const stock = `/api/v1/products/${product.id}/stock`
  const carts = await crowd(CLIENTS, CLIENTS, () => aCart(clients[0]!))
  const winners = clients.map(() => 0)
  const times: number[] = []

  for (let round = 0; round < ROUNDS; round += 1) {
    must(await admin.patch(stock, { delta: 1, reason: 'the next one' }), 200)
    const since = performance.now()
    const answers = await crowd(CLIENTS, CLIENTS, (number) =>
      add<Partial<Problem>>(clients[number % clients.length]!, carts[number]!, product.sku),
    )
    times.push(performance.now() - since)
    assert.deepEqual(
      tally(answers.map(({ status, body }) => `${status} ${body.code ?? 'line'}`)),
      { '201 line': 1, '409 inventory.not-enough': CLIENTS - 1 },
      `round ${round}`,
    )
    const winner = answers.findIndex(({ status }) => status === 201)
    winners[winner % clients.length]! += 1
    carts[winner] = await aCart(clients[winner % clients.length]!)
  }

  const [shelf] = await shop.query(
    `select sum(posted)::int as posted, sum(held)::int as held,
       (select sum(amount)::int from platform.holds where unit = $1) as holds
     from platform.accounts where unit = $1 and name like 'on-hand/%'`,
    [product.sku],
  )
  assert.deepEqual(shelf, { posted: ROUNDS, held: ROUNDS, holds: ROUNDS })
  await shop.mustBeSound()
  const sorted = times.toSorted((a, b) => a - b)
  t.diagnostic(
    `${ROUNDS} rounds, ${winners.join(' and ')} won by each process; a round took p50 ` +
      `${sorted[sorted.length >> 1]!.toFixed(0)} ms, max ${sorted.at(-1)!.toFixed(0)} ms`,
  )
})
