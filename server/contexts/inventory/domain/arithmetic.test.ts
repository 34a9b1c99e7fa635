/** Whatever a shop does with its units, none is made and none is forgotten. */
import assert from 'node:assert/strict'
import { test } from 'node:test'

import fc from 'fast-check'

import { applyTransfer, type Books } from '#platform/ledger/apply'
import {
  isWorld,
  type Account,
  type Balance,
  type LedgerEntry,
  type OpenHold,
  type Transfer,
} from '#platform/ledger/transfer'

import { backorder, isOnHand, onHand, promised, suppliers } from '../accounts.ts'
import { correct } from './correcting.ts'
import { fillable } from './owing.ts'
import { shopStock } from './shop-stock.ts'
import { arriving, sending } from './transferring.ts'
import { booking, lineOf } from './taking.ts'

const SKU = 'BALL'
const CODES = ['kyiv', 'lviv', 'odesa']
const WAREHOUSES = CODES.map((code, at) => ({ code, name: code, isMain: at === 0 }))
const refusal = { code: 'inventory.not-enough' }
const sumOf = (amounts: readonly number[]): number => amounts.reduce((all, each) => all + each, 0)

/** The books of one shop in memory; a refused commit leaves them as they were. */
class Shop implements Books {
  now = 0
  limit = 0
  filled = 0
  readonly entries: LedgerEntry[] = []
  private balances = new Map<string, Balance>()
  private holds = new Map<string, OpenHold>()

  balance({ name }: Account): Balance {
    return this.balances.get(name) ?? { posted: 0, held: 0 }
  }
  setBalance({ name }: Account, balance: Balance): void {
    if (!name.startsWith('world/')) this.balances.set(name, balance)
  }
  hold(id: string): OpenHold | undefined {
    return this.holds.get(id)
  }
  setHold(id: string, hold: OpenHold | undefined): void {
    if (hold === undefined) this.holds.delete(id)
    else this.holds.set(id, hold)
  }
  lapsed(account: Account): readonly OpenHold[] {
    return [...this.holds.values()].filter(
      (hold) => hold.account.name === account.name && hold.until <= this.now,
    )
  }
  short(): void {
    // Lapsed holds are always known here, so nobody has to look for them.
  }
  record(entry: LedgerEntry): void {
    this.entries.push(entry)
  }

  /** All or none, as settle does it. */
  commit(transfers: readonly Transfer[]): boolean {
    const [balances, holds] = [new Map(this.balances), new Map(this.holds)]
    const recorded = this.entries.length
    const isRefused = transfers.some((each) => applyTransfer(this, each, this.now) !== undefined)
    if (!isRefused) return true
    this.balances = balances
    this.holds = holds
    this.entries.length = recorded
    return false
  }

  check(): void {
    const byLog = new Map<string, number>()
    for (const { verb, from, to, amount } of this.entries) {
      if (verb !== 'move' && verb !== 'post') continue
      byLog.set(from.name, (byLog.get(from.name) ?? 0) - amount)
      byLog.set(to.name, (byLog.get(to.name) ?? 0) + amount)
    }
    assert.equal(sumOf([...byLog.values()]), 0)
    for (const [name, { posted, held }] of this.balances) {
      assert(held >= 0 && posted >= held, `${name}: ${posted} posted, ${held} held`)
      assert.equal(byLog.get(name) ?? 0, posted)
      const open = [...this.holds.values()].filter(({ account }) => account.name === name)
      assert.equal(sumOf(open.map(({ amount }) => amount)), held)
    }
    for (const { since, until, account } of this.holds.values()) {
      assert(until - since <= 3_600_000 && !isWorld(account), 'a hold is older than an hour')
    }
    const owed = this.limit - this.balance(backorder(SKU)).posted
    assert(owed >= 0 && owed <= this.limit)
  }
}

type Step =
  | { does: 'receive' | 'count' | 'take'; code: string; some: number }
  | { does: 'hold'; cart: string; some: number }
  | { does: 'slide' | 'sell' | 'release'; cart: string }
  | { does: 'correct'; code: string; delta: number }
  | { does: 'send'; code: string; to: string; some: number; comes: number }
  | { does: 'limit'; some: number }
  | { does: 'wait'; minutes: number }

