/** What the tests of bad input share: a shop with a product in it, and requests that must be refused. */
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { undocumented } from './documented.ts'
import { A, good, Journey, refused, type Ask, type Json } from './journey.ts'

/** What is wrong with it, where it is sent (`POST /api/…`), its body, and whatever else it has. */
export type Case = readonly [what: string, where: string, body?: unknown, ask?: Ask]

export const INVALID = '422 request.invalid'
export const ID = '0b8f6c1e-5f0a-4c3e-9d5e-1c2d3e4f5a6b'
export const DASHES = '-'.repeat(36)
export const ORDERS = `POST ${A}/orders`
export const SOMEONE = {
  email: 'someone@example.test',
  username: 'someone',
  password: 'kayak over the dam 9!',
  birthDate: '1994-05-17',
}

export interface Ground {
  readonly journey: Journey
  /** The access token of an administrator, who may do everything. */
  readonly as: string
  /** 100 units of it are there, 40 of them in `cart`. */
  readonly product: Json
  readonly cart: string
  /** The path of the lines of `cart`. */
  readonly items: string
}

export async function lay(): Promise<Ground> {
  const journey = await Journey.begin()
  const product = await journey.aProduct(100)
  const cart = await journey.aCart(product.sku, 40)
  return {
    journey,
    as: await journey.token('admin'),
    product,
    cart,
    items: `${A}/carts/${cart}/items`,
  }
}

/** Sends every case and checks that each was refused as expected and that nothing was stored. */
export async function allRefusedBy(
  journey: Journey,
  expected: string,
  cases: readonly Case[],
): Promise<void> {
  const [status = '', code = ''] = expected.split(' ')
  const before = await journey.stored()
  for (const [what, where, body, ask] of cases) {
    const [method = '', ...path] = where.split(' ')
    const answer = await journey.call(method, path.join(' '), { ...ask, body })
    const found = `${answer.status} ${answer.body?.code}`
    assert.equal(found, expected, `${what}: ${where}: ${JSON.stringify(answer.body)}`)
    refused(answer, Number(status), code)
  }
  assert.deepEqual(await journey.stored(), before, 'nothing is stored of what is refused')
}

/** The last test of a file: nothing was lost and nothing broke, whatever was asked before. */
export function endsWell(ground: () => Ground): void {
  test('after all that the program is well, and has written no error into its log', async () => {
    const { journey, product } = ground()
    good(await journey.get('/readyz'))
    assert.equal(await journey.freeUnits(product.sku), await unitsLeft(ground()))
    const errors = journey.seen.filter(({ answer }) => answer.status >= 500)
    assert.deepEqual(errors, [])
    assert.doesNotMatch(journey.shop.program.tail, /"level":"(error|fatal)"/)
    assert.deepEqual(await undocumented(journey), [])
  })
}

/** 100 less what lies in carts, is ordered or was sold, counted from the log alone. */
async function unitsLeft({ journey, product }: Ground): Promise<number> {
  const [row] = await journey.shop.query<{ left: number }>(
    `select 100 - coalesce(sum(amount) filter (where verb = 'post'), 0)::int
       - (select coalesce(sum(amount), 0)::int from platform.holds where unit = $1) as left
     from platform.transfers where unit = $1`,
    [product.sku],
  )
  return row?.left ?? Number.NaN
}
