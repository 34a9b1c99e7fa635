/** Reviews, questions and answers, from writing to what others read. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import { bearer, tokenOf } from '../authorization/people.ts'
import { undocumented } from './documented.ts'
import { A, eventually, good, Journey, refused, type Answer, type Json } from './journey.ts'

let journey: Journey
let staff: string
before(async () => {
  journey = await Journey.begin()
  staff = await journey.token('admin')
})
after(() => journey?.[Symbol.asyncDispose]())

/** Somebody new who is signed in. */
function somebody() {
  const id = crypto.randomUUID()
  return { id, headers: bearer(tokenOf({ id }, ['shopper'])) }
}

const words = (text = `Words ${crypto.randomUUID()}`) => ({ name: 'Олена', text })
const review = (product: Json, who: ReturnType<typeof somebody>, body: object): Promise<Answer> =>
  journey.post(`${A}/products/${product.id}/reviews`, body, { headers: who.headers })
const shown = (product: Json, query = ''): Promise<Json> =>
  journey.get(`${A}/products/${product.id}/reviews${query}`).then((answer) => good(answer))
const setAtOnce = (showsAtOnce: boolean): Promise<Answer> =>
  journey.call('PUT', `${A}/contributions/settings`, { as: staff, body: { showsAtOnce } })

