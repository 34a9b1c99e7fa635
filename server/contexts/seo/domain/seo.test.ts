import assert from 'node:assert/strict'
import { suite, test } from 'node:test'

import fc from 'fast-check'

import { originOf } from '../http/origin.ts'
import { addressesOf } from './addresses.ts'
import { decimal, feed, type FeedItem } from './feed.ts'
import { robots, sitemap, sitemapIndex } from './sitemap.ts'
import { structured, type StructuredProduct } from './structured.ts'
import { element, xml } from './xml.ts'

/** What a parser makes of text that was escaped. */
const read = (text: string): string =>
  text.replace(
    /&(amp|lt|gt|quot|apos);/g,
    (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" })[name] ?? '',
  )

suite('XML', () => {
  test('holds any text, and gives it back but for what XML cannot hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const escaped = xml(text)
        assert.doesNotMatch(escaped, /[<>"']|&(?!(?:amp|lt|gt|quot|apos);)/)
        // oxlint-disable-next-line no-control-regex -- what XML 1.0 forbids
        const allowed = text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
        assert.equal(read(escaped), allowed.replace(/[\uD800-\uDFFF]/gu, ''))
      }),
    )
    assert.equal(element('a', ']]><script>'), '<a>]]&gt;&lt;script&gt;</a>')
    assert.equal(element('a', ''), '')
  })
})

suite('addresses', () => {
  const to = addressesOf('https://demo.example.com', ['uk', 'ru', 'en'])
  test('have a prefix for every language but the first', () => {
    assert.equal(to.product('myach', 'uk'), 'https://demo.example.com/p/myach')
    assert.equal(to.product('myach', 'en'), 'https://demo.example.com/en/p/myach')
    assert.equal(to.home('ru'), 'https://demo.example.com/ru/')
    assert.equal(to.category('a/b?', 'uk'), 'https://demo.example.com/c/a%2Fb%3F')
  })
  test('are of HTTPS, but on this machine', () => {
    assert.equal(originOf('shop.example.com'), 'https://shop.example.com')
    assert.equal(originOf('demo.localhost:3000'), 'http://demo.localhost:3000')
    assert.equal(originOf('localhost.example.com'), 'https://localhost.example.com')
  })
})

test('a sitemap names each page in each language with all its translations', () => {
  const addresses = ['uk', 'en'].map((language) => ({ language, url: `https://a/${language}?x&y` }))
  const text = sitemap([{ addresses }])
  assert.equal(text.match(/<loc>/g)?.length, 2)
  assert.equal(text.match(/hreflang="x-default" href="https:\/\/a\/uk\?x&amp;y"/g)?.length, 2)
  assert.equal(text.match(/hreflang="en"/g)?.length, 2)
  assert.match(sitemapIndex(['https://a/s.xml']), /<sitemap><loc>https:\/\/a\/s\.xml<\/loc>/)
  const rules = robots('https://a/sitemap.xml', ['uk', 'en'])
  assert.match(rules, /^User-agent: \*\n.*Disallow: \/api\/\n/s)
  assert.match(rules, /^Disallow: \/cart\n(?:.*\n)*Disallow: \/en\/cart$/m)
})

suite('a feed', () => {
  const item: FeedItem = {
    sku: 'B-1',
    group: undefined,
    title: 'М’яч & <сітка>',
    description: 'Д'.repeat(6_000),
    link: 'https://a/p/b',
    image: undefined,
    availability: 'in_stock',
    price: { amount: 129_905, currency: 'UAH' },
    brand: 'Torg',
    category: 'М’ячі > Футбол',
    weightGrams: 430,
  }
  test('says prices with the digits of their currency', () => {
    assert.equal(decimal({ amount: 129_905, currency: 'UAH' }), '1299.05 UAH')
    assert.equal(decimal({ amount: 5, currency: 'EUR' }), '0.05 EUR')
    assert.equal(decimal({ amount: 1_500, currency: 'JPY' }), '1500 JPY')
    assert.equal(decimal({ amount: 1_234, currency: 'KWD' }), '1.234 KWD')
  })
  test('keeps to the limits of who reads it', () => {
    const text = feed('Torg', 'https://a/', [item])
    assert.match(text, /<g:title>М’яч &amp; &lt;сітка&gt;<\/g:title>/)
    assert.equal(/<g:description>(.*?)<\//.exec(text)?.[1]?.length, 5_000)
    assert.match(text, /<g:price>1299.05 UAH<\/g:price>/)
    assert.doesNotMatch(text, /image_link|item_group_id/)
  })
})

suite('structured data', () => {
  const product: StructuredProduct = {
    name: 'Ball',
    description: '',
    url: 'https://a/p/ball',
    sku: 'B-1',
    images: [],
    brand: undefined,
    rating: { count: 0, average: null },
    offers: [{ sku: 'B-1', price: { amount: 500, currency: 'EUR' }, word: 'out' }],
    trail: [{ name: 'Shop', url: 'https://a/' }],
  }
  test('has an offer, and no rating where nobody has rated', () => {
    const [said, trail] = structured(product)
    assert.deepEqual(said?.['offers'], {
      '@type': 'Offer',
      sku: 'B-1',
      url: 'https://a/p/ball',
      price: '5.00',
      priceCurrency: 'EUR',
      availability: 'https://schema.org/OutOfStock',
      itemCondition: 'https://schema.org/NewCondition',
    })
    assert.equal(said?.['aggregateRating'], undefined)
    assert.partialDeepStrictEqual(trail, { itemListElement: [{ position: 1 }, { position: 2 }] })
  })
  test('says from what to what several variants cost, and how they are rated', () => {
    const [said] = structured({
      ...product,
      rating: { count: 3, average: 14 / 3 },
      offers: [
        ...product.offers,
        { sku: 'B-2', price: { amount: 700, currency: 'EUR' }, word: 'low' },
      ],
    })
    assert.partialDeepStrictEqual(said, {
      offers: { lowPrice: '5.00', highPrice: '7.00', offerCount: 2 },
      aggregateRating: { ratingValue: 4.67, reviewCount: 3 },
    })
  })
})
