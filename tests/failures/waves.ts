/** Buyers who come in waves, and what each of them was told. */
import { setTimeout as sleep } from 'node:timers/promises'

import type { Client, Problem } from '../support/client.ts'
import { crowd } from '../support/crowd.ts'
import { BUYER, must, type Payment, type PlacedOrder, type Product } from '../support/sale.ts'
import type { Shop } from '../support/shop.ts'

/** The buyers of one wave that ask at once. */
const AT_ONCE = 64

/** So long a winner thinks before ordering, and again before paying. */
const THINK_MS = 300

/** Of those who lose their connection, so many do not come back. */
const GIVE_UP = 0.02

/** What is known of a buyer from the answers alone: what was acknowledged must be true for ever. */
export interface Buyer {
  readonly cart?: string
  readonly line?: 'granted' | 'refused'
  readonly order?: PlacedOrder
  readonly payment?: Payment
  readonly gaveUp?: true
}

/** Units come in with every wave, and with them many times as many buyers. */
export class Waves {
  /** Orders that are being placed or paid just now. */
  openOrders = 0
  private readonly waves: Promise<Buyer[]>[] = []
  private buyers = 0
  private readonly client: Client
  private readonly product: Product
  private readonly shop: Shop
  private admin: { readonly client: Promise<Client>; readonly since: number } | undefined

  constructor(client: Client, product: Product, shop: Shop) {
    this.client = client
    this.product = product
    this.shop = shop
  }

  begin(units: number, buyers: number): void {
    const first = this.buyers
    this.buyers += buyers
    const wave = this.run(units, first, buyers)
    // A buyer's failure is thrown by `over`; the kills go on until then.
    wave.catch(() => {})
    this.waves.push(wave)
  }

  async over(): Promise<Buyer[]> {
    const settled = await Promise.allSettled(this.waves)
    return settled.flatMap((each) => {
      if (each.status === 'rejected') throw each.reason
      return each.value
    })
  }

  private async run(units: number, first: number, buyers: number): Promise<Buyer[]> {
    const delivery = { delta: units, reason: 'a delivery in the middle of the rush' }
    const path = `/api/v1/products/${this.product.id}/stock`
    const admin = await this.staff()
    must(await admin.persist('PATCH', path, { key: `units-${first}`, body: delivery }), 200)
    const winners: Promise<Buyer>[] = []
    const losers = await crowd(buyers, AT_ONCE, async (number) => {
      const buyer = await takeOne(this.client, this.product.sku, first + number)
      if (buyer.line !== 'granted') return [buyer]
      winners.push(this.buy(buyer, first + number))
      return []
    })
    return [...losers.flat(), ...(await Promise.all(winners))]
  }

  /** Signed in anew every five minutes: a token lives for ten. */
  private staff(): Promise<Client> {
    const now = performance.now()
    if (this.admin === undefined || now - this.admin.since > 300_000) {
      this.admin = { client: this.shop.signedIn('admin'), since: now }
    }
    return this.admin.client
  }

  private async buy(winner: Buyer, number: number): Promise<Buyer> {
    await sleep(Math.random() * THINK_MS)
    this.openOrders += 1
    return orderAndPay(this.client, winner, number).finally(() => (this.openOrders -= 1))
  }
}

class GaveUp extends Error {}

/** One step of a purchase, repeated under its key; a few buyers leave when it did not work at once. */
async function step<T>(
  client: Client,
  path: string,
  asking: Parameters<Client['persist']>[2],
): Promise<{ status: number; body: T }> {
  const leaves = Math.random() < GIVE_UP
  if (!leaves) return client.persist<T>('POST', path, asking)
  const answer = await client.ask<T>('POST', path, asking).catch(() => undefined)
  if (answer === undefined || answer.status === 503) throw new GaveUp()
  return answer
}

async function takeOne(client: Client, sku: string, number: number): Promise<Buyer> {
  let buyer: Buyer = {}
  try {
    const cart = must(
      await step<{ id: string }>(client, '/api/v1/carts', { key: `cart-${number}` }),
      201,
    ).id
    buyer = { cart }
    const body = { sku, quantity: 1 }
    const path = `/api/v1/carts/${cart}/items`
    const answer = await step<Partial<Problem>>(client, path, { key: `add-${number}`, body })
    if (answer.status === 409 && answer.body.code === 'inventory.not-enough') {
      return { cart, line: 'refused' }
    }
    must(answer, 201)
    return { cart, line: 'granted' }
  } catch (error) {
    if (!(error instanceof GaveUp)) throw error
    return { ...buyer, gaveUp: true }
  }
}

async function orderAndPay(client: Client, winner: Buyer, number: number): Promise<Buyer> {
  let buyer = winner
  try {
    const body = { cartId: winner.cart, ...BUYER }
    const placing = await step<PlacedOrder>(client, '/api/v1/orders', {
      key: `order-${number}`,
      body,
    })
    const order = must(placing, 201)
    buyer = { ...buyer, order }
    await sleep(Math.random() * THINK_MS)
    const paying = await step<Payment>(client, `/api/v1/payments/${order.payment.id}/process`, {
      key: `pay-${number}`,
      headers: { 'x-order-token': order.token },
    })
    return { ...buyer, payment: must(paying, 200) }
  } catch (error) {
    if (!(error instanceof GaveUp)) throw error
    return { ...buyer, gaveUp: true }
  }
}
