import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Problem } from '../support/client.ts'
import { crowd, tally } from '../support/crowd.ts'
import { processesAsked } from '../support/processes.ts'
import { aBundle, aCart, add, aProductWith, must } from '../support/sale.ts'
import { openShop } from '../support/shop.ts'

const CLIENTS = 200
const ROUNDS = 10

test('200 clients of two processes for the last units of a bundle and of its component at once: none is promised twice', async (t) => {
  await using shop = await openShop({ processes: processesAsked('2') })
  const clients = shop.clients({ connections: CLIENTS })
  const [ball, net] = [await aProductWith(shop, 2), await aProductWith(shop, 1, 1)]
  const set = await aBundle(shop, [
    { sku: ball.sku, quantity: 2 },
    { sku: net.sku, quantity: 1 },
  ])
  const admin = await shop.signedIn('admin')
  const comes = async (productId: string, delta: number): Promise<void> => {
    const correction = { delta, reason: 'the next ones' }
    must(await admin.patch(`/api/v1/products/${productId}/stock`, correction), 200)
  }
  const carts = await crowd(CLIENTS, CLIENTS, () => aCart(clients[0]!))
  let [sets, balls] = [0, 0]

  for (let round = 1; round <= ROUNDS; round += 1) {
    // Whoever asks first is not always of the same half.
    const wants = (number: number): string => ((number + round) % 2 === 0 ? set.sku : ball.sku)
    const answers = await crowd(CLIENTS, CLIENTS, (number) =>
      add<Partial<Problem>>(clients[number % clients.length]!, carts[number]!, wants(number)),
    )
    const counts = tally(
      answers.map(({ status, body }, number) =>
        [wants(number) === set.sku ? 'set' : 'ball', status, body.code ?? 'line'].join(' '),
      ),
    )
    const won = counts['set 201 line'] ?? 0
    const alone = counts['ball 201 line'] ?? 0
    const refused =
      (counts['set 409 inventory.not-enough'] ?? 0) + (counts['ball 409 inventory.not-enough'] ?? 0)
    assert.equal(2 * won + alone, 2, `round ${round}: ${JSON.stringify(counts)}`)
    assert.equal(won + alone + refused, CLIENTS, `round ${round}: ${JSON.stringify(counts)}`)
    ;[sets, balls] = [sets + won, balls + alone]
    for (const [number, { status }] of answers.entries()) {
      if (status === 201) carts[number] = await aCart(clients[number % clients.length]!)
    }
    await comes(ball.id, 2)
    if (won > 0) await comes(net.id, 1)
  }

  const shelves = await shop.query<{ unit: string; posted: number; held: number; holds: number }>(
    `select unit, sum(posted)::int as posted, sum(held)::int as held,
       (select coalesce(sum(amount), 0)::int from platform.holds h where h.unit = a.unit) as holds
     from platform.accounts a where unit = any($1) and name like 'on-hand/%' group by unit`,
    [[ball.sku, net.sku]],
  )
  const of = (sku: string) => shelves.find(({ unit }) => unit === sku)
  const came = { posted: 2 + 2 * ROUNDS, held: 2 * ROUNDS, holds: 2 * ROUNDS }
  assert.deepEqual(of(ball.sku), { unit: ball.sku, ...came })
  assert.deepEqual(of(net.sku), { unit: net.sku, posted: 1 + sets, held: sets, holds: sets })
  assert(sets > 0 && balls > 0, `${sets} sets and ${balls} balls: only one of them was ever bought`)
  await shop.mustBeSound()
  t.diagnostic(`${ROUNDS} rounds: ${sets} bundles and ${balls} single units won`)
})
