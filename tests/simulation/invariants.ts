/**
 * What must hold after every step that changed something (I1–I5, I11, I15 of the reliability plan),
 * after every answer, and when everything has come to rest (I6–I8, I12).
 */
import type { TenantId } from '../../server/platform/ids.ts'
import type {
  LogEntry,
  LoggedEvent,
  LoggedTransfer,
} from '../../server/platform/log/subscription.ts'
import { keyed } from '../../server/platform/write/settle.ts'
import type { Asked, Body } from './asking.ts'
import { atRest } from './at-rest.ts'
import { Model, type SeenOrder } from './model.ts'
import type { World } from './world.ts'

/** Operations whose answer is remembered whole under the client's key. */
const REMEMBERED = new Set([
  'createCart',
  'addCartItem',
  'setCartItem',
  'claimCart',
  'placeOrder',
  'cancelOrder',
  'openPayment',
  'setOrderStatus',
  'receiveGoods',
  'correctStock',
  'sendTransfer',
])

export class Invariants {
  readonly model = new Model()
  private readonly world: World
  private readonly versions = new Map<string, number>()
  private readonly answers = new Map<string, string>()
  /** Which shop has a stream, by the stream's name: ids are unguessable, so no two shops share one. */
  private readonly homes = new Map<string, TenantId>()

  constructor(world: World) {
    this.world = world
  }

  /** New entries of the log, just committed. */
  heard(news: readonly LogEntry[]): void {
    for (const entry of news) {
      if (entry.kind === 'event') this.heardEvent(entry)
      else this.heardTransfer(entry)
    }
    this.wholeLines()
    for (const { tenant, stream } of news.filter((entry) => entry.kind === 'event')) {
      if (stream.startsWith('order/')) this.letGo(tenant, stream.slice('order/'.length))
    }
  }

  /** An order that is over holds nothing, from the commit on that ended it (I8). */
  private letGo(tenant: TenantId, orderId: string): void {
    const order = this.model.orders.get(orderId)
    if (order === undefined || order.status === 'created' || order.status === 'reserved') return
    for (const id of order.lines.flatMap(({ parts }) => [...parts.keys()])) {
      if (!this.world.store.holds.has(keyed(tenant, id))) continue
      this.wrong(`order ${orderId} is ${order.status} and still holds ${id}`)
    }
  }

  /** What is held is held for a line, and of a bundle's line all parts or none (INVENTORY-9). */
  private wholeLines(): void {
    const { store } = this.world
    const now = store.clock.now()
    const known = new Set<string>()
    for (const { tenant, holdId, isBundle, parts } of this.model.lines.values()) {
      for (const id of parts.keys()) known.add(keyed(tenant, id))
      if (!isBundle) continue
      const held = [...parts].map(([id, wanted]) => ({
        wanted,
        hold: store.holds.get(keyed(tenant, id)),
      }))
      const live = held.filter(({ hold }) => hold !== undefined && hold.until > now)
      const ends = new Set(live.map(({ hold }) => hold?.until))
      const isWhole =
        live.length === held.length &&
        ends.size === 1 &&
        live.every(
          ({ hold, wanted }) =>
            hold?.amount === wanted.quantity && hold.account.unit === wanted.sku,
        )
      if (live.length > 0 && !isWhole) {
        this.wrong(`${holdId} is held in part: ${JSON.stringify(held)}`)
      }
    }
    for (const [name, { id, account }] of store.holds) {
      const isOfUnits = account.name.startsWith('on-hand/') || account.name === 'backorder'
      if (isOfUnits && !known.has(name)) this.wrong(`${id} is held for no line`)
    }
  }

  /** An answer as a process gave it, whether or not it is heard. */
  answered({ operation, tenant, caller, key }: Asked, body: Body): void {
    if (key !== undefined && REMEMBERED.has(operation)) {
      const name = keyed(tenant.id, caller, key, operation)
      const text = JSON.stringify(body)
      const before = this.answers.get(name)
      if (before === undefined) this.answers.set(name, text)
      else if (before !== text) {
        this.wrong(`${operation} under one key is answered ${before} and then ${text}`)
      }
    }
    const { orders, payments } = this.model
    if (operation === 'placeOrder') {
      const order = orders.get(body.id)
      if (order === undefined) this.wrong(`order ${body.id} was answered and is not there`)
      else this.sameShop(order.tenant, tenant.id, operation)
    }
    if (operation !== 'processPayment' && operation !== 'getPayment') return
    const payment = payments.get(body.id)
    if (payment === undefined) return this.wrong(`payment ${body.id} was answered and is not there`)
    this.sameShop(payment.tenant, tenant.id, operation)
    if (body.status === 'succeeded' && payment.transactionId === undefined) {
      this.wrong(`payment ${body.id} was answered as succeeded and is not booked`)
    }
  }

