/** What buyers and staff do. Each has chance of its own, so one can be left out and the rest go on alike. */
import type { Actor } from '../../server/platform/http/route.ts'
import type { Tenant } from '../../server/platform/tenants.ts'
import { ask, type Body, type Reply } from './asking.ts'
import { METHODS } from './provider.ts'
import { Random } from './random.ts'
import { MAKES, productOf, remade, SHELVED, SKUS, TENANTS, WAREHOUSES } from './shops.ts'
import type { World } from './world.ts'

/** Between two tries of a request, and how many there are at most. */
const TRIES = 8

interface Wish {
  readonly params?: Readonly<Record<string, string>>
  readonly body?: Readonly<Record<string, unknown>>
  readonly token?: string
  readonly key?: string
}

export class Client {
  readonly random: Random
  readonly name: string
  readonly tenant: Tenant
  readonly world: World
  actor: Actor
  private keys = 0

  constructor(world: World, name: string, tenant: Tenant, actor: Actor) {
    this.world = world
    this.name = name
    this.tenant = tenant
    this.actor = actor
    this.random = new Random(world.seed, name)
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.world.scheduler.add(ms, `${this.name}: thinks`, undefined, resolve)
    })
  }

  /** Thinks for a moment, for minutes, or until a promise to it is over. */
  think(): Promise<void> {
    const { random } = this
    const minutes = random.pick([0, 0, 0, 0.2, 1, 5, 16, 29.9, 31])
    return this.sleep(minutes * 60_000 + random.next() * 300)
  }

  newKey(): string {
    this.keys += 1
    return `${this.name.replaceAll(' ', '-')}-${this.keys}`
  }

  /** Asks until there is an answer, under one key; undefined when patience is over. */
  async ask(operation: string, wish: Wish = {}): Promise<Reply | undefined> {
    const { key = this.newKey(), params = {}, body = {}, token } = wish
    const { world, random, tenant, actor, name } = this
    const caller = actor.kind === 'user' ? `user/${actor.id}` : `guest/${name.replaceAll(' ', '-')}`
    const headers: Record<string, string> = token === undefined ? {} : { 'x-order-token': token }
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      world.say(
        () => `${name}: ${operation} ${told(world, params, body)}${attempt > 1 ? ' again' : ''}`,
      )
      const asked = { step: 'request', whose: name, operation, tenant, actor, caller, key } as const
      const reply = await ask(world, random, { ...asked, params, body, headers })
      if (reply.is !== 'lost') {
        world.say(() => `${name} hears ${reply.is === 'done' ? 'yes' : reply.refusal.code}`)
        return reply
      }
      if (random.isLucky(0.05)) return undefined
      await this.sleep(random.next() * 1000 * 2 ** Math.min(attempt, 5))
    }
    return undefined
  }

  /** The body of the answer; undefined when it was refused or never came. */
  async must(operation: string, wish: Wish = {}): Promise<Body | undefined> {
    const reply = await this.ask(operation, wish)
    return reply?.is === 'done' ? reply.body : undefined
  }
}

function told(world: World, params: object, body: object): string {
  return [...Object.values(params), ...Object.values(body)]
    .filter((value) => typeof value === 'string' || typeof value === 'number')
    .map((value) => world.nick(String(value)))
    .join(' ')
}

const TERMS = { email: 'buyer@example.test', deliveryMethod: 'pickup' }

/** Who comes to the shops of a world. */
export class Crowd {
  readonly names: string[] = []
  private readonly world: World
  private readonly without: ReadonlySet<string>
  private readonly random: Random
  private buyers = 0

  constructor(world: World, without: ReadonlySet<string> = new Set()) {
    this.world = world
    this.without = without
    this.random = new Random(world.seed, 'crowd')
    for (let buyers = 1 + this.random.below(2); buyers > 0; buyers -= 1) this.buyer()
  }

  /** One more buyer, and staff with goods if the shop has none yet. */
  buyer(): void {
    const { random } = this
    const place = random.isLucky(0.75) ? 0 : 1
    const tenant = TENANTS[place] as Tenant
    this.staff(place, tenant)
    const isUser = random.isLucky(0.4)
    const actor: Actor = isUser
      ? { kind: 'user', id: idOf(1 + random.below(2)), roles: ['shopper'] }
      : { kind: 'guest' }
    this.buyers += 1
    this.begin(new Client(this.world, `buyer ${this.buyers}`, tenant, actor), shop)
  }

