/**
 * Nobody sets what is not theirs to set (requirement R21): prices, currencies, discounts, statuses,
 * roles, owners and shops, put into every object of every good request and into its query, are refused
 * one by one, and nothing is changed. Seen to fail with schemas that take unknown fields ("access: a body
 * may have further fields" in tests/failures/bugs.ts).
 */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import { good, Journey, type Json } from '../journeys/journey.ts'
import { objectsIn, putIn, quiet } from './bodies.ts'
import { isObject, wordFor } from './cells.ts'
import { operationsIn, type Operation } from './operations.ts'
import { passOf } from './people.ts'
import { GOOD } from './requests.ts'
import { Things } from './things.ts'

const EXTRA: Readonly<Record<string, unknown>> = {
  price: { amount: 1, currency: 'UAH' },
  unitPrice: { amount: 1, currency: 'UAH' },
  total: { amount: 1, currency: 'UAH' },
  discount: { amount: 100_000, currency: 'UAH' },
  currency: 'UAH',
  status: 'paid',
  paid: true,
  tenant: 2,
  tenant_id: 2,
  tenantId: 2,
  role: 'admin',
  roles: ['admin'],
  userId: crypto.randomUUID(),
  user_id: crypto.randomUUID(),
  id: crypto.randomUUID(),
  createdAt: '2020-01-01T00:00:00.000Z',
  isAdmin: true,
  __proto: { roles: ['admin'] },
  constructor: { prototype: { roles: ['admin'] } },
}

/**
 * What an operation does take under such a name, and why. A new one is a decision, so it stands here
 * and not in a schema alone.
 */
const TAKEN: Readonly<Record<string, string>> = {
  'createProduct price': 'staff say what a product costs',
  'createProduct variants * price': 'and each of its variants',
  'createProduct price currency': 'refused unless it is that of the shop',
  'createProduct variants * price currency': 'likewise',
  'changeProduct price': 'staff say what a product costs',
  'changeProduct variants * price': 'and each of its variants',
  'changeProduct price currency': 'refused unless it is that of the shop',
  'changeProduct variants * price currency': 'likewise',
  'mergeProduct price': 'staff say what a product costs',
  'mergeProduct variants * price': 'and each of its variants',
  'mergeProduct price currency': 'refused unless it is that of the shop',
  'mergeProduct variants * price currency': 'likewise',
  'createProduct publication status': 'staff say whether a product is shown',
  'changeProduct publication status': 'likewise',
  'mergeProduct publication status': 'likewise',
  'setPriceRule currency': 'of a special list; staff say in which currency its prices are',
  'createCart currency': 'one of those the shop sells in',
  'setOrderStatus status': 'staff hand over or cancel; `paid` is none',
  'placeOrder expectedTotal currency': 'only compared with what the shop asks',
  'refundPayment amount currency': 'only compared with that of the payment',
}

/** Names that some operation takes. */
const NAMES = new Set(Object.keys(TAKEN).map((each) => each.split(' ').at(-1) ?? ''))

let journey: Journey
let things: Things
let admin: Readonly<Record<string, string>>
let operations: readonly Operation[]
before(async () => {
  journey = await Journey.begin()
  things = new Things(journey)
  admin = passOf({ id: await journey.userId('admin'), email: 'admin@demo.test' }, ['admin'])
  operations = operationsIn(good(await journey.get('/openapi.json')))
})
after(() => journey?.[Symbol.asyncDispose]())

interface Request {
  readonly what: string
  readonly method: string
  readonly path: string
  readonly body: Json
}

/** The good request with one field more, or all of them: in each of its objects, and in the query. */
async function withExtras(operation: Operation): Promise<Request[]> {
  const { id, method, body: schema, isUpload } = operation
  const sample = GOOD[id] ?? {}
  const values = new Map<string, string>()
  for (const { kind, at } of operation.places) {
    const text = isObject(kind)
      ? (await things.make(kind, 'demo', 'guest')).id
      : wordFor(operation, kind)
    values.set(kind, text)
    values.set(at.join('.'), text)
  }
  const words = { ...sample.path, ...Object.fromEntries(values) }
  const bare = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => words[name] ?? '')
  const query = String(new URLSearchParams(sample.query))
  const path = query === '' ? bare : `${bare}?${query}`
  const body = (): Json =>
    structuredClone(sample.body?.((kind) => values.get(kind) ?? '', undefined) ?? {})
  const inObjects = (name: string, fields: Readonly<Record<string, unknown>>): Request[] =>
    objectsIn(schema).map((at) => {
      const what = [id, ...at, name].join(' ')
      return { what, method, path, body: putIn(body(), at, fields) }
    })
  const inQuery = Object.entries(EXTRA)
    .filter(([name]) => !operation.asks.includes(name))
    .map(([name, value]) => {
      const text = encodeURIComponent(typeof value === 'string' ? value : JSON.stringify(value))
      const to = `${path}${query === '' ? '?' : '&'}${name}=${text}`
      return {
        what: `${id} ?${name}`,
        method,
        path: to,
        body: method === 'GET' ? undefined : body(),
      }
    })
  if (method === 'GET' || isUpload) return inQuery
  const unasked = Object.fromEntries(Object.entries(EXTRA).filter(([name]) => !NAMES.has(name)))
  return [
    ...inQuery,
    ...Object.entries(EXTRA).flatMap(([name, value]) => inObjects(name, { [name]: value })),
    // All at once: so many faults that a check might lose count of them.
    ...inObjects('everything', unasked),
  ]
}

suite('a field that nobody may set', () => {
  test('is refused in every object of every request, and changes nothing', async (t) => {
    const requests: Request[] = []
    for (const operation of operations.filter(({ isPlatform }) => !isPlatform)) {
      requests.push(...(await withExtras(operation)))
    }
    const taken = requests.filter(({ what }) => what in TAKEN).map(({ what }) => what)
    assert.deepEqual(taken.toSorted(), Object.keys(TAKEN).toSorted(), 'listed and not asked for')
    const before = await quiet(journey)
    const began = performance.now()
    const left = requests.filter(({ what }) => !(what in TAKEN))
    const count = left.length
    const accepted: string[] = []
    await Promise.all(
      Array.from({ length: 24 }, async () => {
        for (let next = left.pop(); next !== undefined; next = left.pop()) {
          const { what, method, path, body } = next
          const answer = await journey.call(method, path, { headers: admin, body })
          if (!isRefused(answer)) accepted.push(`${what}: ${answer.status} ${answer.body?.code}`)
        }
      }),
    )
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    t.diagnostic(`${count} requests in ${seconds} s: ${accepted.length} accepted`)
    assert.deepEqual(accepted, [])
    assert.deepEqual(await quiet(journey), before)
    assert.ok(count > 1_500)
  })
})

/** By the schema; news of a provider is heard from whoever signs, and from nobody else. */
function isRefused({ status, body }: Json): boolean {
  if (status === 403) return body.code === 'payments.webhook-forged'
  return (status === 422 || status === 400) && body.code === 'request.invalid'
}
