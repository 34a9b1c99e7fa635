/**
 * Who may do what with whose things (requirements R19, R20): every operation that the running server
 * documents, asked by everyone, of everyone's objects, in every place that takes an id. What each must
 * be answered follows from its `x-authz` alone.
 *
 * Planted bugs that this must catch are in tests/failures/bugs.ts, under the names that begin with
 * "access:".
 */
import assert from 'node:assert/strict'
import { after, before, suite, test, type TestContext } from 'node:test'

import { undocumented } from '../journeys/documented.ts'
import { A, good, Journey } from '../journeys/journey.ts'
import { quiet } from './bodies.ts'
import { Asking, type Asked, type Cell, cellsOf } from './cells.ts'
import { mismatches } from './judge.ts'
import { leaks } from './leaks.ts'
import { operationsIn, type Operation } from './operations.ts'
import { type Accounts, peopleOf, type Person } from './people.ts'
import { heardOf, opening, threeProducts } from './pages.ts'
import { Things } from './things.ts'

/** As many requests as are under way at once. */
const AT_ONCE = 24

let journey: Journey
let things: Things
let asking: Asking
let accounts: Accounts
let people: readonly Person[]
let operations: readonly Operation[]
let cells: readonly Cell[]
const asked: Asked[] = []
const since = performance.now()

before(async () => {
  journey = await Journey.begin()
  things = new Things(journey)
  accounts = await openAccounts()
  // An access token of a session that was ended: what it still opens is in the matrix.
  const { accessToken, refreshToken } = await things.signIn('demo', accounts.shopper)
  good(await journey.post(`${A}/users/logout`, { refreshToken }), 204)
  people = peopleOf(accounts, accessToken)
  assert.equal((await journey.post(`${A}/users/refresh`, { refreshToken })).status, 401)
  operations = operationsIn(good(await journey.get('/openapi.json')))
  asking = new Asking(things, accounts)
  cells = cellsOf(operations, people)
})
after(() => journey?.[Symbol.asyncDispose]())

async function openAccounts(): Promise<Accounts> {
  const rows = await journey.shop.query<{ tenant_id: number; id: string; email: string }>(
    `select tenant_id, id, email from identity.users`,
  )
  const demo = (who: string, tenant = 1) => {
    const found = rows.find((row) => row.tenant_id === tenant && row.email === `${who}@demo.test`)
    assert.ok(found, who)
    return { id: found.id, email: found.email }
  }
  return {
    shopper: demo('shopper'),
    warehouse: demo('warehouse'),
    courier: demo('courier'),
    admin: demo('admin'),
    other: await things.register('demo'),
    staff: await things.register('demo'),
    bystander: await things.register('demo'),
    thereShopper: demo('shopper', 2),
    thereAdmin: demo('admin', 2),
  }
}

async function askAll(chosen: readonly Cell[], atOnce: number): Promise<Asked[]> {
  const left = [...chosen]
  const done: Asked[] = []
  const worker = async (): Promise<void> => {
    for (let cell = left.shift(); cell !== undefined; cell = left.shift()) {
      done.push(await asking.ask(cell))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  asked.push(...done)
  return done
}

function isChange({ operation, expected }: Cell): boolean {
  return operation.method !== 'GET' && expected === 'opens'
}

/** The first of many say what is wrong; the count says how wrong. */
function mustBeEmpty(found: readonly string[]): void {
  assert.ok(found.length === 0, `${found.length}: ${found.slice(0, 10).join('\n')}`)
}

function report(t: TestContext, done: readonly Asked[], began: number): void {
  const counts = new Map<string, number>()
  for (const { cell } of done) counts.set(cell.expected, (counts.get(cell.expected) ?? 0) + 1)
  const table = [...counts].map(([name, count]) => `${name} ${count}`).join(', ')
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  t.diagnostic(`${done.length} calls in ${seconds} s: ${table}`)
}

suite('the authorization matrix', () => {
  test('nobody gets, and nobody changes, what is not theirs', async (t) => {
    const chosen = cells.filter((cell) => !isChange(cell))
    // Everything that is looked at is there before, so that nothing changes meanwhile.
    await warmUp(chosen)
    const before = await quiet(journey)
    const began = performance.now()
    const done = await askAll(chosen, AT_ONCE)
    report(t, done, began)
    mustBeEmpty(mismatches(done))
    assert.deepEqual(
      await quiet(journey),
      before,
      'a request that was refused has changed something',
    )
  })

  test('everyone may do with their own what the declaration says', async (t) => {
    const began = performance.now()
    // One after the other where they share something: a warehouse, a user's five sessions.
    const byTag = Map.groupBy(cells.filter(isChange), ({ operation }) => operation.tag)
    const done = (await Promise.all([...byTag.values()].map((each) => askAll(each, 1)))).flat()
    report(t, done, began)
    mustBeEmpty(mismatches(done))
  })

  test('a page that stays opens to whom its declaration says, and tells of this shop alone', async () => {
    const { url } = journey.shop.program
    const live = operations.find(({ id }) => id === 'openLivePage')
    assert.deepEqual(live?.access, { who: 'anyone', whose: 'public' })
    const products = await threeProducts(asking)
    for (const person of people) {
      const isBad = person.is === 'invalid'
      const wanted = isBad ? 'answered 401' : 'opened'
      assert.equal(await opening(url, 'demo.localhost', person), wanted, person.name)
      assert.equal(await opening(url, 'no-such-shop.localhost', person), 'answered 404')
      if (isBad) continue
      const heard = products.map((id) => heardOf(url, person, id))
      const [ours, theirs, missing] = await Promise.all(heard)
      assert.ok(ours !== undefined && 'price' in ours, person.name)
      assert.equal('price' in (theirs ?? {}), false, person.name)
      assert.deepEqual(theirs, missing, person.name)
    }
  })

  test('no answer names a thing that its reader may not see', async () => {
    mustBeEmpty(leaks(asked, await asking.made(), accounts))
  })

  test('every operation was asked by everyone, and opened to somebody', () => {
    const opened = new Set(
      asked.filter(({ cell }) => cell.expected === 'opens').map(({ cell }) => cell.operation.id),
    )
    // Whoever cannot sign is not heard, so that one stays shut here.
    opened.add('hearPaymentProvider')
    assert.deepEqual(
      operations.filter(({ id }) => !opened.has(id)).map(({ id }) => id),
      [],
    )
    assert.equal(asked.length, cells.length)
    for (const { id } of operations) {
      const askers = new Set(
        asked.filter(({ cell }) => cell.operation.id === id).map(({ cell }) => cell.person.name),
      )
      assert.equal(askers.size, people.length, id)
    }
  })

  test('no answer is missing in the documentation', async () => {
    assert.deepEqual(await undocumented(journey), [])
  })

  test('is asked about everything, every day', (t) => {
    const seconds = ((performance.now() - since) / 1000).toFixed(0)
    t.diagnostic(
      `${operations.length} operations × ${people.length} people: ${asked.length} calls, ` +
        `${seconds} s with all that had to be made`,
    )
    assert.ok(operations.length > 80 && asked.length > 6_000)
  })
})

/** Makes what the cells look at: one request each shows which. */
async function warmUp(chosen: readonly Cell[]): Promise<void> {
  for (const cell of chosen) await asking.prepare(cell)
}
