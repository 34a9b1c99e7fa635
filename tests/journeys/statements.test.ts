/** What each operation asks of PostgreSQL, compared with the kept table (issue 4, item 8). */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'

import { OPERATIONS } from './statements-operations.ts'
import {
  BATCH,
  costOf,
  Counting,
  overdrawn,
  read,
  type Row,
  TABLE,
  written,
} from './statements-table.ts'

/** The figures that are promised, whatever the table says. */
const MOST: Readonly<Record<string, number>> = { placeOrder: 15, addCartItem: 8, setCartItem: 8 }

/** An operation is asked so often before it is believed that it costs more than its row. */
const TRIES = 6

const document = readFileSync(join(import.meta.dirname, '..', '..', TABLE), 'utf8')
const rows = new Map(read(document).map((row) => [row.operation, row]))

let counting: Counting
before(async () => {
  counting = await Counting.begin()
})
after(() => counting?.[Symbol.asyncDispose]())

suite('the table of statements', () => {
  test('has a row for every operation that is served, and for no other', () => {
    assert.deepEqual([...rows.keys()].toSorted(), [...counting.served.keys()].toSorted())
    assert.deepEqual(Object.keys(OPERATIONS).toSorted(), [...counting.served.keys()].toSorted())
    assert.equal(written([...rows.values()]), document, 'it is as it was written')
  })

  test('keeps what was promised of the sale, also for a process that has just started', async () => {
    for (const [operation, most] of Object.entries(MOST)) {
      assert.ok((rows.get(operation)?.warm.statements ?? Infinity) <= most, operation)
    }
    for (const operation of ['addCartItem', 'placeOrder', 'processPayment']) {
      const cold = await counting.cold(operation)
      const row = rows.get(operation) as Row
      assert.deepEqual(overdrawn(operation, cold, row.cold), [], 'when it has just started')
    }
  })

  test('is not exceeded by any operation, nor padded', async () => {
    const found: string[] = []
    for (const [operation, { warm }] of rows) {
      found.push(...overdrawn(operation, await counting.warm(operation, warm, TRIES), warm))
    }
    assert.deepEqual(found, [])
  })

  test('says what a member of a full batch costs, which is less than one statement', async () => {
    for (const operation of ['addCartItem', 'placeOrder', 'processPayment']) {
      // On a busy machine a rush comes in drops, which are as many small batches.
      let each = Infinity
      for (let tries = 0; tries < TRIES && each >= 1; tries += 1) {
        each = Math.min(each, (await counting.many(operation)).statements.length / BATCH)
      }
      assert.ok(each < 1, `${operation}: ${each} statements for each of many`)
    }
  })
})

suite('the counter', () => {
  test('hears nothing of a process that nobody asks', async () => {
    assert.deepEqual(costOf(await counting.idle(300)), { statements: 0, roundTrips: 0 })
  })

  test('hears one statement and one round trip when the process asks whether PostgreSQL is there', async () => {
    const asked = await counting.warm('ready', { statements: 0, roundTrips: 0 }, 2)
    assert.ok(asked.statements.includes('platform.now'), asked.statements.join())
    assert.equal(asked.roundTrips, 1)
  })

  test('complains of a statement or a round trip too many, and of a row that says too much', () => {
    const asked = { statements: ['begin', 'one', 'commit'], roundTrips: 2 }
    const complaints = (statements: number, roundTrips: number) =>
      overdrawn('placeOrder', asked, { statements, roundTrips })
    assert.deepEqual(complaints(3, 2), [])
    assert.match(
      complaints(2, 2).join(),
      /^placeOrder asks 3 statements .* its row says 2 .*begin, one, commit.*npm run statements/,
    )
    assert.match(complaints(3, 1).join(), /2 round trips; its row says 3 in 1/)
    assert.match(complaints(4, 2).join(), /its row says 4 in 2/)
  })
})
