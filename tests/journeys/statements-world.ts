/** A shop in which everything is that an operation may need to be asked. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'

import { A, type Ask, eventually, good, type Journey, type Json, TERMS } from './journey.ts'

/** What fills the operation's path, and what else is sent with it. */
export interface Called {
  readonly path?: Readonly<Record<string, string>>
  /** With its question mark. */
  readonly query?: string
  readonly body?: unknown
  /** An access token. */
  readonly as?: string
  readonly orderToken?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Makes what one call of an operation needs; the call itself is the caller's. */
export type Prepare = (shop: World) => Promise<Called> | Called

/** A shop that is asked, and one of its products that nobody else touches. */
export class World {
  readonly journey: Journey
  readonly admin: string
  readonly shopper: string
  readonly shopperId: string
  readonly product: Json
  private count = 0

  private constructor(journey: Journey, admin: string, shopper: Json, product: Json) {
    this.journey = journey
    this.admin = admin
    this.shopper = shopper.token
    this.shopperId = shopper.id
    this.product = product
  }

  static async of(journey: Journey): Promise<World> {
    const admin = await journey.token('admin')
    const shopper = { token: await journey.token('shopper'), id: await journey.userId('shopper') }
    const world = new World(journey, admin, shopper, await journey.aProduct(100_000))
    await world.fill()
    return world
  }

  /** As much of everything as lists are asked for. */
  private async fill(): Promise<void> {
    const as = this.shopper
    // A shop of two currencies asks for prices in each.
    await this.staff('PUT', 'price-lists/USD', { delivery: {} })
    await this.staff('PUT', 'price-rules/group.counted', { kind: 'group', name: 'x' })
    await this.staff('PUT', 'price-rules/special-list.counted', {
      kind: 'special-list',
      name: 'x',
      currency: 'UAH',
      group: 'counted',
      market: null,
      from: null,
      until: null,
      isSale: false,
    })
    for (let made = 0; made < LISTED; made += 1) {
      await this.cart(as)
      await this.transfer()
      const cartId = await this.cart(as)
      good(await this.journey.post(`${A}/orders`, { cartId, ...TERMS }, { as }), 201)
    }
    const isThere = ({ items }: Json): boolean => items.length === LISTED
    await this.lists(`payments/user/${this.shopperId}`, { as }, isThere)
  }

  /** Waits until a list, which follows the log, has what it should have. */
  async lists(path: string, ask: Ask, isThere: (page: Json) => boolean): Promise<void> {
    await eventually(async () => good(await this.journey.get(`${A}/${path}`, ask)), isThere)
  }

  /** The same shop, asked by way of another process. */
  by(journey: Journey): World {
    return Object.assign(Object.create(World.prototype) as World, this, { journey })
  }

  get sku(): string {
    return this.product.sku
  }

  /** Another number each time, for changes that must change something. */
  next(): number {
    this.count += 1
    return this.count
  }

  cart(as?: string): Promise<string> {
    return this.journey.aCart(this.sku, 1, as === undefined ? {} : { as })
  }

  order(): Promise<Json> {
    return this.journey.anOrder(this.sku)
  }

  paid(): Promise<Json> {
    return this.journey.aPaidOrder(this.sku)
  }

  async staff(method: string, path: string, body?: unknown, status = 200): Promise<Json> {
    return good(await this.journey.call(method, `${A}/${path}`, { body, as: this.admin }), status)
  }

  /** A user of its own, signed in. */
  async someone(): Promise<Json> {
    const email = `${randomUUID()}@example.test`
    const body = { email, username: 'olena', password: PASSWORD, birthDate: '1994-05-17' }
    const user = good(await this.journey.post(`${A}/users/register`, body), 201)
    return { ...user, ...(await this.journey.signIn(email, PASSWORD)) }
  }

  /** What was to be sent to a user last. */
  async notice(userId: string): Promise<string> {
    const { items } = await this.staff('GET', 'users/notices?limit=100')
    return items.find((each: Json) => each.userId === userId && each.token !== null).token
  }

  async transfer(): Promise<string> {
    const lines = [{ sku: this.sku, quantity: 1 }]
    return (await this.staff('POST', 'inventory/transfers', { ...ROUTE, lines }, 201)).id
  }

  /** The one stock-take that is open. */
  async stockTake(): Promise<string> {
    await this.noStockTake()
    const body = { warehouse: ROUTE.from }
    return (await this.staff('POST', 'inventory/stock-takes', body, 201)).id
  }

  async noStockTake(): Promise<void> {
    const { items } = await this.staff('GET', 'inventory/stock-takes?limit=100')
    for (const { id, status } of items) {
      if (status === 'open') await this.staff('POST', `inventory/stock-takes/${id}/abandon`)
    }
  }

  /** An order whose payment the provider refused. */
  async declined(): Promise<Json> {
    const cartId = await this.cart()
    const terms = { ...TERMS, paymentMethod: 'card-declined' }
    const order = good(await this.journey.post(`${A}/orders`, { cartId, ...terms }), 201)
    const paying = { orderToken: order.token }
    const path = `${A}/payments/${order.payment.id}/process`
    assert.equal(good(await this.journey.post(path, undefined, paying)).status, 'declined')
    return order
  }
}

/** What lists are asked for, and there is of everything that is listed. */
export const LISTED = 3

export const PASSWORD = 'kayak over the dam 9!'
/** Of transfers, and where stock is counted. */
export const ROUTE = { from: 'kyiv', to: 'lviv' }