  /** Checked once, when nothing is left to do. */
  atRest(): void {
    for (const words of atRest(this.world)) this.wrong(words)
  }

  tenantOfPayment(id: string): TenantId | undefined {
    return this.model.payments.get(id)?.tenant
  }

  ordersOf(tenant: TenantId): SeenOrder[] {
    return [...this.model.orders.values()].filter((order) => order.tenant === tenant)
  }

  private sameShop(one: TenantId, other: TenantId, what: string): void {
    if (one !== other) this.wrong(`${what} of shop ${other} is answered with what shop ${one} has`)
  }

  private wrong(words: string): void {
    this.world.violated(words)
  }

  private heardEvent(entry: LoggedEvent): void {
    const { tenant, stream, version } = entry
    const name = keyed(tenant, stream)
    const before = this.versions.get(name) ?? 0
    if (version !== before + 1) {
      this.wrong(`${stream} has version ${version} after ${before}`)
    }
    this.versions.set(name, version)
    if (UNGUESSABLE.test(stream)) {
      const home = this.homes.get(stream) ?? tenant
      this.homes.set(stream, home)
      this.sameShop(home, tenant, stream)
    }
    const fault = this.model.hear(entry)
    if (fault !== undefined) this.wrong(fault)
    if (entry.event.type === 'payment.succeeded') this.mustBeTaken(stream.slice('payment/'.length))
  }

  /** What we book as taken the provider has taken, once, and no more than was asked for. */
  private mustBeTaken(paymentId: string): void {
    const payment = this.model.payments.get(paymentId)
    const listed = this.world.provider.book.list({ reference: paymentId, limit: 10 })
    const charges = 'value' in listed ? listed.value.items : []
    const taken = charges.filter(({ status }) => status === 'succeeded')
    const [only] = taken
    const isRight =
      taken.length === 1 &&
      only?.id === payment?.transactionId &&
      only?.amount === payment?.amount &&
      only?.currency === payment?.currency
    if (!isRight)
      this.wrong(`${paymentId} is booked and the provider has ${JSON.stringify(charges)}`)
  }

  private heardTransfer({ tenant, entry }: LoggedTransfer): void {
    const { from, to, amount, hold } = entry
    if (from.unit !== to.unit) this.wrong(`a transfer turns ${from.unit} into ${to.unit}`)
    if (!Number.isSafeInteger(amount) || amount <= 0) this.wrong(`a transfer moves ${amount}`)
    this.sameNumbers(tenant, from)
    this.sameNumbers(tenant, to)
    if (hold !== undefined && entry.verb !== 'move') this.sameHold(tenant, hold)
  }

  /** What the transfers add up to is what the account says, and 0 ≤ held ≤ posted (INVENTORY-1). */
  private sameNumbers(tenant: TenantId, { name, unit }: { name: string; unit: string }): void {
    if (name.startsWith('world/')) return
    const { shadow, store } = this.world
    const key = keyed(tenant, unit, name)
    const posted = shadow.posted.get(key) ?? 0
    const held = shadow.held.get(key) ?? 0
    const kept = store.balances.get(key)
    if (kept?.posted !== posted || kept.held !== held) {
      this.wrong(
        `${name} of ${unit} has ${kept?.posted} and ${kept?.held} held, its transfers say ${posted} and ${held}`,
      )
    }
    if (held < 0 || held > posted) this.wrong(`${name} has ${posted} ${unit} and ${held} held`)
  }

  private sameHold(tenant: TenantId, id: string): void {
    const name = keyed(tenant, id)
    const seen = this.world.shadow.holds.get(name)
    const kept = this.world.store.holds.get(name)
    if (seen?.amount !== kept?.amount || seen?.account !== kept?.account.name) {
      this.wrong(`hold ${id} is of ${kept?.amount}, its transfers say ${seen?.amount}`)
    }
  }
}

/** Streams that are named after an id, not after a SKU. */
const UNGUESSABLE = /^(cart|order|payment|transfer)\//