suite('a review', () => {
  test('waits for staff, is shown when they say so, and counts from then on', async () => {
    const [product, who] = [await journey.aProduct(0), somebody()]
    const made = good(await review(product, who, { ...words(), title: 'Добре', rating: 4 }), 201)
    assert.equal(made.status, 'waiting')
    assert.deepEqual(await shown(product), {
      rating: { count: 0, average: null, counts: [0, 0, 0, 0, 0] },
      items: [],
      next: null,
    })
    const mine = good(await journey.get(`${A}/users/me/contributions`, { headers: who.headers }))
    assert.equal(mine.items[0].status, 'waiting')

    const queue = good(await journey.get(`${A}/contributions`, { as: staff }))
    assert.ok(queue.items.some(({ id }: Json) => id === made.id))
    good(await journey.post(`${A}/contributions/${made.id}/show`, undefined, { as: staff }))
    const { rating, items } = await shown(product)
    assert.deepEqual(rating, { count: 1, average: 4, counts: [0, 0, 0, 1, 0] })
    assert.equal(items[0].title, 'Добре')
    assert.equal(items[0].standing, 'anyone')
    assert.equal('userId' in items[0], false)

    const refusing = { because: 'off-topic' }
    good(await journey.post(`${A}/contributions/${made.id}/refuse`, refusing, { as: staff }))
    assert.equal((await shown(product)).rating.count, 0)
  })

  test('is one for each user and product, whatever is sent at once', async () => {
    const [product, who] = [await journey.aProduct(0), somebody()]
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        review(product, who, { ...words(`Text ${n}`), rating: (n % 5) + 1 }),
      ),
    )
    assert.equal(answers.filter(({ status }) => status === 201).length, 1)
    for (const each of answers) {
      if (each.status !== 201) refused(each, 409, 'reviews.already-written')
    }
    const rows = await journey.shop.query(
      `select id from reviews.contributions where product_id = '${product.id}'`,
    )
    assert.equal(rows.length, 1)
    const { id } = answers.find(({ status }) => status === 201)!.body
    const gone = await journey.call('DELETE', `${A}/contributions/${id}`, { headers: who.headers })
    assert.equal(gone.status, 204)
    good(await review(product, who, { ...words(), rating: 1 }), 201)
  })

  test('bears the mark of a buyer once an order of the author is paid', async () => {
    const [product, who] = [await journey.aProduct(5), somebody()]
    await journey.aPaidOrder(product.sku, 1, { headers: who.headers })
    await eventually(
      () =>
        journey.shop.query(
          `select 1 from reviews.paid_orders o join reviews.purchases p using (tenant_id, order_id)
           where p.user_id = '${who.id}' and o.is_paid`,
        ),
      (rows) => rows.length === 1,
    )
    const { id } = good(await review(product, who, { ...words(), rating: 5 }), 201)
    good(await journey.post(`${A}/contributions/${id}/show`, undefined, { as: staff }))
    assert.equal((await shown(product)).items[0].standing, 'buyer')
  })

  test('is changed and taken away by its author alone', async () => {
    const [product, who, other] = [await journey.aProduct(0), somebody(), somebody()]
    const { id } = good(await review(product, who, { ...words(), rating: 5 }), 201)
    const path = `${A}/contributions/${id}`
    const put = (by: typeof who, body: object): Promise<Answer> =>
      journey.call('PUT', path, { headers: by.headers, body })
    refused(await put(other, { ...words(), rating: 1 }), 404, 'reviews.unknown')
    const deleted = await journey.call('DELETE', path, { headers: other.headers })
    refused(deleted, 404, 'reviews.unknown')
    good(await journey.post(`${path}/show`, undefined, { as: staff }))
    const changed = good(await put(who, { ...words('Тепер інакше'), rating: 2 }))
    assert.equal(changed.status, 'waiting')
    assert.equal((await shown(product)).rating.count, 0)
    good(await journey.post(`${path}/show`, undefined, { as: staff }))
    assert.deepEqual((await shown(product)).rating.counts, [0, 1, 0, 0, 0])
    assert.equal((await journey.call('DELETE', path, { as: staff })).status, 204)
    assert.equal((await shown(product)).rating.count, 0)
    const left = await journey.shop.query(
      `select 1 from platform.events where stream = 'contribution/${id}' and data::text like '%інакше%'`,
    )
    assert.deepEqual(left, [], 'no word of it is in the log')
  })

  test('is listed newest, most helpful, best and worst first, each page after the other', async () => {
    good(await setAtOnce(true))
    const product = await journey.aProduct(0)
    const ids: string[] = []
    for (let n = 0; n < 9; n += 1) {
      const body = { ...words(), rating: (n % 5) + 1 }
      const made = good(await review(product, somebody(), body), 201)
      assert.equal(made.status, 'shown')
      ids.push(made.id)
    }
    const voter = somebody()
    for (const [n, id] of [ids[3], ids[3], ids[1]].entries()) {
      const headers = n === 1 ? somebody().headers : voter.headers
      const path = `${A}/contributions/${id}/vote`
      assert.equal((await journey.call('PUT', path, { headers })).status, 204)
    }
    const walk = async (sort: string): Promise<Json[]> => {
      const seen: Json[] = []
      for (let after = ''; ;) {
        const page = await shown(product, `?limit=2&sort=${sort}${after}`)
        seen.push(...page.items)
        if (page.next === null) return seen
        after = `&after=${page.next}`
      }
    }
    const newest = await walk('newest')
    assert.deepEqual(
      newest.map(({ id }) => id),
      ids.toReversed(),
    )
    const helpful = await walk('helpful')
    assert.deepEqual(
      helpful.slice(0, 2).map(({ id, helpful: votes }) => [id, votes]),
      [
        [ids[3], 2],
        [ids[1], 1],
      ],
    )
    const best = (await walk('highest')).map(({ rating }) => rating)
    assert.deepEqual(
      best,
      best.toSorted((a, b) => b - a),
    )
    const worst = (await walk('lowest')).map(({ rating }) => rating)
    assert.deepEqual(worst, best.toReversed())
    assert.equal(helpful.length, 9)
    good(await setAtOnce(false))
  })

  test('that says what another said, or shouts, waits even where all is shown at once', async () => {
    good(await setAtOnce(true))
    const [one, two] = [await journey.aProduct(0), await journey.aProduct(0)]
    const body = { ...words('Гарна річ, раджу всім друзям!'), rating: 5 }
    assert.equal(good(await review(one, somebody(), body), 201).status, 'shown')
    assert.equal(good(await review(two, somebody(), body), 201).status, 'waiting')
    const { items } = good(await journey.get(`${A}/contributions?which=waiting`, { as: staff }))
    assert.deepEqual(items[0].flags, ['repeated'])
    good(await setAtOnce(false))
  })
})

