/**
 * Nothing is served that the matrix does not know of: what the document lists, what the router has and
 * what the running server answers are the same. Seen to fail with an operation left out of the document
 * ("access: an operation is served and not documented" in tests/failures/bugs.ts), and a route without a
 * declaration does not start (server/platform/http/server.test.ts).
 */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import { describeProgram } from '../../tools/docs/program.ts'
import type { Access, Route } from '../../server/platform/http/route.ts'
import { good, Journey, type Json } from '../journeys/journey.ts'
import { OWNED, type Kind } from './kinds.ts'
import { operationsIn, type Operation } from './operations.ts'

let journey: Journey
let document: Json
let operations: readonly Operation[]
let routes: readonly Route[]
let addresses: readonly (readonly [method: string, path: string])[]
before(async () => {
  journey = await Journey.begin()
  document = good(await journey.get('/openapi.json'))
  operations = operationsIn(document)
  const program = await describeProgram()
  routes = program.contexts.flatMap((context) => context.routes)
  addresses = [...program.addresses].map((each) => {
    const [method = '', path = ''] = each.split(' ')
    return [method, path.replace(/:(\w+)/g, '{$1}')] as const
  })
})
after(() => journey?.[Symbol.asyncDispose]())

/** Of the browsable documentation, which is the same for everyone and asks nobody who they are. */
function isOfDocs(path: string): boolean {
  return path === '/docs' || path.startsWith('/docs/')
}

suite('what is served', () => {
  test('is what the document lists, each with the declaration of its own record', () => {
    const byId = new Map(operations.map((operation) => [operation.id, operation]))
    for (const { id, method, path, access } of routes) {
      const served = byId.get(id)
      assert.ok(served, `${id} is served and not documented`)
      assert.deepEqual([served.method, served.path], [method, path], id)
      assert.deepEqual(served.access, access as Access, id)
      byId.delete(id)
    }
    // What is left is the platform's own, and nothing of it knows a shop.
    for (const { id, access, isPlatform } of byId.values()) {
      assert.ok(isPlatform, `${id} is documented and nobody serves it`)
      assert.deepEqual(access, { who: 'anyone', whose: 'public' }, id)
    }
    assert.ok(routes.length > 70)
  })

  test('is all that the router has: every other method of every address is refused', async () => {
    const known = new Set(operations.map(({ method, path }) => `${method} ${bare(path)}`))
    const others = addresses.filter(
      ([method, path]) => !known.has(`${method} ${bare(path)}`) && !isOfDocs(path),
    )
    assert.ok(others.length > 200, `the router has only ${others.length} further addresses`)
    for (const [method, path] of others) {
      const as = await journey.token('admin')
      const filled = path.replace(/\{\w+\}/g, crypto.randomUUID())
      const { status, headers } = await journey.call(method, filled, { as })
      if (method !== 'HEAD') assert.equal(status, 405, `${method} ${path}`)
      else assert.ok(headers['allow'] !== undefined || known.has(`GET ${bare(path)}`), path)
    }
  })

  test('besides, has browsable documentation, which is one and the same for everyone', async () => {
    assert.ok(addresses.some(([, path]) => isOfDocs(path)))
    const as = await journey.token('admin')
    const pages = [{}, { as }, { as: 'not.a.token' }, { in: 'second' as const }].map(
      async (who) => {
        const { status, body } = await journey.get('/docs', who)
        assert.equal(status, 200)
        return body
      },
    )
    assert.equal(new Set(await Promise.all(pages)).size, 1)
  })

  test('asks who is there in every shop’s name, and in no other', async () => {
    for (const { path, method, isPlatform } of operations) {
      if (isPlatform) continue
      const headers = { host: 'no-such-shop.localhost' }
      const as = await journey.token('admin')
      const filled = path.replace(/\{\w+\}/g, crypto.randomUUID())
      const { status, body } = await journey.call(method, filled, { headers, as })
      assert.equal(`${status} ${body.code}`, '404 tenant.unknown', path)
    }
  })
})

suite('a declaration', () => {
  const STAFF = new Set(['staff', 'admin'])
  const PEOPLE: readonly Kind[] = OWNED
  const aboutPeople = ({ places }: Operation) => places.some(({ kind }) => PEOPLE.includes(kind))

  test('opens what belongs to people to those who run the shop, and to no other role', () => {
    for (const operation of operations.filter(aboutPeople)) {
      const { id, access } = operation
      const { who, whose, besides = [] } = access
      assert.notEqual(whose, 'public', id)
      const roles = [...besides, ...(whose === 'shop' && typeof who !== 'string' ? who : [])]
      assert.deepEqual(
        roles.filter((role) => !STAFF.has(role)),
        [],
        id,
      )
    }
  })

  test('opens everything of a shop to people who work there alone', () => {
    for (const { id, access } of operations) {
      if (access.whose !== 'shop') continue
      assert.ok(Array.isArray(access.who), id)
      assert.ok(!(access.who as readonly string[]).includes('shopper'), id)
    }
  })

  test('of a change says who may make it, unless anyone may buy or speak', () => {
    const ANYONES = new Set([
      'createCart',
      'registerUser',
      'login',
      'forgetPassword',
      // Counted without a name; what is remembered of it is the caller's own.
      'noteSearchClick',
    ])
    // What they make is of whoever makes it, beside a thing that the shop shows to all.
    const SPEAKERS = new Set([
      'writeReview',
      'askQuestion',
      'answerContribution',
      'voteContribution',
      'unvoteContribution',
      'reportContribution',
    ])
    for (const { id, method, access } of operations) {
      if (method === 'GET' || access.whose !== 'public') continue
      const isNamed = SPEAKERS.has(id) && access.who === 'signed-in'
      assert.ok(ANYONES.has(id) || isNamed, `${id} changes something and has no owner`)
    }
  })
})

function bare(path: string): string {
  return path.replace(/\{\w+\}/g, '{}')
}
