/** What search machines read of the pages themselves, as they are served. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'

import { inLanguage, pathsFor } from '../../web/store/paths.ts'
import { A, eventually, good, Journey, type Json } from './journey.ts'
import { attributes, jsonLdOf, linksOf, metaOf, titleOf } from './html.ts'

let journey: Journey
before(async () => {
  journey = await Journey.begin()
})
after(() => journey?.[Symbol.asyncDispose]())

const LANGUAGES = ['uk', 'ru', 'en']
const page = { headers: { accept: 'text/html' } }

async function html(path: string, status = 200): Promise<string> {
  const answer = await journey.get(path, page)
  assert.equal(answer.status, status, path)
  assert.match(String(answer.headers['content-type']), /^text\/html/)
  return answer.text
}

/** A product of the demo that people have reviewed, and its shelf. */
async function aReviewed(): Promise<Json> {
  const { items } = good(await journey.get(`${A}/products?limit=100`))
  for (const each of items) {
    const told = good(await journey.get(`${A}/products/${each.id}/reviews?limit=1`))
    if (told.rating.count > 1) return each
  }
  return assert.fail('nobody has reviewed anything')
}

test('pages that are read have one title, a description, and name themselves in every language', async () => {
  const { slug, category, brand } = await aReviewed()
  for (const language of LANGUAGES) {
    const paths = pathsFor(language, 'uk')
    const all = [paths.home(), paths.product(slug), paths.category(category), paths.brand(brand)]
    for (const path of all) {
      const text = await html(path)
      assert.equal(attributes(text, 'html').lang, language)
      assert.ok(titleOf(text).length > 5, path)
      assert.ok((metaOf(text, 'description') ?? '').length > 10, path)
      assert.equal(metaOf(text, 'robots'), undefined, path)
      const [canonical, ...others] = linksOf(text, 'canonical')
      assert.deepEqual(others, [])
      assert.equal(new URL(canonical!.href!).pathname, path)
      const alternates = linksOf(text, 'alternate').map(({ hreflang, href }) => [
        hreflang,
        new URL(href!).pathname,
      ])
      assert.deepEqual(
        alternates,
        [...LANGUAGES, 'x-default'].map((tag) => [
          tag,
          inLanguage(path, language, tag === 'x-default' ? 'uk' : tag, 'uk'),
        ]),
      )
    }
  }
})

test('what is filtered, sorted or chosen names the plain page, and is no page of its own', async () => {
  const { slug, category } = await aReviewed()
  const chosen = await html(`/p/${slug}?sku=whatever`)
  assert.equal(new URL(linksOf(chosen, 'canonical')[0]!.href!).search, '')
  const sorted = await html(`/c/${category}?sort=price`)
  assert.equal(new URL(linksOf(sorted, 'canonical')[0]!.href!).search, '')
  assert.match(metaOf(sorted, 'robots') ?? '', /noindex/)
})

test('search, cart, and what is somebody’s own are not indexed, in any language', async () => {
  for (const language of LANGUAGES) {
    const { search, cart, signIn, register, forgot } = pathsFor(language, 'uk')
    for (const path of [search('ball'), cart(), signIn(), register(), forgot()]) {
      assert.match(metaOf(await html(path), 'robots') ?? '', /noindex/, path)
    }
  }
  const rules = (await journey.get('/robots.txt')).text
  for (const path of ['/cart', '/en/cart', '/ru/checkout', '/account', '/en/search']) {
    assert.ok(rules.includes(`Disallow: ${path}\n`), path)
  }
})

test('structured data of the page agree with what the shop tells elsewhere, rating and prices', async () => {
  const { id, slug } = await aReviewed()
  for (const language of LANGUAGES) {
    const [product, trail] = jsonLdOf(await html(pathsFor(language, 'uk').product(slug)))
    const told = good(await journey.get(`${A}/products/${id}/structured-data?language=${language}`))
    const [known, knownTrail] = told.items
    for (const name of ['name', 'url', 'sku', 'description', 'brand', 'aggregateRating'] as const) {
      assert.deepEqual(product[name], known[name], name)
    }
    assert.ok(product.aggregateRating.reviewCount > 1)
    assert.deepEqual(offersOf(product), offersOf(known))
    assert.deepEqual(trail, knownTrail)
    const { reviews } = product
    assert.equal(reviews, undefined)
  }
})

/** What is offered, for how much, and whether there is any. */
function offersOf({ offers }: Json): unknown {
  const all: Json[] = offers.offers ?? [offers]
  return all
    .map(({ sku, price, priceCurrency, availability }) => [sku, price, priceCurrency, availability])
    .toSorted((a, b) => String(a).localeCompare(String(b)))
}

