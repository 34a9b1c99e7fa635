import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import type { Answer, Client, Problem } from '../support/client.ts'
import { crowd, tally } from '../support/crowd.ts'
import { processesAsked } from '../support/processes.ts'
import { aCart, add, aProductWith, must, type Product } from '../support/sale.ts'
import { openShop, type Shop } from '../support/shop.ts'

const PASSWORD = 'kayak over the dam 9!'
const LEAST_STRIKES = 5

interface Pass {
  readonly accessToken: string
  readonly refreshToken: string
}

/** Two processes on one database; every test asks both, in turn. */
let shop: Shop
let clients: readonly Client[]
let product: Product

before(async () => {
  // Every request may come from a network of its own: sign-ins are counted by network.
  const env = { TRUST_PROXY: '127.0.0.1' }
  shop = await openShop({ processes: processesAsked('2'), env })
  clients = shop.clients()
  product = await aProductWith(shop, 10_000)
})
after(async () => {
  await shop.mustBeSound().finally(() => shop[Symbol.asyncDispose]())
})

const clientOf = (number: number): Client => clients[number % clients.length]!

let networks = 0

/** As if it came from where nobody was before. */
function fromAnywhere(client: Client): Client {
  networks += 1
  return client.with({
    'x-forwarded-for': `10.${networks >> 16}.${(networks >> 8) & 255}.${networks & 255}`,
  })
}

/** Somebody who was never here before; their id and e-mail address. */
async function someone(): Promise<{ readonly id: string; readonly email: string }> {
  const email = `${randomUUID()}@example.test`
  const person = { email, username: 'olena', password: PASSWORD, birthDate: '1994-05-17' }
  const { id } = must(
    await fromAnywhere(clients[0]!).post<{ id: string }>('/api/v1/users/register', person),
    201,
  )
  return { id, email }
}

async function signIn(client: Client, email: string): Promise<Pass> {
  const login = { email, password: PASSWORD }
  return must(await fromAnywhere(client).post<Pass>('/api/v1/users/login', login), 200)
}

function refresh(
  client: Client,
  { refreshToken }: Pass,
): Promise<Answer<Pass & Partial<Problem> & { readonly reason?: string }>> {
  return client.post('/api/v1/users/refresh', { refreshToken })
}

function sessionOf({ refreshToken }: Pass): string {
  return refreshToken.split('.')[0] ?? ''
}

function as(client: Client, { accessToken }: Pass): Client {
  return client.with({ authorization: `Bearer ${accessToken}` })
}

/** Shown with sign-ins that count the sessions before they commit, in `bugs.ts`. */
test('50 sign-ins of one person at once leave five sessions: the five that began last', async () => {
  const { id, email } = await someone()
  const passes = await crowd(50, 50, (number) => signIn(clientOf(number), email))
  const begun = await begunOf(id)
  const answers = await crowd(50, 50, (number) => refresh(clientOf(number + 1), passes[number]!))
  assert.deepEqual(tally(answers.map(({ status, body }) => `${status} ${body.reason ?? ''}`)), {
    '200 ': 5,
    '401 newer-sign-in': 45,
  })
  const alive = passes.filter((_, number) => answers[number]!.status === 200).map(sessionOf)
  assert.equal(begun.length, 50)
  assert.deepEqual(alive.toSorted(), begun.slice(-5).toSorted())
})

/** The sessions of a user, oldest first; fails where more than five of them ever lived at once. */
async function begunOf(userId: string): Promise<readonly string[]> {
  const events = await shop.query<{ session: string; isBegun: boolean }>(
    `select data ->> 'sessionId' as session, type = 'identity.session-begun' as "isBegun"
     from platform.events where stream = $1 and type like 'identity.session-%' order by version`,
    [`user/${userId}`],
  )
  const alive = new Set<string>()
  for (const { session, isBegun } of events) {
    if (isBegun) alive.add(session)
    else assert(alive.delete(session), 'a session ended twice')
    assert(alive.size <= 5, `${alive.size} sessions lived at once`)
  }
  return events.filter(({ isBegun }) => isBegun).map(({ session }) => session)
}

/** Shown with a refresh that makes another token each time, in `bugs.ts`. */
test('one refresh token shown 20 times at once is changed for one pair', async () => {
  const { email } = await someone()
  for (let round = 0; round < 15; round += 1) {
    const pass = await signIn(clientOf(round), email)
    const answers = await crowd(20, 20, (number) => refresh(clientOf(number), pass))
    assert.deepEqual(tally(answers.map(({ status, body }) => `${status} ${body.code ?? ''}`)), {
      '200 ': 20,
    })
    const [next] = new Set(answers.map(({ body }) => body.refreshToken))
    assert.equal(new Set(answers.map(({ body }) => body.refreshToken)).size, 1)
    must(await refresh(clientOf(round), { ...pass, refreshToken: next ?? '' }), 200)
  }
})