  private staff(place: number, tenant: Tenant): void {
    const name = `staff ${place + 1}`
    if (this.names.includes(name)) return
    const actor: Actor = { kind: 'user', id: idOf(900 + place), roles: ['admin'] }
    this.begin(new Client(this.world, name, tenant, actor), work)
  }

  private begin(client: Client, life: (client: Client) => Promise<void>): void {
    const { world, without, names } = this
    names.push(client.name)
    if (without.has(client.name)) return
    world.clients += 1
    life(client).then(
      () => {
        world.clients -= 1
      },
      (error: Error) => world.violated(`${client.name} stumbles: ${error.stack}`),
    )
  }
}

function idOf(number: number): string {
  return `00000000-0000-4000-9000-${String(number).padStart(12, '0')}`
}

/** A buyer: a cart or one product, an order, a payment or two, and now and then a change of mind. */
async function shop(client: Client): Promise<void> {
  const { random, world } = client
  await client.sleep(20 + random.next() * random.pick([50, 50, 5000]))
  const order = random.isLucky(0.25) ? await buyNow(client) : await buyCart(client)
  if (order?.payment === undefined) return
  world.call(order.id, 'order')
  world.call(order.payment.id, 'payment')
  await client.think()
  await settleUp(client, order)
}

async function buyNow(client: Client): Promise<Body | undefined> {
  const { random } = client
  const sku = random.pick(SKUS)
  const what = random.isLucky(0.5) ? { sku } : { productId: productOf(sku) }
  return order(client, { ...what, quantity: 1 + random.below(2) })
}

async function buyCart(client: Client): Promise<Body | undefined> {
  const { random, world } = client
  const isAbroad = client.tenant.id === 1 && random.isLucky(0.2)
  const cart = await client.must('createCart', isAbroad ? { body: { currency: 'EUR' } } : {})
  if (cart === undefined) return undefined
  let cartId = cart.id
  world.call(cartId, 'cart')
  for (let lines = 1 + random.below(2); lines > 0; lines -= 1) {
    const sku = random.pick(SKUS)
    const params = { id: cartId, sku }
    await client.ask('addCartItem', {
      params: { id: cartId },
      body: { sku, quantity: 1 + random.below(2) },
    })
    if (random.isLucky(0.15)) {
      await client.ask('setCartItem', { params, body: { quantity: 1 + random.below(3) } })
    }
    if (random.isLucky(0.1)) await client.ask('removeCartItem', { params })
  }
  if (client.actor.kind === 'guest' && random.isLucky(0.25)) {
    client.actor = { kind: 'user', id: idOf(1 + random.below(2)), roles: ['shopper'] }
    const claimed = await client.must('claimCart', { params: { id: cartId } })
    cartId = claimed?.cartId ?? cartId
  }
  await client.think()
  if (random.isLucky(0.2)) await client.ask('getCart', { params: { id: cartId } })
  if (random.isLucky(0.05)) return undefined
  return order(client, { cartId })
}

async function order(client: Client, what: Record<string, unknown>): Promise<Body | undefined> {
  const { random } = client
  const body = { ...what, ...TERMS, paymentMethod: random.pick(METHODS) }
  const key = client.newKey()
  // A double click: the same request twice at once, perhaps at two processes.
  const others = random.isLucky(0.15) ? [client.ask('placeOrder', { body, key })] : []
  const [reply] = await Promise.all([client.ask('placeOrder', { body, key }), ...others])
  return reply?.is === 'done' ? reply.body : undefined
}