test('every address of the sitemap is a page', async () => {
  const { text } = await journey.get('/sitemaps/pages.xml')
  const all = [...text.matchAll(/<loc>([^<]*)<\/loc>/g)].map(
    ([, url = '']) => new URL(url).pathname,
  )
  assert.ok(all.length > 100)
  // A tenth of them, another one each time the demo changes.
  for (const path of all.filter((_, n) => n % 10 === 3)) {
    const said = await html(path)
    assert.equal(new URL(linksOf(said, 'canonical')[0]!.href!).pathname, path)
  }
})

test('a former address of a product leads on for good, in each language, and a hidden one nowhere', async () => {
  const as = await journey.token('admin')
  const made = await journey.aProduct(2)
  const slug = `moved-${randomUUID()}`
  good(await journey.patch(`${A}/products/${made.id}`, { slug }, { as }))
  for (const language of LANGUAGES) {
    const paths = pathsFor(language, 'uk')
    const answer = await eventually(
      () => journey.get(`${paths.product(made.slug)}?sku=x`, page),
      ({ status }) => status !== 200,
    )
    assert.equal(answer.status, 301)
    assert.equal(answer.headers['location'], `${paths.product(slug)}?sku=x`)
    await html(paths.product(slug))
  }
  good(
    await journey.patch(`${A}/products/${made.id}`, { publication: { status: 'hidden' } }, { as }),
  )
  await eventually(
    () => journey.get(`/p/${slug}`, page),
    ({ status }) => status === 404,
  )
})

test('what was sold and is no longer is 410 with its category and what there is instead; a draft is 404', async () => {
  const as = await journey.token('admin')
  const { category } = await aReviewed()
  const made = await journey.aProduct(2)
  good(await journey.patch(`${A}/products/${made.id}`, { category }, { as }))
  await html(`/p/${made.slug}`)
  assert.equal((await journey.call('DELETE', `${A}/products/${made.id}`, { as })).status, 204)
  for (const language of LANGUAGES) {
    const paths = pathsFor(language, 'uk')
    const answer = await eventually(
      () => journey.get(paths.product(made.slug), page),
      ({ status }) => status !== 200,
    )
    assert.equal(answer.status, 410)
    const told = good(await journey.get(`${A}/categories/${category}?lang=${language}`))
    assert.ok(answer.text.includes(told.name))
    assert.ok(answer.text.includes(`href="${paths.category(category)}"`))
    assert.ok([...answer.text.matchAll(/<article/g)].length >= 4)
    assert.match(metaOf(answer.text, 'robots') ?? '', /noindex/)
    assert.deepEqual(linksOf(answer.text, 'canonical'), [])
    assert.deepEqual(jsonLdOf(answer.text), [])
  }
  await html(`/p/${made.slug}/review`, 410)

  const draft = await journey.aProduct(0)
  good(
    await journey.patch(`${A}/products/${draft.id}`, { publication: { status: 'hidden' } }, { as }),
  )
  assert.equal((await journey.call('DELETE', `${A}/products/${draft.id}`, { as })).status, 204)
  await html(`/p/${draft.slug}`, 404)
})

test('a category that another stands for leads there for good, and one that nothing stands for is 410', async () => {
  const as = await journey.token('admin')
  const [old, now] = [`old-${randomUUID()}`, `now-${randomUUID()}`]
  for (const slug of [old, now]) {
    good(await journey.post(`${A}/categories`, { slug, name: 'Мʼячі' }, { as }), 201)
  }
  const removed = await journey.call('DELETE', `${A}/categories/${old}?leadsTo=${now}`, { as })
  assert.equal(removed.status, 204)
  for (const language of LANGUAGES) {
    const paths = pathsFor(language, 'uk')
    const answer = await eventually(
      () => journey.get(`${paths.category(old)}?sort=price`, page),
      ({ status }) => status !== 200,
    )
    assert.equal(answer.status, 301)
    assert.equal(answer.headers['location'], `${paths.category(now)}?sort=price`)
  }
  assert.equal((await journey.call('DELETE', `${A}/categories/${now}`, { as })).status, 204)
  for (const slug of [old, now]) {
    await eventually(
      () => journey.get(`/c/${slug}`, page),
      ({ status }) => status === 410,
    )
  }
})

test('what is not there is 404 within the shop and not indexed, whatever the address', async () => {
  const wrong = ['/p/no-such', '/c/no-such', '/en/b/no-such', '/de/', '/uk/', '/nothing/at/all']
  for (const path of [...wrong, '//evil.example/', '/p/no-such/review', '/orders/none']) {
    const text = await html(path, 404)
    assert.match(metaOf(text, 'robots') ?? '', /noindex/, path)
    assert.deepEqual(linksOf(text, 'canonical'), [], path)
    assert.ok(text.includes('Torg Sport'), path)
  }
  await html('/p/%zz', 400)
})