suite('votes and reports', () => {
  test('count once for each user, however often and at once they are sent, and not for the own', async () => {
    const [product, who, voter] = [await journey.aProduct(0), somebody(), somebody()]
    const { id } = good(await review(product, who, { ...words(), rating: 3 }), 201)
    const path = `${A}/contributions/${id}`
    const vote = (by: typeof who, method = 'PUT'): Promise<Answer> =>
      journey.call(method, `${path}/vote`, { headers: by.headers })
    refused(await vote(voter), 404, 'reviews.unknown')
    good(await journey.post(`${path}/show`, undefined, { as: staff }))
    refused(await vote(who), 409, 'reviews.own')
    const answers = await Promise.all(Array.from({ length: 15 }, () => vote(voter)))
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [204])
    assert.equal((await shown(product)).items[0].helpful, 1)
    for (let n = 0; n < 2; n += 1) assert.equal((await vote(voter, 'DELETE')).status, 204)
    assert.equal((await shown(product)).items[0].helpful, 0)

    const body = { because: 'advertising' }
    for (let n = 0; n < 2; n += 1) {
      const told = await journey.call('PUT', `${path}/report`, { headers: voter.headers, body })
      assert.equal(told.status, 204)
    }
    const reported = good(await journey.get(`${A}/contributions?which=reported`, { as: staff }))
    assert.equal(reported.items.find((each: Json) => each.id === id)?.reports, 1)
    good(await journey.post(`${path}/show`, undefined, { as: staff }))
    const after = good(await journey.get(`${A}/contributions?which=reported`, { as: staff }))
    assert.equal(
      after.items.some((each: Json) => each.id === id),
      false,
    )
  })
})

suite('a question', () => {
  test('is answered by staff at once and by buyers, and by nobody else', async () => {
    const [product, who, stranger] = [await journey.aProduct(5), somebody(), somebody()]
    const path = `${A}/products/${product.id}/questions`
    const { id } = good(await journey.post(path, words(), { headers: who.headers }), 201)
    const answer = (body: object, ask: object): Promise<Answer> =>
      journey.post(`${A}/contributions/${id}/answers`, body, ask)
    refused(await answer(words(), { as: staff }), 404, 'reviews.unknown')
    good(await journey.post(`${A}/contributions/${id}/show`, undefined, { as: staff }))
    const denied = await answer(words(), { headers: stranger.headers })
    refused(denied, 403, 'reviews.not-a-buyer')
    const said = { ...words('Так, тягнеться на пів розміру.'), name: 'Torg Sport' }
    assert.equal(good(await answer(said, { as: staff }), 201).status, 'shown')
    const { items } = good(await journey.get(path))
    assert.equal(items[0].answers[0].standing, 'staff')
    const own = await journey.call('DELETE', `${A}/contributions/${id}`, { headers: who.headers })
    assert.equal(own.status, 204)
    assert.deepEqual(good(await journey.get(path)).items, [])
  })
})

suite('what is refused', () => {
  test('is stars out of range, empty words, words too long, unknown products and another shop’s', async () => {
    const [product, who] = [await journey.aProduct(0), somebody()]
    for (const body of [
      { ...words(), rating: 0 },
      { ...words(), rating: 6 },
      { ...words(), rating: 4.5 },
      { ...words('   '), rating: 4 },
      { ...words('x'.repeat(5_001)), rating: 4 },
      { ...words(), name: '', rating: 4 },
      { ...words(), rating: 4, status: 'shown' },
      { ...words(), rating: 4, language: '<b>' },
    ]) {
      refused(await review(product, who, body), 422, 'request.invalid')
    }
    const unknown = { id: crypto.randomUUID() }
    refused(await review(unknown, who, { ...words(), rating: 4 }), 404, 'reviews.product-unknown')
    const there = await journey.aProduct(0, 'second')
    refused(await review(there, who, { ...words(), rating: 4 }), 404, 'reviews.product-unknown')
    const guest = await journey.post(`${A}/products/${product.id}/reviews`, {
      ...words(),
      rating: 4,
    })
    refused(guest, 401, 'auth.required')
  })

  test('is more than a day may bring', async () => {
    const who = somebody()
    const product = await journey.aProduct(0)
    const ask = (): Promise<Answer> =>
      journey.post(`${A}/products/${product.id}/questions`, words(), { headers: who.headers })
    for (let n = 0; n < 20; n += 1) good(await ask(), 201)
    const late = await ask()
    refused(late, 429, 'reviews.too-many')
    assert.ok(Number(late.headers['retry-after']) > 80_000)
  })

  test('is not what the demo brings: its reviews are shown, rated and answered', async () => {
    const slug = 'kurinets-dzvin-tent-2'
    const product = good(await journey.get(`${A}/products/by-slug/${slug}`))
    const { rating, items } = await shown(product)
    assert.deepEqual(rating, { count: 4, average: 4.25, counts: [0, 0, 1, 1, 2] })
    assert.equal(items.length, 4)
    const asked = good(await journey.get(`${A}/products/${product.id}/questions`))
    assert.ok(asked.items.every(({ answers }: Json) => answers[0].standing === 'staff'))
    assert.equal(asked.items.length, 2)
  })

  test('and everything said here is documented', async () => {
    assert.deepEqual(await undocumented(journey), [])
  })
})