const code = fc.constantFrom(...CODES)
const some = fc.integer({ min: 1, max: 9 })
const cart = fc.constantFrom('a', 'b', 'c')
const does = <const T extends string>(...what: T[]): fc.Arbitrary<T> => fc.constantFrom(...what)
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ does: does('receive', 'count', 'take'), code, some }),
  fc.record({ does: does('hold'), cart, some }),
  fc.record({ does: does('slide', 'sell', 'release'), cart }),
  fc.record({ does: does('correct'), code, delta: fc.integer({ min: -9, max: 9 }) }),
  fc.record({ does: does('send'), code, to: code, some, comes: some }),
  fc.record({ does: does('limit'), some }),
  fc.record({ does: does('wait'), minutes: fc.integer({ min: 1, max: 40 }) }),
)

const move = (from: Account, to: Account, amount: number): Transfer => ({
  verb: 'move',
  from,
  to,
  amount,
  refusal,
})

const { hold, slide, sell, release } = shopStock({ warehouses: CODES, backorders: new Set([SKU]) })

const lineOfCart = (holdId: string) => ({ holdId, sku: SKU, quantity: 1 })

function run(shop: Shop, each: Step): void {
  switch (each.does) {
    case 'receive':
      return receive(shop, each.code, each.some)
    case 'hold':
      shop.commit(hold({ ...lineOfCart(each.cart), quantity: each.some, forSeconds: 1800 }))
      return
    case 'slide':
      assert(shop.commit(slide(lineOfCart(each.cart), 1800)), 'sliding along is never refused')
      return
    case 'sell':
      shop.commit(sell(lineOfCart(each.cart)))
      return
    case 'release':
      assert(shop.commit(release(lineOfCart(each.cart))))
      return
    case 'correct':
    case 'count': {
      const how = 'delta' in each ? { delta: each.delta } : { quantity: each.some }
      const outcome = correct(SKU, { ...how, warehouse: each.code, reason: 'x' }, WAREHOUSES)
      if (outcome.ok) shop.commit(outcome.value.transfers)
      return
    }
    case 'take': {
      const line = lineOf(SKU, shop.balance(onHand(each.code, SKU)).posted, each.some)
      shop.commit(booking({ status: 'open', warehouse: each.code, lines: [line] }))
      return
    }
    case 'send':
      return send(shop, each)
    case 'limit': {
      const change = each.some - shop.limit
      const [from, to] =
        change > 0 ? [promised(SKU), backorder(SKU)] : [backorder(SKU), promised(SKU)]
      if (change === 0 || shop.commit([move(from, to, Math.abs(change))])) shop.limit = each.some
      return
    }
    case 'wait':
      shop.now += each.minutes * 60_000
  }
}

/** As the command does it: who waits gets it first. */
function receive(shop: Shop, warehouse: string, quantity: number): void {
  const [place, { limit, filled }] = [onHand(warehouse, SKU), shop]
  const { posted } = shop.balance(backorder(SKU))
  const waiting = fillable({ limit, filled, posted }, filled, quantity)
  const came = move(suppliers(SKU), place, quantity)
  const given = waiting === 0 ? [] : [move(place, backorder(SKU), waiting)]
  assert(shop.commit([came, ...given]), 'a receipt is never refused')
  shop.filled += waiting
}

/** Some of what was sent comes, the rest is lost. */
function send(shop: Shop, { code: from, to, some: sent, comes }: Step & { does: 'send' }): void {
  if (!shop.commit(sending('t', from, [{ sku: SKU, quantity: sent }]))) return
  const quantity = Math.min(sent, comes)
  const lost = quantity === sent ? [] : [{ sku: SKU, quantity: sent - quantity }]
  assert(
    shop.commit(arriving('t', to, { lines: [{ sku: SKU, quantity }], lost })),
    'what was sent can come',
  )
}

test('whatever happens in the warehouses, the log says every number and no limit is passed (INVENTORY-1, 2, 5, 6)', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
      const shop = new Shop()
      for (const each of steps) {
        run(shop, each)
        shop.check()
      }
    }),
    { numRuns: 400 },
  )
})

test('what is on the shelves is what came less what went', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
      const shop = new Shop()
      for (const each of steps) run(shop, each)
      const moved = shop.entries.filter(({ verb }) => verb === 'move' || verb === 'post')
      const came = moved.filter(({ from, to }) => !isOnHand(from.name) && isOnHand(to.name))
      const went = moved.filter(({ from, to }) => isOnHand(from.name) && !isOnHand(to.name))
      const posted = CODES.map((each) => shop.balance(onHand(each, SKU)).posted)
      const amounts = (entries: readonly LedgerEntry[]): number =>
        sumOf(entries.map(({ amount }) => amount))
      assert.equal(sumOf(posted), amounts(came) - amounts(went))
    }),
  )
})