/** Shown with a refresh that does not look whether the session has ended meanwhile, in `bugs.ts`. */
test('a refresh that meets the end of its session gives nothing once the session has ended', async (t) => {
  const { id, email } = await someone()
  const outcomes = await crowd(150, 3, async (number) => {
    const pass = await signIn(clientOf(number), email)
    // The list of sessions is as long as five: three at a time never push each other out.
    const refreshing = crowd(3, 3, async (late) => {
      await sleep(Math.random() * 2)
      return refresh(clientOf(number + late), pass)
    })
    const path = `/api/v1/users/me/sessions/${sessionOf(pass)}`
    const [answers, ended] = await Promise.all([
      refreshing,
      as(clientOf(number), pass).delete(path),
    ])
    assert([204, 404].includes(ended.status), JSON.stringify(ended.body))
    return tally(answers.map(({ status, body }) => `${status} ${body.code ?? ''}`))
  })
  // Whoever was refused, nothing was written to a session after its end: the row was written last
  // by the transaction that ended it.
  const late = await shop.query(
    `select s.id from identity.sessions s
       join platform.events e on e.tenant_id = s.tenant_id and e.stream = $1
         and e.type = 'identity.session-ended' and e.data ->> 'sessionId' = s.id::text
     where s.xmin::text::bigint <> e.xid::text::bigint % 4294967296`,
    [`user/${id}`],
  )
  assert.deepEqual(late, [])
  const counted = tally(outcomes.flatMap((each) => Object.keys(each)))
  t.diagnostic(JSON.stringify(counted))
  // Chance must have tried what the test is for.
  assert((counted['200 '] ?? 0) >= LEAST_STRIKES, 'no refresh was first')
  const refused = outcomes.filter((each) => each['200 '] === undefined).length
  assert(refused >= LEAST_STRIKES, 'no end was first')
})

interface Cart {
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[]
}

/** Shown with claims that are decided on what was seen before, in `bugs.ts`. */
test('20 sign-ins and claims of one guest’s cart at once merge it once', async () => {
  const { email } = await someone()
  let passes: readonly Pass[] = []
  for (let round = 0; round < 15; round += 1) {
    // Signing in is dear, and its race is another one: later rounds claim alone.
    const isSigningIn = round < 3
    if (!isSigningIn && round === 3) passes = await crowd(20, 20, (n) => signIn(clientOf(n), email))
    const owner = as(clientOf(round), passes[0] ?? (await signIn(clientOf(round), email)))
    const own = must(await owner.post<{ id: string }>('/api/v1/carts'), 201).id
    must(await add(owner, own, product.sku, 2), 201)
    const guests = await aCart(clientOf(round))
    must(await add(clientOf(round), guests, product.sku, 3), 201)

    const answers = await crowd(20, 20, async (number) => {
      const client = clientOf(number)
      const pass = isSigningIn ? await signIn(client, email) : passes[number]!
      return as(client, pass).persist<unknown>('POST', `/api/v1/carts/${guests}/claim`)
    })
    const answer = JSON.stringify({ cartId: own, version: 3, left: [] })
    assert.deepEqual(
      tally(answers.map(({ status, body }) => `${status} ${JSON.stringify(body)}`)),
      { [`200 ${answer}`]: 20 },
    )
    const { lines } = must(await owner.get<Cart>(`/api/v1/carts/${own}`), 200)
    assert.deepEqual(
      lines.map(({ sku, quantity }) => [sku, quantity]),
      [[product.sku, 5]],
    )
    const [books] = await shop.query(
      `select (select count(*)::int from platform.events
               where stream = any($1) and type in ('cart.merged', 'cart.claimed')) as merges,
         (select sum(amount)::int from platform.holds where id = any($2)) as held`,
      [[`cart/${guests}`, `cart/${own}`], [own, guests].map((cart) => `${cart}/${product.sku}`)],
    )
    assert.deepEqual(books, { merges: 1, held: 5 })
    // The next round begins without a cart of the own.
    must(await owner.delete(`/api/v1/carts/${own}/items/${product.sku}`), 200)
    await shop.query('delete from cart.open_carts where cart_id = $1', [own])
  }
})

test('20 people who claim one guest’s cart at once: one has it, the others never heard of it', async () => {
  const people = await crowd(20, 4, async (number) => {
    const { email } = await someone()
    return as(clientOf(number), await signIn(clientOf(number), email))
  })
  for (let round = 0; round < 10; round += 1) {
    const guests = await aCart(clientOf(round))
    must(await add(clientOf(round), guests, product.sku, 1), 201)
    const answers = await crowd(20, 20, (number) =>
      people[number]!.persist<Partial<Problem>>('POST', `/api/v1/carts/${guests}/claim`),
    )
    assert.deepEqual(tally(answers.map(({ status, body }) => `${status} ${body.code ?? ''}`)), {
      '200 ': 1,
      '404 cart.unknown': 19,
    })
    const owner = people[answers.findIndex(({ status }) => status === 200)]!
    must(await owner.delete(`/api/v1/carts/${guests}/items/${product.sku}`), 200)
    await shop.query('delete from cart.open_carts where cart_id = $1', [guests])
  }
})
