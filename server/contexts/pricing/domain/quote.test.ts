import assert from 'node:assert/strict'
import { test } from 'node:test'

import fc from 'fast-check'

import type { SpecialPrice } from '../contract.ts'
import { bySpecificity, priceFor, quote } from './quote.ts'

const T0 = 1_000_000

const entry = (list: string, amount: number, rest: Partial<SpecialPrice> = {}): SpecialPrice => ({
  list,
  amount,
  currency: 'UAH',
  fromQuantity: 1,
  group: null,
  market: null,
  from: null,
  until: null,
  isSale: false,
  ...rest,
})
const ask = { currency: 'UAH', quantity: 1, at: T0, group: null, market: null }

/** The price and the list it is of. */
function check(entries: readonly SpecialPrice[], given: Partial<typeof ask> & object = {}) {
  const { unitPrice, list } = priceFor(1000, entries, { ...ask, ...given })
  return [unitPrice.amount, list]
}

test('what holds for nobody here changes nothing', () => {
  assert.deepEqual(check([]), [1000, null])
  assert.deepEqual(check([entry('club', 900, { group: 'club' })]), [1000, null])
  assert.deepEqual(check([entry('eu', 900, { market: 'eu' })]), [1000, null])
  assert.deepEqual(check([entry('eur', 900, { currency: 'EUR' })]), [1000, null])
  assert.deepEqual(check([entry('many', 900, { fromQuantity: 2 })]), [1000, null])
})

test('a price of a time begins at its first instant and ends before its last', () => {
  const sale = [entry('sale', 800, { from: T0, until: T0 + 10 })]
  assert.deepEqual(check(sale, { at: T0 - 1 }), [1000, null])
  assert.deepEqual(check(sale, { at: T0 }), [800, 'sale'])
  assert.deepEqual(check(sale, { at: T0 + 9 }), [800, 'sale'])
  assert.deepEqual(check(sale, { at: T0 + 10 }), [1000, null])
})

test('the most specific price counts: group, market, time, the later beginning (PRICING-5)', () => {
  const entries = [
    entry('plain', 990),
    entry('sale', 700, { from: T0 - 5 }),
    entry('newer-sale', 750, { from: T0 - 1 }),
    entry('eu', 930, { market: 'eu' }),
    entry('club', 950, { group: 'club' }),
    entry('club-eu', 940, { group: 'club', market: 'eu' }),
  ]
  assert.deepEqual(check(entries), [750, 'newer-sale'])
  assert.deepEqual(check(entries, { market: 'eu' } as object), [930, 'eu'])
  assert.deepEqual(check(entries, { group: 'club' } as object), [950, 'club'])
  assert.deepEqual(check(entries, { group: 'club', market: 'eu' } as object), [940, 'club-eu'])
})

test('of two lists that say the same the one with the lesser code counts, in either order', () => {
  const [a, b] = [entry('a', 900), entry('b', 900)]
  assert.deepEqual(check([a, b]), [900, 'a'])
  assert.deepEqual(check([b, a]), [900, 'a'])
  assert.notEqual(bySpecificity(a, b), 0)
})

test('a tier holds from its quantity on, beside the tiers of other lists', () => {
  const entries = [
    entry('volume', 900, { fromQuantity: 10 }),
    entry('volume', 800, { fromQuantity: 100 }),
    entry('club', 950, { group: 'club' }),
    entry('club', 850, { group: 'club', fromQuantity: 50 }),
  ]
  const of = (quantity: number, group: string | null) =>
    check(entries, { quantity, group } as object)[0]
  assert.deepEqual(
    [9, 10, 99, 100].map((quantity) => of(quantity, null)),
    [1000, 900, 900, 800],
  )
  assert.deepEqual(
    [9, 49, 50, 1000].map((quantity) => of(quantity, 'club')),
    [950, 950, 850, 850],
  )
})

