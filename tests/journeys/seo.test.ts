/** What search machines read: every product that can be seen, once, and nothing else. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { A, good, Journey, refused } from './journey.ts'

let journey: Journey
before(async () => {
  journey = await Journey.begin()
})
after(() => journey?.[Symbol.asyncDispose]())

const locations = (text: string): string[] =>
  [...text.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, url = '']) => url)
const PRODUCTS = '/sitemaps/products/'
const pathOf = (url: string): string => new URL(url).pathname

/** The text of a file that must be there. */
async function file(path: string, ask: Parameters<Journey['get']>[1] = {}): Promise<string> {
  const { status, text } = await journey.get(path, ask)
  assert.equal(status, 200, text)
  return text
}

/** Whatever the sitemaps of products name, in every language. */
async function products(): Promise<string[]> {
  const maps = locations(await file('/sitemap.xml')).map(pathOf)
  const found: string[] = []
  for (const path of maps.filter((each) => each.startsWith(PRODUCTS))) {
    found.push(...locations(await file(path)))
  }
  return found
}

test('the sitemaps name every product on sale once in each language, and no other', async () => {
  const made = await journey.aProduct(0)
  const before = await products()
  assert.equal(new Set(before).size, before.length)
  const visible = new Set(before.map((url) => pathOf(url).split('/').at(-1)))
  assert.ok(visible.has(made.slug))
  assert.equal(before.length, visible.size * 3)
  const listed = new Set<string>()
  for (let path = `${A}/products?limit=100`; ;) {
    const { items, next } = good(await journey.get(path))
    for (const { slug } of items) listed.add(slug)
    if (next === null) break
    path = `${A}/products?limit=100&after=${encodeURIComponent(next)}`
  }
  assert.deepEqual(visible, listed)
})

test('a part of another shop is as unknown as one that nobody has', async () => {
  const paths = locations(await file('/sitemap.xml', { in: 'second' })).map(pathOf)
  const theirs = paths.find((path) => path.startsWith(PRODUCTS)) ?? ''
  assert.ok((await file(theirs, { in: 'second' })).includes('<loc>'))
  refused(await journey.get(theirs), 404, 'seo.part-unknown')
  const part = theirs.slice(PRODUCTS.length)
  refused(await journey.get(`/feeds/google.xml?part=${part}`), 404, 'seo.part-unknown')
})

test('a part begins where the list of parts says, and with no other product', async () => {
  const { id } = await journey.aProduct(0)
  refused(await journey.get(`${PRODUCTS}${id}`), 404, 'seo.part-unknown')
  refused(await journey.get(`/feeds/google.xml?part=${id}`), 404, 'seo.part-unknown')
})

test('the pages are the shop, its categories and its brands', async () => {
  const paths = locations(await file('/sitemaps/pages.xml')).map(pathOf)
  assert.ok(paths.includes('/') && paths.includes('/en/'))
  const { items } = good(await journey.get(`${A}/brands?limit=100`))
  for (const { slug } of items) assert.ok(paths.includes(`/b/${slug}`), slug)
})

test('robots are sent to the sitemaps of the shop they ask', async () => {
  const here = await file('/robots.txt')
  const there = await file('/robots.txt', { in: 'second' })
  assert.match(here, /^Sitemap: http:\/\/demo\.localhost:\d+\/sitemap\.xml$/m)
  assert.match(there, /^Sitemap: http:\/\/second\.localhost:\d+\/sitemap\.xml$/m)
})

test('a feed has each SKU with price and availability, in the language asked for', async () => {
  const answer = await journey.get('/feeds/google.xml?language=en', { in: 'second' })
  assert.equal(answer.status, 200)
  const items = answer.text.match(/<item>/g)?.length ?? 0
  const prices = answer.text.match(/<g:price>\d+\.\d\d EUR<\/g:price>/g)?.length
  assert.ok(items > 50)
  assert.equal(prices, items)
  assert.doesNotMatch(answer.text, /<g:quantity/)
  const again = await journey.get('/feeds/google.xml?language=en', {
    in: 'second',
    headers: { 'if-none-match': String(answer.headers.etag) },
  })
  assert.equal(again.status, 304)
  const wrong = await journey.get('/feeds/google.xml?currency=CHF', { in: 'second' })
  refused(wrong, 422, 'seo.currency-unknown')
})

test('structured data say what the page of a product shows', async () => {
  const made = await journey.aProduct(3)
  const { items } = good(await journey.get(`${A}/products/${made.id}/structured-data?language=en`))
  assert.equal(items[0]['@type'], 'Product')
  assert.equal(items[0].offers.availability, 'https://schema.org/InStock')
  assert.equal(items[0].offers.price, '1299.00')
  assert.equal(items[1]['@type'], 'BreadcrumbList')
  const unknown = await journey.get(`${A}/products/${crypto.randomUUID()}/structured-data`)
  refused(unknown, 404, 'seo.product-unknown')
})
