import assert from 'node:assert/strict'
import { test } from 'node:test'

import { ChargeBook, type Answer, type Entry } from './charges.ts'

function aBook(limit = 1_000): { book: ChargeBook; journal: Entry[] } {
  const journal: Entry[] = []
  let made = 0
  const book = new ChargeBook({
    limit,
    journal: (entry) => journal.push(entry),
    newId: () => `${++made}`,
    now: () => Date.UTC(2026, 10, 21),
  })
  return { book, journal }
}

function value<T>(answer: Answer<T>): T {
  assert('value' in answer, JSON.stringify(answer))
  return answer.value
}

function code(answer: Answer<unknown>): string {
  assert('rejection' in answer, JSON.stringify(answer))
  return answer.rejection.code
}

const shoes = { amount: 129_900, currency: 'UAH', reference: 'payment-1' }

test('a key that is sent again takes no money again', () => {
  const { book, journal } = aBook()
  const first = value(book.charge('k1', shoes))
  assert.deepEqual(value(book.charge('k1', shoes)), first)
  assert.equal(journal.length, 1)
  assert.notEqual(value(book.charge('k2', shoes)).id, first.id)
})

test('a key that was used for something else is rejected', () => {
  const { book } = aBook()
  const { id } = value(book.charge('k1', shoes))
  assert.equal(code(book.charge('k1', { ...shoes, amount: 1 })), 'idempotency_key_reused')
  assert.equal(code(book.refund('k1', { charge: id, amount: 1 })), 'idempotency_key_reused')
})

test('never more is given back than was charged', () => {
  const { book } = aBook()
  const { id } = value(book.charge('k1', shoes))
  value(book.refund('r1', { charge: id, amount: 100_000 }))
  value(book.refund('r1', { charge: id, amount: 100_000 }))
  assert.equal(code(book.refund('r2', { charge: id, amount: 29_901 })), 'refund_exceeds_charge')
  value(book.refund('r3', { charge: id, amount: 29_900 }))
  assert.equal(code(book.refund('r4', { charge: id, amount: 1 })), 'refund_exceeds_charge')
  assert.equal(value(book.find(id)).amountRefunded, 129_900)
  assert.equal(code(book.refund('r5', { charge: 'ch_none', amount: 1 })), 'charge_unknown')
})

test('a list is walked in order of arrival, page by page', () => {
  const { book } = aBook()
  const ids = Array.from({ length: 7 }, (_, n) => {
    const reference = n % 2 === 0 ? 'even' : 'odd'
    return value(book.charge(`k${n}`, { ...shoes, reference })).id
  })

  const walk = (reference?: string): string[] => {
    const seen: string[] = []
    let after: string | null | undefined
    do {
      const page = value(
        book.list({
          limit: 2,
          ...(reference === undefined ? {} : { reference }),
          ...(typeof after === 'string' ? { after } : {}),
        }),
      )
      seen.push(...page.items.map((each) => each.id))
      after = page.next
    } while (after !== null)
    return seen
  }

  assert.deepEqual(walk(), ids)
  assert.deepEqual(
    walk('even'),
    ids.filter((_, n) => n % 2 === 0),
  )
  assert.deepEqual(walk('nobody'), [])
  assert.equal(code(book.list({ limit: 2, after: 'ch_none' })), 'charge_unknown')
})

test('old charges are forgotten with their keys, and the list goes on', () => {
  const { book } = aBook(10)
  const ids = Array.from({ length: 25 }, (_, n) => value(book.charge(`k${n}`, shoes)).id)
  const { items } = value(book.list({ limit: 1_000 }))
  assert(items.length <= 11, `${items.length} are kept`)
  assert.deepEqual(
    items.map((each) => each.id),
    ids.slice(-items.length),
  )
  assert.deepEqual(value(book.list({ limit: 1_000, reference: shoes.reference })).items, items)
  assert.equal(code(book.find(ids[0] ?? '')), 'charge_unknown')

  const { items: rest } = value(book.list({ limit: 3, after: items.at(-3)?.id ?? '' }))
  assert.deepEqual(rest, items.slice(-2))
})

test('a journal replayed gives the same book', () => {
  const { book, journal } = aBook()
  const { id } = value(book.charge('k1', shoes))
  value(book.refund('r1', { charge: id, amount: 900 }))

  const { book: again, journal: nothing } = aBook()
  for (const entry of journal) again.replay(entry)
  assert.deepEqual(value(again.find(id)), value(book.find(id)))
  assert.equal(value(again.charge('k1', shoes)).id, id)
  assert.equal(value(again.refund('r1', { charge: id, amount: 900 })).amount, 900)
  assert.equal(value(again.find(id)).amountRefunded, 900)
  assert.deepEqual(nothing, [])
})

test('a journal replayed gives open charges their end, and news that was not told', () => {
  const journal: Entry[] = []
  let made = 0
  const options = {
    limit: 10,
    journal: (entry: Entry) => journal.push(entry),
    newId: () => `${++made}`,
    now: () => Date.UTC(2026, 10, 21),
    urlOf: (id: string) => `http://provider/pay/${id}`,
    tell: () => undefined,
  }
  const book = new ChargeBook(options)
  const { id, url } = value(book.charge('k1', shoes, { status: 'action-needed' }))
  assert.equal(url, `http://provider/pay/${id}`)
  const slow = value(book.charge('k2', shoes, { status: 'pending' }))
  assert.deepEqual(book.pending(), [slow])
  assert.deepEqual(book.untold(), [], 'nothing has ended')
  assert.equal(code(book.refund('r0', { charge: id, amount: 1 })), 'charge_not_paid')

  value(book.end(id, 'succeeded'))
  assert.equal(value(book.end(id, 'declined', 'closed')).status, 'succeeded', 'what ended stays')
  value(book.end(slow.id, 'declined', 'closed'))
  value(book.refund('r1', { charge: id, amount: 900 }))
  value(book.refund('r2', { charge: id, amount: 900 }, 'refund_refused'))
  const [first] = book.untold()
  assert(first !== undefined)
  book.told(first.id)

  const again = new ChargeBook({ ...options, journal: () => assert.fail('replay writes nothing') })
  for (const entry of journal) again.replay(entry)
  assert.deepEqual(again.untold(), book.untold())
  assert.deepEqual(
    again.untold().map(({ type }) => type),
    ['charge.declined', 'refund.succeeded', 'refund.declined'],
  )
  assert.deepEqual(again.pending(), [])
  const { status, amountRefunded } = value(again.find(id))
  assert.deepEqual([status, amountRefunded], ['succeeded', 900])
  assert.equal(value(again.charge('k2', shoes)).reason, 'closed')
})
