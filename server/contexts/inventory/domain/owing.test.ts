import assert from 'node:assert/strict'
import { test } from 'node:test'

import fc from 'fast-check'

import { fillable, owedOf, soldAhead, surplus } from './owing.ts'

const sale = (hold: string, quantity: number) => ({ hold, at: 0, quantity })

test('units that come go to the first who waited, in part when they are not enough', () => {
  const sales = [sale('a', 2), sale('b', 3), sale('c', 1)]
  assert.deepEqual(
    owedOf(sales, 3).map(({ hold, filled }) => [hold, filled]),
    [
      ['b', 1],
      ['c', 0],
    ],
  )
  assert.deepEqual(owedOf(sales, 6), [])
})

test('what is owed and what has come are together what was sold, whoever waits', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9 })), fc.nat(60), (quantities, wanted) => {
      const all = quantities.reduce((sum, each) => sum + each, 0)
      const filled = Math.min(wanted, all)
      const owed = owedOf(
        quantities.map((each, at) => sale(String(at), each)),
        filled,
      )
      const left = owed.reduce((sum, each) => sum + each.quantity - each.filled, 0)
      assert.equal(left, all - filled)
      assert(
        owed.slice(1).every((each) => each.filled === 0),
        'nobody is served out of turn',
      )
    }),
  )
})

test('books that are read early never fill more than is owed', () => {
  const step = fc.record({ sells: fc.nat(5), comes: fc.nat(5), reads: fc.boolean() })
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const limit = 1000
      let [posted, filled] = [limit, 0]
      let books = { limit, filled, posted }
      for (const { sells, comes, reads } of steps) {
        posted -= sells
        if (reads) books = { limit, filled, posted }
        const some = fillable(books, filled, comes)
        posted += some
        filled += some
        assert(some <= comes && posted <= limit, 'more came to the account than was sold from it')
        assert(soldAhead({ limit, filled, posted }) >= filled)
      }
    }),
  )
})

test('what was filled in vain is found, and with it taken back nothing is owed twice', () => {
  const step = fc.record({ sells: fc.nat(5), comes: fc.nat(5), isBack: fc.boolean() })
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const limit = 1000
      let [posted, filled, owed] = [limit, 0, 0]
      for (const { sells, comes, isBack } of steps) {
        posted -= sells
        owed += sells
        const some = fillable({ limit, filled, posted }, filled, comes)
        posted += some
        filled += some
        owed -= some
        // A sale comes to nothing, whether its units have come or not.
        if (isBack) {
          posted += sells
          owed -= sells
        }
        const over = surplus({ limit, filled, posted }, filled)
        posted -= over
        filled -= over
        owed += over
        assert.equal(limit - posted, owed)
        assert(owed >= 0 && filled >= 0)
      }
    }),
  )
})
