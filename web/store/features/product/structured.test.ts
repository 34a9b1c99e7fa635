import assert from 'node:assert/strict'
import { test } from 'node:test'

import { headOf } from './head.ts'
import type { PageProduct, PageVariant } from './product.ts'

const aVariant = (sku: string, amount: number, availability: PageVariant['availability']) => ({
  sku,
  choice: {},
  price: { amount, currency: 'UAH' },
  was: null,
  lowestBefore: null,
  tiers: [],
  availability,
  weightGrams: null,
  components: [],
  pictures: [],
})

const product: PageProduct = {
  id: 'one',
  slug: 'ball',
  name: 'М’яч',
  version: 1,
  description: 'Зшитий вручну, для трави. '.repeat(20),
  category: 'football',
  brand: { slug: 'opuka', name: 'Opuka' },
  variants: [aVariant('B-4', 129_900, 'low'), aVariant('B-5', 149_950, 'out')],
  groups: [],
  attributes: [],
  pictures: [{ asset: 'picture', alt: '' }],
  components: [],
  seo: { title: '', description: '' },
}
const here = {
  shop: { slug: 'demo', name: 'Torg', currency: 'UAH' },
  language: 'en',
  languages: ['uk', 'en'],
  origin: 'https://torg.test',
  way: [
    { slug: 'ball-games', name: 'Ball games' },
    { slug: 'football', name: 'Football' },
  ],
}
const rating = { count: 3, average: 4.3333 }

/** Whatever the head says, as far as a test looks. */
interface Said {
  readonly title?: string
  readonly content?: string
  readonly tagName?: string
  readonly rel?: string
  readonly hrefLang?: string
  readonly href?: string
  readonly 'script:ld+json'?: Structured
}
interface Structured {
  readonly aggregateRating?: object
  readonly offers?: {
    readonly lowPrice: string
    readonly highPrice: string
    readonly offers: readonly { readonly url: string; readonly availability: string }[]
  }
  readonly itemListElement?: readonly { readonly item: string }[]
}

const head = (of: PageProduct = product) =>
  headOf(here, of, { rating, termOf: (word) => `term:${word}` }) as readonly Said[]

test('the head names the address of the page in every language', () => {
  const links = head().filter(({ tagName }) => tagName === 'link')
  assert.deepEqual(
    links.map(({ rel, hrefLang = '', href }) => [rel, hrefLang, href]),
    [
      ['canonical', '', 'https://torg.test/en/p/ball'],
      ['alternate', 'uk', 'https://torg.test/p/ball'],
      ['alternate', 'en', 'https://torg.test/en/p/ball'],
      ['alternate', 'x-default', 'https://torg.test/p/ball'],
    ],
  )
})

test('what is written for search machines is said, else the name and some of the description', () => {
  assert.equal(head()[0]?.title, 'М’яч – Torg')
  assert((head()[1]?.content?.length ?? 0) <= 201)
  const seo = { title: 'Own title', description: 'Own words' }
  const own = head({ ...product, seo })
  assert.deepEqual([own[0]?.title, own[1]?.content], ['Own title', 'Own words'])
})

test('search machines are told the prices, what there is, the rating and the place', () => {
  const [ball, trail] = head().flatMap((each) => each['script:ld+json'] ?? [])
  assert.deepEqual(ball?.aggregateRating, {
    '@type': 'AggregateRating',
    ratingValue: 4.33,
    reviewCount: 3,
    bestRating: 5,
    worstRating: 1,
  })
  assert.deepEqual([ball?.offers?.lowPrice, ball?.offers?.highPrice], ['1299.00', '1499.50'])
  assert.deepEqual(
    ball?.offers?.offers.map(({ url, availability }) => [url, availability]),
    [
      ['https://torg.test/en/p/ball?sku=B-4', 'term:low'],
      ['https://torg.test/en/p/ball?sku=B-5', 'term:out'],
    ],
  )
  assert.deepEqual(
    trail?.itemListElement?.map(({ item }) => item),
    [
      'https://torg.test/en/',
      'https://torg.test/en/c/ball-games',
      'https://torg.test/en/c/football',
      'https://torg.test/en/p/ball',
    ],
  )
})
