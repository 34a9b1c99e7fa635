import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import type { Client, Problem } from '../support/client.ts'
import { crowd, tally } from '../support/crowd.ts'
import { processesAsked } from '../support/processes.ts'
import { aCart, add, anOrder, aProductWith, must, pay, type Product } from '../support/sale.ts'
import { openShop, type Shop } from '../support/shop.ts'

/** Two processes on one database; every test asks both, in turn. */
let shop: Shop
let clients: readonly Client[]
let admins: readonly Client[]

before(async () => {
  shop = await openShop({ providerDelayMs: 5, processes: processesAsked('2') })
  clients = shop.clients()
  const { authorization } = await shop.signedIn('admin')
  admins = clients.map((client) => client.with({ authorization }))
})
after(async () => {
  await shop.mustBeSound().finally(() => shop[Symbol.asyncDispose]())
})

const clientOf = (number: number): Client => clients[number % clients.length]!
const adminOf = (number: number): Client => admins[number % admins.length]!

/** Shown with money that is set aside from where there is always enough, in `bugs.ts`. */
test('20 refunds of one payment at once give back what was paid and no more', async () => {
  const product = await aProductWith(shop, 100)
  for (const share of [1, 0.4, 0.3]) {
    for (let round = 0; round < 4; round += 1) {
      const order = await anOrder(clientOf(round), product.sku)
      must(await pay(clientOf(round + 1), order), 200)
      const { amount: total, currency } = order.total
      const amount = Math.floor(total * share)
      const answers = await crowd(20, 20, (number) =>
        adminOf(number).persist<Partial<Problem>>(
          'POST',
          `/api/v1/payments/${order.payment.id}/refund`,
          { body: { amount: { amount, currency }, reason: 'all at once' } },
        ),
      )
      const given = Math.floor(1 / share)
      assert.deepEqual(tally(answers.map(({ status, body }) => `${status} ${body.code ?? ''}`)), {
        '200 ': given,
        '409 payments.refund-above-paid': 20 - given,
      })
      const [charge] = (await shop.charges()).filter(
        ({ reference }) => reference === order.payment.id,
      )
      assert.equal(charge?.amountRefunded, given * amount)
    }
  }
})

/** A transfer of units on or off the shelf. */
interface Movement {
  readonly units: number
  readonly isCount: boolean
  /** Whether no other transaction moved units in its millisecond. */
  readonly isAlone: boolean
}

/** Shown with accounts that are read without a lock, in `bugs.ts`. */
test('a shelf that is counted while it sells is what was counted, less what was sold since', async (t) => {
  const COUNTS = 40
  const product = await aProductWith(shop, 1000, 1)
  const orders = await crowd(120, 20, (number) => anOrder(clientOf(number), product.sku))
  const counting = crowd(COUNTS, 4, async (number) => {
    await sleep(Math.random() * 20)
    // So far apart that no count finds what it says already there.
    const body = { quantity: 1000 * (number + 2), reason: `count ${number}` }
    const path = `/api/v1/products/${product.id}/stock`
    must(await adminOf(number).persist('PATCH', path, { body }), 200)
    return body.quantity
  })
  const paying = crowd(orders.length, 12, async (number) => {
    must(await pay(clientOf(number), orders[number]!), 200)
    return add(clientOf(number), await aCart(clientOf(number)), product.sku)
  })
  const [counted] = await Promise.all([counting, paying])
  const movements = await movementsOf(product)
  const { posted, held } = await shelfOf(product)
  assert.equal(
    posted,
    movements.reduce((sum, { units }) => sum + units, 0),
  )
  assert.equal(held, 120)
  // Right after each count the shelf had what was counted, and each was made once.
  let units = 0
  const afterCounts = movements.flatMap((movement) => {
    units += movement.units
    return movement.isCount ? [{ units, isAlone: movement.isAlone }] : []
  })
  assert(afterCounts.length > COUNTS)
  const known = afterCounts.slice(-COUNTS).filter(({ isAlone }) => isAlone)
  assert(known.length > COUNTS / 2, `only ${known.length} counts were alone`)
  for (const each of known) assert(counted.includes(each.units), `${each.units} units`)
  const sold = movements.filter(({ units, isCount }) => !isCount && units < 0).length
  assert.equal(sold, 120)
  const between = movements.findLastIndex(({ isCount }) => isCount)
  t.diagnostic(`${movements.length - 1 - between} of 120 units were sold after the last count`)
})

/**
 * Every transfer of the SKU on the shelf, in the order in which they were made: by the time that was
 * read under the lock. The log's own order of two transfers may be another (see `xid`).
 */
async function movementsOf({ sku }: Product): Promise<readonly Movement[]> {
  return shop.query<Movement>(
    `select (case when to_account like 'on-hand/%' then amount else -amount end)::int as units,
       'world/counted' in (from_account, to_account) as "isCount",
       min(xid) over (partition by at) = max(xid) over (partition by at) as "isAlone"
     from platform.transfers
     where unit = $1 and from_account <> to_account
       and (to_account like 'on-hand/%' or from_account like 'on-hand/%')
     order by at, era, xid, position`,
    [sku],
  )
}

async function shelfOf({ sku }: Product): Promise<{ posted: number; held: number }> {
  const [shelf] = await shop.query<{ posted: number; held: number }>(
    `select sum(posted)::int as posted, sum(held)::int as held from platform.accounts
     where unit = $1 and name like 'on-hand/%'`,
    [sku],
  )
  assert(shelf !== undefined)
  return shelf
}
