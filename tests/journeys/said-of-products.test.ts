/** What others say of products: how they are rated and what is on sale, wherever products are shown. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import { bearer, tokenOf } from '../authorization/people.ts'
import { processesOf } from '../support/processes.ts'
import { undocumented } from './documented.ts'
import { A, eventually, good, Journey, refused, type Json } from './journey.ts'

let journey: Journey
let elsewhere: Journey
let staff: string
before(async () => {
  journey = await Journey.begin({ processes: processesOf('2+1') })
  const [, two] = journey.shop.fronts
  assert(two !== undefined)
  elsewhere = journey.by(two)
  staff = await journey.token('admin')
  good(await journey.call('PUT', `${A}/contributions/settings`, { as: staff, body: AT_ONCE }))
})
after(() => journey?.[Symbol.asyncDispose]())

const AT_ONCE = { showsAtOnce: true }
const UAH = (amount: number): Json => ({ amount, currency: 'UAH' })

/** Somebody new gives a product its stars; says where in the log that stands. */
async function rate(product: Json, rating: number): Promise<string> {
  const who = { id: crypto.randomUUID() }
  const answer = await journey.post(
    `${A}/products/${product.id}/reviews`,
    { name: 'Олена', text: `Words ${crypto.randomUUID()}`, rating },
    { headers: bearer(tokenOf(who, ['shopper'])) },
  )
  assert.equal(good(answer, 201).status, 'shown')
  return String(answer.headers['torg-position'])
}

const at = (position?: string): { headers: Record<string, string> } => ({
  headers: position === undefined ? {} : { 'torg-position': position },
})

/** A category of the test's own, so that pages hold what it made and nothing else. */
async function aCategory(): Promise<string> {
  const slug = `c-${crypto.randomUUID()}`
  good(await journey.post(`${A}/categories`, { slug, name: slug }, { as: staff }), 201)
  return slug
}

async function aProductIn(category: string, amount = 10_000): Promise<Json> {
  const sku = `R-${crypto.randomUUID().slice(0, 13).toUpperCase()}`
  const draft = { sku, name: { uk: `Річ ${sku}` }, price: UAH(amount), category }
  return good(await journey.post(`${A}/products`, draft, { as: staff }), 201)
}

/** Pages of a list or a search, by ids. */
async function walked(path: string): Promise<string[]> {
  const ids: string[] = []
  for (let after = ''; ;) {
    const page = good(await elsewhere.get(`${path}${after}`))
    ids.push(...page.items.map(({ id }: Json) => id))
    if (page.next === null) return ids
    after = `&after=${page.next}`
  }
}

suite('a rating', () => {
  test('is in the list of another process for who brings the position of the review', async () => {
    const category = await aCategory()
    const product = await aProductIn(category)
    const list = `${A}/products?category=${category}`
    const ratings: Json[] = []
    for (const stars of [5, 4, 3, 3]) {
      // It is asked for again and again, so the other process has the page ready.
      for (let asked = 0; asked < 3; asked += 1) await elsewhere.get(list)
      const position = await rate(product, stars)
      const [card] = good(await elsewhere.get(list, at(position))).items
      ratings.push(card.rating)
    }
    assert.deepEqual(ratings, [
      { average: 5, count: 1 },
      { average: 4.5, count: 2 },
      { average: 4, count: 3 },
      { average: 3.75, count: 4 },
    ])
    const page = await journey.get(`${A}/products/${product.id}`)
    assert.deepEqual(good(page).rating, { average: 3.75, count: 4 })
    assert.deepEqual([page.body.salePrice, page.body.wasPrice], [null, null])
  })

  test('is seen by everybody within a second, and goes with the review', async () => {
    const category = await aCategory()
    const product = await aProductIn(category)
    const list = `${A}/products?category=${category}`
    await eventually(
      () => walked(`${list}&limit=9`),
      ({ length }) => length === 1,
    )
    for (let asked = 0; asked < 3; asked += 1) {
      assert.equal(good(await elsewhere.get(list)).items[0].rating, null)
    }
    await rate(product, 2)
    const until = performance.now() + 1_000
    while (good(await elsewhere.get(list)).items[0].rating === null) {
      assert(performance.now() < until, 'a second is over')
    }
    const { items } = good(await journey.get(`${A}/products/${product.id}/reviews`))
    const gone = await journey.call('DELETE', `${A}/contributions/${items[0].id}`, { as: staff })
    const [card] = good(await elsewhere.get(list, at(String(gone.headers['torg-position'])))).items
    assert.equal(card.rating, null)
  })

  test('sorts lists and searches, many good ones above a single best, nothing twice', async () => {
    const category = await aCategory()
    const products: Json[] = []
    for (let n = 0; n < 7; n += 1) products.push(await aProductIn(category))
    const stars = [[], [5], [4, 5, 5, 5, 5, 5], [1, 1], [3], [4], []]
    for (const [n, each] of stars.entries()) for (const one of each) await rate(products[n], one)
    for (const each of products) {
      const body = { quantity: 3, reason: 'for a test' }
      good(await journey.patch(`${A}/products/${each.id}/stock`, body, { as: staff }))
    }
    // Those that nobody has rated come last, the newest of them first.
    const right = [2, 1, 5, 4, 3, 6, 0].map((n) => products[n].id)
    for (const path of [
      `${A}/products?category=${category}&sort=rating&limit=2`,
      `${A}/search?category=${category}&sort=rating&limit=2`,
    ]) {
      const seen = await eventually(
        () => walked(path),
        (ids) => ids.join() === right.join(),
      )
      assert.equal(new Set(seen).size, 7)
    }
    const all = await walked(`${A}/products?sort=rating&limit=100`)
    assert.equal(new Set(all).size, all.length)
    assert.deepEqual(
      all.filter((id) => right.includes(id)),
      right,
    )
    const found = good(await elsewhere.get(`${A}/search?category=${category}&sort=rating`))
    assert.deepEqual(found.items[1].rating, { average: 5, count: 1 })
    refused(
      await journey.get(`${A}/products?sort=rating&after=00000000000001.${right[0]}`),
      422,
      'request.invalid',
    )
  })

  test('keeps the place of a product that was hidden for a while', async () => {
    const category = await aCategory()
    const [better, other] = [await aProductIn(category), await aProductIn(category)]
    await rate(better, 5)
    const path = `${A}/products?category=${category}&sort=rating`
    const wait = (ids: readonly string[]): Promise<unknown> =>
      eventually(
        () => walked(path),
        (seen) => seen.join() === ids.join(),
      )
    await wait([better.id, other.id])
    const set = async (status: string): Promise<void> => {
      const as = staff
      const body = { publication: { status } }
      good(await journey.call('PATCH', `${A}/products/${better.id}`, { as, body }))
    }
    await set('hidden')
    await wait([other.id])
    await set('published')
    await wait([better.id, other.id])
  })
})