async function settleUp(client: Client, placed: Body): Promise<void> {
  const { random } = client
  const { token = '', payment: opened = { id: '' } } = placed
  let payment: { readonly id: string } = opened
  const cancel = () => client.ask('cancelOrder', { params: { id: placed.id }, token })
  if (random.isLucky(0.08)) {
    await cancel()
    return
  }
  for (let attempts = 1 + random.below(2); attempts > 0; attempts -= 1) {
    const pay = () => client.must('processPayment', { params: { id: payment.id }, token })
    const others: Promise<unknown>[] = []
    if (random.isLucky(0.15)) others.push(pay())
    if (random.isLucky(0.1)) others.push(client.think().then(cancel))
    const [paid] = await Promise.all([pay(), ...others])
    if (paid?.action !== undefined) await atProvider(client, paid.action.url)
    const seen = await client.must('getPayment', { params: { id: payment.id }, token })
    if (seen?.status !== 'declined') break
    const body = { orderId: placed.id, method: random.pick(METHODS) }
    const next = await client.must('openPayment', { body, token })
    if (next === undefined) break
    payment = next
    client.world.call(payment.id, 'payment')
  }
  if (random.isLucky(0.15)) {
    await client.think()
    await cancel()
  }
  if (random.isLucky(0.2)) await client.ask('getOrder', { params: { id: placed.id }, token })
}

/** The provider's page, where the buyer pays, declines, or closes the window. */
async function atProvider(client: Client, url: string): Promise<void> {
  const { random, world } = client
  await client.sleep(random.pick([1, 1, 60, 1700, 3000]) * 1000)
  const id = url.slice(url.lastIndexOf('/') + 1)
  const status = random.pick(['succeeded', 'succeeded', 'declined', undefined] as const)
  if (status === undefined) return
  world.say(
    () => `${client.name} ${status === 'declined' ? 'declines' : 'pays'} at the provider's page`,
  )
  world.provider.book.end(id, status)
}

/** Staff: goods first, then whatever there is to do. */
async function work(client: Client): Promise<void> {
  const { random } = client
  for (const sku of SHELVED) {
    const warehouse = random.pick(WAREHOUSES)
    const body = { sku, warehouse, quantity: 1 + random.below(4), supplierRef: 'note 1' }
    await client.ask('receiveGoods', { body })
  }
  for (let chores = random.below(3); chores > 0; chores -= 1) {
    await client.think()
    await random.pick(CHORES)(client)
  }
}

const CHORES: readonly ((client: Client) => Promise<unknown>)[] = [
  async ({ random, world, tenant }) => {
    const make = random.below(MAKES.length)
    world.say(() => `the bundle of shop ${tenant.id} is put together anew: ${make}`)
    world.store.writeRows([remade(tenant.id, make)])
  },
  async (client) => {
    const { random } = client
    const sku = random.pick(SHELVED)
    const body = { sku, warehouse: random.pick(WAREHOUSES), quantity: 1, supplierRef: 'note 2' }
    await client.ask('receiveGoods', { body })
  },
  async (client) => {
    const { random } = client
    const sku = random.pick(SHELVED)
    const body = {
      delta: random.pick([-1, 1]),
      warehouse: random.pick(WAREHOUSES),
      reason: 'found',
    }
    await client.ask('correctStock', { params: { id: productOf(sku) }, body })
  },
  async (client) => {
    const { random } = client
    const lines = [{ sku: random.pick(SHELVED), quantity: 1 }]
    const sent = await client.must('sendTransfer', { body: { from: 'main', to: 'shop', lines } })
    if (sent === undefined) return
    const params = { id: sent.id }
    if (random.isLucky(0.5)) await client.ask('receiveTransfer', { params, body: {} })
    else await client.ask('cancelTransfer', { params, body: { reason: 'not needed' } })
  },
  async (client) => {
    const { random } = client
    const params = { sku: random.pick(SHELVED) }
    await client.ask('setBackorder', { params, body: { limit: random.below(3) } })
  },
  async (client) => {
    const { random, world, tenant } = client
    const found = world.invariants.ordersOf(tenant.id)
    if (found.length === 0) return
    await client.ask('retryCheckout', { params: { orderId: random.pick(found).id } })
  },
  ...(['refund', 'refund', 'fulfilled', 'cancelled', 'cancelled'] as const).map(
    (chore) => async (client: Client) => {
      const found = client.world.invariants.ordersOf(client.tenant.id)
      if (found.length === 0) return
      const { id, paymentId } = client.random.pick(found)
      if (chore === 'refund') {
        await client.ask('refundPayment', { params: { id: paymentId }, body: { reason: 'asked' } })
      } else await client.ask('setOrderStatus', { params: { id }, body: { status: chore } })
    },
  ),
]
