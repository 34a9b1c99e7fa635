import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Problem } from '../support/client.ts'
import { crowd, tally } from '../support/crowd.ts'
import { processesAsked } from '../support/processes.ts'
import { aCart, add, aProductWith, BUYER, must, pay, type PlacedOrder } from '../support/sale.ts'
import { openShop } from '../support/shop.ts'

const BUYERS = 10_000
const UNITS = 500
const AT_ONCE = 256

test('10,000 buyers for 500 units: exactly 500 get one, the others a clean refusal', async (t) => {
  await using shop = await openShop({ providerDelayMs: 20, processes: processesAsked('1') })
  const client = shop.balanced({ connections: AT_ONCE })
  const product = await aProductWith(shop, UNITS)

  const since = performance.now()
  const carts = await crowd(BUYERS, AT_ONCE, () => aCart(client))
  const rush = performance.now()
  const answers = await crowd(BUYERS, AT_ONCE, async (number) => {
    const cart = carts[number] ?? ''
    return { cart, ...(await add<Partial<Problem>>(client, cart, product.sku)) }
  })
  const over = performance.now()

  assert.deepEqual(tally(answers.map(({ status, body }) => `${status} ${body.code ?? 'line'}`)), {
    '201 line': UNITS,
    '409 inventory.not-enough': BUYERS - UNITS,
  })
  const [shelf] = await shop.query<{ posted: string; held: string; holds: string }>(
    `select sum(posted) as posted, sum(held) as held,
       (select sum(amount) from platform.holds where unit = $1) as holds
     from platform.accounts where unit = $1 and name like 'on-hand/%'`,
    [product.sku],
  )
  assert.deepEqual(shelf, { posted: '500', held: '500', holds: '500' })

  const winners = answers.filter(({ status }) => status === 201)
  const orders = await crowd(UNITS, AT_ONCE, async (number) => {
    const cartId = winners[number]?.cart
    return must(await client.post<PlacedOrder>('/api/v1/orders', { cartId, ...BUYER }), 201)
  })
  const paid = await crowd(UNITS, AT_ONCE, async (number) =>
    must(await pay(client, orders[number]!), 200),
  )
  const end = performance.now()

  assert.deepEqual(tally(paid.map(({ status }) => status)), { succeeded: UNITS })
  const [after] = await shop.query(
    `select coalesce(sum(posted), 0)::int as posted, coalesce(sum(held), 0)::int as held,
       (select count(*)::int from platform.holds where unit = $1) as holds,
       (select sum(amount)::int from platform.transfers
        where unit = $1 and to_account = 'world/sold') as sold
     from platform.accounts where unit = $1 and name like 'on-hand/%'`,
    [product.sku],
  )
  assert.deepEqual(after, { posted: 0, held: 0, holds: 0, sold: UNITS })
  const charged = (await shop.charges()).map(({ reference, amount }) => `${reference} ${amount}`)
  const owed = orders.map(({ payment, total }) => `${payment.id} ${total.amount}`)
  assert.deepEqual(charged.toSorted(), owed.toSorted())

  await shop.mustBeSound()

  const perSecond = (count: number, ms: number): string => `${Math.round(count / (ms / 1000))}/s`
  t.diagnostic(
    `carts ${perSecond(BUYERS, rush - since)}, adds ${perSecond(BUYERS, over - rush)}, ` +
      `orders paid ${perSecond(UNITS, end - over)}`,
  )
})
