/** Bundles and their components side by side: over the in-memory store, in batches of two writers. */
import assert from 'node:assert/strict'
import { test } from 'node:test'

import fc from 'fast-check'

import type { TenantId } from '#platform/ids'
import type { Transfer } from '#platform/ledger/transfer'
import { accept } from '#platform/outcome'
import { reality } from '#platform/waiting'
import { MemoryStore } from '#platform/write/memory-store'
import { keyed } from '#platform/write/settle'
import { openWriter } from '#platform/write/writer'

import { onHand, suppliers } from '../accounts.ts'
import type { Held, SkuQuantity } from '../contract.ts'
import { partsOf } from './parts.ts'
import { shopStock } from './shop-stock.ts'

const TENANT = 1 as TenantId
const UNITS = ['BALL', 'NET']
const WAREHOUSES = ['kyiv', 'lviv']
const { hold, slide, release, sell } = shopStock({ warehouses: WAREHOUSES, backorders: new Set() })

/** What the shop sells: a ball, a net, and a bundle that the merchant keeps changing. */
const MAKES: readonly (readonly SkuQuantity[])[] = [
  [
    { sku: 'BALL', quantity: 2 },
    { sku: 'NET', quantity: 1 },
  ],
  [{ sku: 'BALL', quantity: 1 }],
  [
    { sku: 'NET', quantity: 2 },
    { sku: 'BALL', quantity: 1 },
  ],
]

interface Step {
  readonly does: 'hold' | 'slide' | 'release' | 'sell'
  readonly cart: 'a' | 'b' | 'c'
  readonly sku: 'BALL' | 'NET' | 'SET'
  readonly quantity: number
  readonly make: number
}

const step: fc.Arbitrary<Step> = fc.record({
  does: fc.constantFrom('hold', 'hold', 'hold', 'slide', 'release', 'sell'),
  cart: fc.constantFrom('a', 'b', 'c'),
  sku: fc.constantFrom('BALL', 'NET', 'SET', 'SET'),
  quantity: fc.integer({ min: 1, max: 3 }),
  make: fc.nat({ max: MAKES.length - 1 }),
})

/** Steps that are asked for at once, and minutes until the next. */
const waves = fc.array(
  fc.record({
    steps: fc.uniqueArray(step, {
      maxLength: 6,
      selector: ({ cart, sku }) => `${cart}/${sku}`,
    }),
    minutes: fc.constantFrom(0, 0, 1, 29, 31),
  }),
  { maxLength: 10, size: 'max' },
)

class Shop {
  readonly lines = new Map<string, Held>()
  readonly sold = new Map<string, number>()
  now = 0
  readonly store = new MemoryStore({ now: () => this.now })
  private readonly writers = [1, 2].map(() =>
    openWriter({
      ...reality,
      store: this.store,
      clock: { now: () => this.now },
      queueLimit: 1000,
      batchLimit: 8,
      lanes: 1,
    }),
  )
  private keys = 0

  async commit(transfers: readonly Transfer[]): Promise<boolean> {
    this.keys += 1
    const { write } = this.writers[this.keys % 2]!
    const done = await write({
      tenant: TENANT,
      caller: 'test',
      key: String(this.keys),
      fingerprint: '',
      streams: {},
      decide: () => accept({ transfers, answer: null }),
    })
    return done.ok
  }

  async run({ does, cart, sku, quantity, make }: Step): Promise<void> {
    const holdId = `${cart}/${sku}`
    const before = this.lines.get(holdId)
    if (does === 'hold') {
      const components = sku === 'SET' ? MAKES[make]! : []
      const line = { holdId, sku, quantity, components }
      const isNew = before === undefined
      const asked = { ...line, before, isNew, forSeconds: 1800 }
      if (await this.commit(hold(asked))) this.lines.set(holdId, line)
    } else if (before !== undefined) {
      if (does === 'slide') assert(await this.commit(slide(before, 1800)))
      if (does === 'sell' && !(await this.commit(sell(before)))) return
      if (does === 'release') assert(await this.commit(release(before)))
      if (does !== 'slide') this.lines.delete(holdId)
      if (does === 'sell') this.book(before)
    }
  }

  private book(line: Held): void {
    for (const { sku, quantity } of partsOf(line)) {
      this.sold.set(sku, (this.sold.get(sku) ?? 0) + quantity)
    }
  }

  /** What holds, sales and lines say of each other. */
  check(came: number): void {
    const demand = new Map(this.sold)
    for (const line of this.lines.values()) {
      const parts = partsOf(line)
      const held = parts.map(({ id }) => this.store.holds.get(keyed(TENANT, id)))
      const live = held.filter((each) => each !== undefined && each.until > this.now)
      assert(live.length === 0 || live.length === parts.length, `${line.holdId} is held in part`)
      if (live.length === 0) continue
      assert.equal(new Set(live.map((each) => each?.until)).size, 1, 'its parts lapse together')
      for (const [place, { sku, quantity }] of parts.entries()) {
        assert.equal(held[place]?.amount, quantity)
        assert.equal(held[place].account.unit, sku)
        demand.set(sku, (demand.get(sku) ?? 0) + quantity)
      }
    }
    for (const [sku, units] of demand) {
      assert(units <= came * WAREHOUSES.length, `${units} of ${came * WAREHOUSES.length} ${sku}`)
    }
    const known = new Set([...this.lines.values()].flatMap(partsOf).map(({ id }) => id))
    for (const { id, until } of this.store.holds.values()) {
      assert(known.has(id) || until <= this.now, `${id} is held for no line`)
    }
  }
}

test('whoever wants bundles and components at once, no unit is promised twice and no line is held in part (INVENTORY-9)', async () => {
  let [whole, refused] = [0, 0]
  await fc.assert(
    fc.asyncProperty(waves, fc.integer({ min: 1, max: 4 }), async (all, came) => {
      const shop = new Shop()
      const refusal = { code: 'inventory.not-enough' }
      for (const unit of UNITS) {
        for (const code of WAREHOUSES) {
          const [from, to] = [suppliers(unit), onHand(code, unit)]
          assert(await shop.commit([{ verb: 'move', from, to, amount: came, refusal }]))
        }
      }
      for (const { steps, minutes } of all) {
        const before = shop.lines.size
        await Promise.all(steps.map((each) => shop.run(each)))
        shop.now += minutes * 60_000
        shop.check(came)
        const isSet = [...shop.lines.values()].some(({ sku }) => sku === 'SET')
        if (isSet) whole += 1
        if (shop.lines.size < before + steps.length) refused += 1
      }
    }),
    { numRuns: 150 },
  )
  assert(whole > 50 && refused > 50, `bundles in ${whole} waves, refusals in ${refused}`)
})
