/** Bad input to search, pictures, reviews and tables (section 4 of issue 2). */
import { after, before, suite, test } from 'node:test'

import {
  allRefusedBy,
  DASHES,
  ID,
  INVALID,
  endsWell,
  lay,
  type Case,
  type Ground,
} from './bad-input.ts'
import { A, type Ask, type Json, type Journey } from './journey.ts'

let ground: Ground
let journey: Journey
let as: string
let product: Json
before(async () => {
  ground = await lay()
  ;({ journey, as, product } = ground)
})
after(() => journey?.[Symbol.asyncDispose]())

const allRefused = (expected: string, cases: readonly Case[]): Promise<void> =>
  allRefusedBy(journey, expected, cases)

suite('the shop window', () => {
  const ask = (): Ask => ({ as })

  test('is searched by words, filters and places of a known form', async () => {
    const search = `GET ${A}/search`
    const place = `1.2.${ID}`
    await allRefused(INVALID, [
      ...[
        `q=${'x'.repeat(1_001)}`,
        'q=%00',
        'limit=0',
        'limit=101',
        'sort=random',
        'minPrice=-1',
        'maxPrice=1e9',
        'category=A%20B',
        `category=${'a,'.repeat(20)}a`,
        `after=x.${place}`,
        `after=r.1.2.${DASHES}`,
        `seen=${Array(21).fill(ID).join()}`,
        'personal=maybe',
        'lang=_',
      ].map((query): Case => ['search', `${search}?${query}`]),
      ['suggest', `GET ${A}/search/suggest`],
      ['suggest', `GET ${A}/search/suggest?q=a&limit=11`],
      ['click', `POST ${A}/search/clicks`, { q: 'x', productId: 'x' }],
      ['click', `POST ${A}/search/clicks`, { q: 'x', productId: ID, userId: ID }],
      ['synonym', `POST ${A}/search/synonyms`, { words: [], also: ['x'] }, ask()],
      ['synonym', `POST ${A}/search/synonyms`, { words: [' '], also: ['x'] }, ask()],
      ['synonym', `POST ${A}/search/synonyms`, { words: Array(21).fill('x'), also: ['x'] }, ask()],
      ['statistics', `GET ${A}/search/statistics?day=2026-02-30`, undefined, ask()],
    ])
    await allRefused('404 search.synonym-unknown', [
      ['remove', `DELETE ${A}/search/synonyms/${ID}`, undefined, ask()],
    ])
  })

  test('has pictures that are pictures', async () => {
    const media = `${A}/admin/media`
    const upload = `${media}/uploads/${ID}`
    await allRefused('415 media.type-unknown', [
      ['a text', `POST ${media}`, 'this is no picture', ask()],
      ['nothing', `POST ${media}`, undefined, ask()],
      ['a page', `POST ${media}`, '<html><script>alert(1)</script>', ask()],
    ])
    await allRefused('422 media.unreadable', [['a stump', `POST ${media}`, 'GIF89a', ask()]])
    await allRefused('422 media.language-unknown', [
      ['no language', `PUT ${media}/${ID}/alt`, { alt: { '../': 'x' } }, ask()],
    ])
    await allRefused('409 media.piece-missing', [
      ['no piece', `POST ${upload}`, { pieces: 1 }, ask()],
    ])
    await allRefused('404 media.unknown', [
      ['see', `GET ${media}/${ID}`, undefined, ask()],
      ['remove', `DELETE ${media}/${ID}`, undefined, ask()],
      ['describe', `PUT ${media}/${ID}/alt`, { alt: { uk: 'x' } }, ask()],
      ['see', `GET /media/${ID}-0123456789abcdef/160.webp`],
    ])
    await allRefused(INVALID, [
      ['no number', `PUT ${upload}/x`, 'x', ask()],
      ['no such number', `PUT ${upload}/20`, 'x', ask()],
      ['no id', `PUT ${media}/uploads/x/0`, 'x', ask()],
      ['no pieces', `POST ${upload}`, { pieces: 0 }, ask()],
      ['no hash', `GET ${media}?sha256=x`, undefined, ask()],
      ['too much to say', `PUT ${media}/${ID}/alt`, { alt: { uk: 'x'.repeat(301) } }, ask()],
      ['a width nobody asked for', `GET /media/${ID}-0123456789abcdef/161.webp`],
      ['out of the house', `GET /media/${ID}-0123456789abcdef/..%2f160.webp`],
    ])
  })

  test('has reviews of products that are, in words that are some', async () => {
    const { id } = product
    const reviews = `POST ${A}/products/${id}/reviews`
    const review = { name: 'Олена', text: 'x', rating: 5 }
    await allRefused(INVALID, [
      ...[0, 6, 1.5, '5', null].map((rating): Case => [
        'stars',
        reviews,
        { ...review, rating },
        ask(),
      ]),
      ['no words', reviews, { ...review, text: ' ' }, ask()],
      ['too many words', reviews, { ...review, text: 'x'.repeat(5_001) }, ask()],
      ['no name', reviews, { ...review, name: '' }, ask()],
      ['NUL', reviews, { ...review, text: 'a\u0000' }, ask()],
      ['a standing', reviews, { ...review, standing: 'buyer' }, ask()],
      ['a status', reviews, { ...review, status: 'shown' }, ask()],
      ['no reason', `POST ${A}/contributions/${ID}/refuse`, { because: 'x' }, ask()],
      ['a place', `GET ${A}/products/${id}/reviews?after=1.x`],
      ['an order', `GET ${A}/products/${id}/reviews?sort=odd`],
      ['a limit', `GET ${A}/products/${id}/questions?limit=51`],
    ])
    await allRefused('404 reviews.product-unknown', [
      ['review', `POST ${A}/products/${ID}/reviews`, review, ask()],
      ['ask', `POST ${A}/products/${ID}/questions`, { name: 'x', text: 'x' }, ask()],
    ])
    await allRefused('404 reviews.unknown', [
      ['change', `PUT ${A}/contributions/${ID}`, review, ask()],
      ['remove', `DELETE ${A}/contributions/${ID}`, undefined, ask()],
      ['vote', `PUT ${A}/contributions/${ID}/vote`, undefined, ask()],
      ['report', `PUT ${A}/contributions/${ID}/report`, { because: 'other' }, ask()],
      ['answer', `POST ${A}/contributions/${ID}/answers`, { name: 'x', text: 'x' }, ask()],
      ['show', `POST ${A}/contributions/${ID}/show`, undefined, ask()],
    ])
  })

  test('is filled from tables, and told to machines, as it is documented', async () => {
    const imports = `${A}/admin/imports`
    await allRefused(INVALID, [
      ['no kind', `POST ${imports}`, 'sku', ask()],
      ['an odd kind', `POST ${imports}?kind=users`, 'sku', ask()],
      ['an odd mode', `POST ${imports}?kind=stock&mode=force`, 'sku', ask()],
      ['an odd encoding', `POST ${imports}?kind=stock&encoding=ebcdic`, 'sku', ask()],
      ['a place', `GET ${imports}/${ID}/faults?after=x`, undefined, ask()],
      ['an export of people', `GET ${A}/admin/exports/users`, undefined, ask()],
      ['an odd format', `GET ${A}/admin/exports/stock?format=exe`, undefined, ask()],
      ['a sitemap of nothing', 'GET /sitemaps/products/zz'],
      ['a feed of a language', 'GET /feeds/google.xml?language=..'],
      ['a feed of a currency', 'GET /feeds/google.xml?currency=uah'],
    ])
    await allRefused('422 exchange.file-empty', [
      ['no file', `POST ${imports}?kind=stock`, undefined, ask()],
    ])
    await allRefused('404 exchange.import-unknown', [
      ['see', `GET ${imports}/${ID}`, undefined, ask()],
      ['faults', `GET ${imports}/${ID}/faults`, undefined, ask()],
      ['cancel', `POST ${imports}/${ID}/cancel`, undefined, ask()],
    ])
    await allRefused('426 live.upgrade-needed', [['no WebSocket', `GET ${A}/live`]])
    await allRefused('422 seo.currency-unknown', [['feed', 'GET /feeds/google.xml?currency=XXX']])
    await allRefused('404 seo.product-unknown', [
      ['data', `GET ${A}/products/${ID}/structured-data`],
    ])
  })
})

endsWell(() => ground)
