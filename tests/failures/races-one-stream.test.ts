import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import type { Client } from '../support/client.ts'
import { crowd, tally } from '../support/crowd.ts'
import { processesAsked } from '../support/processes.ts'
import { aCart, add, aProductWith, must, type Product } from '../support/sale.ts'
import { openShop, type Shop } from '../support/shop.ts'

const EDITS = 1000

/** More processes than a shop has: each of them finds that another was faster nearly every time. */
let shop: Shop
let clients: readonly Client[]
let product: Product

before(async () => {
  shop = await openShop({ processes: processesAsked('4') })
  clients = shop.clients({ connections: 64 })
  product = await aProductWith(shop, 10 * EDITS)
})
after(async () => {
  await shop.mustBeSound().finally(() => shop[Symbol.asyncDispose]())
})

/** Shown with a writer that gives up after its second loss, in `bugs.ts`. */
test('64 clients of four processes who edit one cart are all served, none by 503', async (t) => {
  const cart = await aCart(clients[0]!)
  must(await add(clients[0]!, cart, product.sku), 201)
  const times: number[] = []
  const since = performance.now()
  const answers = await crowd(EDITS, 64, async (number) => {
    const begun = performance.now()
    const answer = await add(clients[number % clients.length]!, cart, product.sku)
    times.push(performance.now() - begun)
    return answer
  })
  const seconds = (performance.now() - since) / 1000
  const sorted = times.toSorted((a, b) => a - b)
  t.diagnostic(
    `${Math.round(EDITS / seconds)} edits/s, p50 ${sorted[EDITS >> 1]!.toFixed(0)} ms, ` +
      `max ${sorted.at(-1)!.toFixed(0)} ms`,
  )
  assert.deepEqual(tally(answers.map(({ status }) => String(status))), { 201: EDITS })
  const { lines } = must(
    await clients[0]!.get<{ lines: { quantity: number }[] }>(`/api/v1/carts/${cart}`),
    200,
  )
  assert.deepEqual(
    lines.map(({ quantity }) => quantity),
    [EDITS + 1],
  )
})
