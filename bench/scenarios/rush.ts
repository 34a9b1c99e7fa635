import { setTimeout as sleep } from 'node:timers/promises'

import type { Client, RequestParts, Scenario } from '../support/scenario.ts'
import { headerOf, type HttpAnswer } from '../support/connection.ts'
import { failed, idIn, orderAndPay } from './checkout.ts'

export interface RushOptions {
  readonly sku: string
}

/** A buyer who is told to come back does, so many times in all. */
const TRIES = 20

/** One buyer who wants one unit of what everybody wants, and buys it if it can be had. */
export const scenario: Scenario<RushOptions> =
  ({ options: { sku } }) =>
  async (client) => {
    const cart = await firstRequest(client, { method: 'POST', path: '/api/v1/carts' })
    if (cart.status !== 201) return failed('cart', cart)
    const cartId = idIn(cart.body)
    const item = await patiently(client, 'item', {
      method: 'POST',
      path: `/api/v1/carts/${cartId}/items`,
      body: { sku, quantity: 1 },
    })
    return item.status === 201 ? orderAndPay(client, cartId) : failed('item', item)
  }

/**
 * With thousands of connections in the same moment the kernel's queue of new ones runs over, and some
 * are reset before the server has seen them. A browser connects again; counted as a step of its own.
 */
async function firstRequest(client: Client, request: RequestParts): Promise<HttpAnswer> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await patiently(client, tries === 1 ? 'cart' : 'again', request)
    } catch (error) {
      if (tries === TRIES) throw error
      await sleep(1_000 * Math.random())
    }
  }
}

async function patiently(client: Client, step: string, request: RequestParts): Promise<HttpAnswer> {
  for (let tries = 1; ; tries += 1) {
    const answer = await client.send(step, request)
    if (answer.status !== 503 || tries === TRIES) return answer
    const seconds = Number(headerOf(answer, 'Retry-After') ?? 1)
    await sleep(seconds * 1_000 * (0.5 + Math.random()))
  }
}