test('what is on sale says so with its former price, wherever it is shown, until the sale ends', async () => {
  const category = await aCategory()
  const product = await aProductIn(category, 10_000)
  const other = await aProductIn(category, 10_000)
  const code = `sale-${crypto.randomUUID().slice(0, 8)}`
  const put = (path: string, body: object): ReturnType<Journey['call']> =>
    journey.call('PUT', `${A}/${path}`, { as: staff, body })
  await eventually(
    () =>
      journey.shop.query('select 1 from pricing.price_points where sku = any($1)', [
        [product.sku, other.sku],
      ]),
    (rows) => rows.length === 2,
  )
  const until = Date.now() + 2_500
  const list = {
    kind: 'special-list',
    name: 'Sale',
    currency: 'UAH',
    group: null,
    market: null,
    from: new Date().toISOString(),
    until: new Date(until).toISOString(),
    isSale: true,
  }
  good(await put(`price-rules/special-list.${code}`, list))
  const shown = async (position?: string): Promise<Json[]> => {
    const ask = at(position)
    const cards = good(await elsewhere.get(`${A}/products?category=${category}`, ask)).items
    const page = good(await elsewhere.get(`${A}/products/${product.id}`, ask))
    return [page, cards.find(({ id }: Json) => id === product.id)]
  }
  for (let asked = 0; asked < 3; asked += 1) await shown()
  const body = { tiers: [{ fromQuantity: 1, amount: 7_500 }] }
  const answer = await put(`special-prices/${code}/${product.sku}`, body)
  good(answer)
  for (const each of await shown(String(answer.headers['torg-position']))) {
    assert.deepEqual(
      [each.price, each.salePrice, each.wasPrice],
      [UAH(10_000), UAH(7_500), UAH(10_000)],
    )
  }
  const cards = good(await elsewhere.get(`${A}/products?category=${category}`)).items
  assert.equal(cards.find(({ id }: Json) => id === other.id).salePrice, null)
  await eventually(
    () => shown(),
    (both) => both.every(({ salePrice, wasPrice }) => salePrice === null && wasPrice === null),
  )
  assert(Date.now() >= until, 'the sale ended before its time')
})

test('a patch may be sent as what it is, and nothing else may', async () => {
  const product = await journey.aProduct(0)
  const type = { 'content-type': 'application/merge-patch+json' }
  const ask = { as: staff, headers: type, body: { name: { uk: 'Інакше' } } }
  const patched = good(await journey.call('PATCH', `${A}/products/${product.id}`, ask))
  assert.equal(patched.texts.name.uk, 'Інакше')
  const put = await journey.call('PUT', `${A}/products/${product.id}`, ask)
  refused(put, 415, 'request.unsupported-media-type')
  const { paths } = good(await journey.get('/openapi.json'))
  const operations = Object.values<Json>(paths).flatMap((each) => Object.entries<Json>(each))
  for (const [method, operation] of operations) {
    const types = Object.keys(operation.requestBody?.content ?? {})
    assert.equal(types.includes(type['content-type']), method === 'patch', operation.operationId)
  }
})

test('every answer was as the documentation says', async () => {
  assert.deepEqual([...(await undocumented(journey)), ...(await undocumented(elsewhere))], [])
})