test('a sale is shown with the price there would be without it, if that is higher', () => {
  const sale = entry('sale', 800, { isSale: true, from: T0 - 1 })
  const of = (entries: readonly SpecialPrice[]) => priceFor(1000, entries, ask).was?.amount
  assert.equal(of([sale]), 1000)
  assert.equal(of([sale, entry('list', 900)]), 900)
  assert.equal(of([{ ...sale, amount: 1100 }]), undefined)
  assert.equal(of([entry('list', 900)]), undefined)
})

test('what is not sold in a currency has no special price in it either (PRICING-4)', () => {
  const offer = { prices: {}, specials: [entry('sale', 1)] } as unknown as Parameters<
    typeof quote
  >[0]
  assert.equal(quote(offer, { currency: 'UAH', quantity: 1, at: T0, market: null }), undefined)
  const odd = { currency: 'constructor', quantity: 1, at: T0, market: null }
  assert.equal(quote(offer, odd), undefined)
})

const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })
const anyEntries = fc.uniqueArray(
  fc.record({
    list: fc.constantFrom('a', 'b', 'c', 'd'),
    amount: fc.integer({ min: 0, max: 2000 }),
    currency: fc.constantFrom('UAH', 'EUR'),
    fromQuantity: fc.integer({ min: 1, max: 6 }),
    group: some(fc.constantFrom('club', 'staff')),
    market: some(fc.constantFrom('eu', 'ua')),
    from: some(fc.integer({ min: T0 - 3, max: T0 + 3 })),
    until: some(fc.integer({ min: T0 - 3, max: T0 + 3 })),
    isSale: fc.boolean(),
  }),
  { maxLength: 12, selector: ({ list, fromQuantity }) => `${list} ${fromQuantity}` },
)
const anyAsk = fc.record({
  currency: fc.constant('UAH'),
  quantity: fc.integer({ min: 1, max: 8 }),
  at: fc.integer({ min: T0 - 4, max: T0 + 4 }),
  group: some(fc.constantFrom('club', 'staff')),
  market: some(fc.constantFrom('eu', 'ua')),
})

test('a price does not depend on the order of the entries, and is one of them or the ordinary one', () => {
  const shuffled = anyEntries.chain((entries) =>
    fc.tuple(
      fc.constant(entries),
      fc.shuffledSubarray(entries, { minLength: entries.length, maxLength: entries.length }),
    ),
  )
  fc.assert(
    fc.property(shuffled, anyAsk, ([entries, again], given) => {
      const found = priceFor(1000, entries, given)
      assert.deepEqual(priceFor(1000, again, given), found)
      assert([1000, ...entries.map(({ amount }) => amount)].includes(found.unitPrice.amount))
      assert(found.unitPrice.amount >= 0)
      assert(found.was === null || found.was.amount > found.unitPrice.amount)
      for (const one of entries) {
        for (const other of entries) {
          if (one !== other) assert.notEqual(bySpecificity(one, other), 0, 'the order is total')
        }
      }
    }),
  )
})

test('more units never cost more each', () => {
  fc.assert(
    fc.property(anyEntries, anyAsk, (entries, given) => {
      let least = Infinity
      for (let quantity = 1; quantity <= 8; quantity += 1) {
        const { amount } = priceFor(1000, entries, { ...given, quantity }).unitPrice
        assert(amount <= least, `${quantity} units cost ${amount} each, fewer cost ${least}`)
        least = amount
      }
    }),
  )
})

test('a list that is not for this buyer, this currency or this time changes nothing', () => {
  const unrelated = fc.constantFrom<Partial<SpecialPrice>>(
    { group: 'nobody' },
    { market: 'nowhere' },
    { currency: 'XXX' },
    { from: T0 + 100 },
    { until: T0 - 100 },
    { fromQuantity: 9 },
  )
  fc.assert(
    fc.property(anyEntries, anyAsk, unrelated, fc.nat(2000), (entries, given, rest, amount) => {
      const found = priceFor(1000, [...entries, entry('other', amount, rest)], given)
      assert.deepEqual(found, priceFor(1000, entries, given))
    }),
  )
})
