import assert from 'node:assert/strict'
import { test } from 'node:test'

import fc from 'fast-check'

import type { Entry } from './entry.ts'
import { find, type FindAsk, type Filter } from './find.ts'
import { ShopIndex } from './shop-index.ts'

const CATEGORIES = ['shoes', 'balls', 'tents']
const BRANDS = ['north', 'south', 'west']
const COLORS = ['red', 'blue', 'green', 'black']
const NOW = 1_000_000

const idOf = (number: number): string =>
  `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`

function anEntry(number: number, facts: Partial<Entry> = {}): Entry {
  return {
    id: idOf(number),
    slug: `p-${number}`,
    version: 1,
    createdAt: NOW - 1000 + number,
    name: { en: `Product ${number}` },
    categories: [],
    brand: null,
    skus: [`S-${number}`],
    minPrice: 100,
    maxPrice: 100,
    picture: null,
    attributes: [],
    visibleFrom: null,
    visibleUntil: null,
    terms: { name: [], about: [], description: [], kind: [] },
    words: {},
    ...facts,
  }
}

function indexOf(entries: readonly Entry[]): ShopIndex {
  const index = new ShopIndex()
  for (const entry of entries) {
    index.setAvailable(entry.id, true)
    index.put(entry)
  }
  return index
}

const ask = (facts: Partial<FindAsk> = {}): FindAsk => ({
  words: [],
  filters: [],
  sort: 'relevance',
  limit: 100,
  now: NOW,
  ...facts,
})

const idsOf = (index: ShopIndex, facts: Partial<FindAsk>): string[] =>
  find(index, ask(facts)).hits.map(({ entry }) => entry.id)

const named = (number: number, ...terms: string[]): Entry =>
  anEntry(number, { terms: { name: terms, about: [], description: [], kind: [] } })

const words = (...terms: string[]) => terms.map((term) => [{ term, weight: 1 }])

test('a product is found by all words that are sought, and what has more of them when none has all', () => {
  const index = indexOf([named(1, 'red', 'ball'), named(2, 'red', 'shoe'), named(3, 'tent')])
  assert.deepEqual(idsOf(index, { words: words('red', 'ball') }), [idOf(1)])
  const near = find(index, ask({ words: words('red', 'ball', 'leather') }))
  assert.equal(near.missing, 1)
  assert.deepEqual(
    near.hits.map(({ entry }) => entry.id),
    [idOf(1)],
  )
  assert.deepEqual(
    idsOf(index, { words: words('blue', 'sky', 'tent') }),
    [],
    'one of three is not enough',
  )
})

test('a word in the name counts more than one in the description, a rare word more than a common one', () => {
  const index = indexOf([
    anEntry(1, { terms: { name: ['x'], about: [], description: ['ball'], kind: [] } }),
    named(2, 'ball'),
    anEntry(3, { terms: { name: [], about: ['ball'], description: [], kind: [] } }),
  ])
  assert.deepEqual(idsOf(index, { words: words('ball') }), [idOf(2), idOf(3), idOf(1)])
})

test('a phrase is found only where all of it is, a beginning wherever a term begins so', () => {
  const index = indexOf([
    named(1, 'sleep', 'bag'),
    named(2, 'bag'),
    named(3, 'sleeve'),
    named(4, 'sleep'),
    named(5, 'bag', 'sleep'),
  ])
  const phrase = [[{ term: 'sleep', also: ['bag'], weight: 1 }]]
  assert.deepEqual(new Set(idsOf(index, { words: phrase })), new Set([idOf(1), idOf(5)]))
  const prefix = [[{ term: 'slee', isPrefix: true as const, weight: 1 }]]
  assert.deepEqual(new Set(idsOf(index, { words: prefix })), new Set([1, 3, 4, 5].map(idOf)))
})

test('a rare word beside a common one is found by looking few products up, with the same answer', () => {
  const all = Array.from({ length: 3000 }, (_, number) =>
    named(number, ...(number % 2 === 0 ? ['common'] : []), ...(number % 501 === 0 ? ['rare'] : [])),
  )
  const expected = all.filter((_, number) => number % 2 === 0 && number % 501 === 0)
  const found = find(indexOf(all), ask({ words: words('common', 'rare') }))
  assert.equal(found.missing, 0)
  assert.deepEqual(
    new Set(found.hits.map(({ entry }) => entry.id)),
    new Set(expected.map(({ id }) => id)),
  )
})

test('what is sold out, gone, or not to be seen at this time is never found', () => {
  const index = indexOf([
    named(1, 'ball'),
    named(2, 'ball'),
    named(3, 'ball'),
    { ...named(4, 'ball'), visibleFrom: NOW + 1 },
    { ...named(5, 'ball'), visibleUntil: NOW },
  ])
  index.remove(idOf(1))
  index.setAvailable(idOf(2), false)
  for (const facts of [{ words: words('ball') }, {}]) {
    assert.deepEqual(idsOf(index, facts), [idOf(3)])
  }
  index.setAvailable(idOf(2), true)
  assert.equal(idsOf(index, { words: words('ball'), now: NOW + 1 }).length, 3)
})

test('a product that changed is found by what it is now and by nothing it was', () => {
  const index = indexOf([named(1, 'ball')])
  index.put({ ...named(1, 'tent'), version: 2 })
  assert.deepEqual(idsOf(index, { words: words('ball') }), [])
  assert.deepEqual(idsOf(index, { words: words('tent') }), [idOf(1)])
  assert.equal(find(index, ask()).total, 1)
})

test('what somebody likes stands higher among equals, and says why', () => {
  const brand = (slug: string) => ({ slug, name: slug })
  const index = indexOf([
    { ...named(1, 'ball'), brand: brand('north') },
    { ...named(2, 'ball'), brand: brand('south') },
  ])
  const liking = { categories: new Map(), brands: new Map([['north', 1]]) }
  assert.deepEqual(idsOf(index, { words: words('ball') }), [idOf(2), idOf(1)])
  const { hits } = find(index, ask({ words: words('ball'), liking }))
  assert.deepEqual(
    hits.map(({ entry, because }) => [entry.id, because]),
    [
      [idOf(1), ['brand']],
      [idOf(2), []],
    ],
  )
})

const product = fc.record({
  category: fc.constantFrom(...CATEGORIES, null),
  brand: fc.constantFrom(...BRANDS, null),
  colors: fc.uniqueArray(fc.constantFrom(...COLORS), { maxLength: 3 }),
  weight: fc.constantFrom(1, 2, 5, 10),
  price: fc.integer({ min: 1, max: 9 }).map((each) => each * 100),
  terms: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }),
  isThere: fc.boolean(),
})

const filters = fc
  .record({
    category: fc.option(fc.uniqueArray(fc.constantFrom(...CATEGORIES), { minLength: 1 })),
    brand: fc.option(fc.uniqueArray(fc.constantFrom(...BRANDS, 'unknown'), { minLength: 1 })),
    color: fc.option(fc.uniqueArray(fc.constantFrom(...COLORS), { minLength: 1 })),
    weight: fc.option(
      fc.record({ from: fc.integer({ min: 0, max: 6 }), to: fc.integer({ min: 1, max: 9 }) }),
    ),
  })
  .map(({ category, brand, color, weight }): Filter[] => [
    ...(category === null
      ? []
      : [{ kind: 'category' as const, code: 'category', values: category }]),
    ...(brand === null ? [] : [{ kind: 'brand' as const, code: 'brand', values: brand }]),
    ...(color === null ? [] : [{ kind: 'attribute' as const, code: 'color', values: color }]),
    ...(weight === null
      ? []
      : [{ kind: 'attribute' as const, code: 'weight', values: [], ...weight }]),
  ])

type Made = Omit<typeof product extends fc.Arbitrary<infer T> ? T : never, never>

function entryOfMade(made: Made, number: number): Entry {
  const label = (code: string) => ({ code, label: { en: code }, number: null })
  return anEntry(number, {
    categories:
      made.category === null
        ? []
        : [
            { slug: 'root', name: {} },
            { slug: made.category, name: {} },
          ],
    brand: made.brand === null ? null : { slug: made.brand, name: made.brand },
    minPrice: made.price,
    attributes: [
      { code: 'color', name: {}, values: made.colors.map(label) },
      {
        code: 'weight',
        name: {},
        values: [{ ...label(String(made.weight)), number: made.weight }],
      },
    ],
    terms: { name: made.terms, about: [], description: [], kind: [] },
  })
}

/** Whether a product passes a filter, as plainly as it can be said. */
function passes(made: Made, { code, values, from = -Infinity, to = Infinity }: Filter): boolean {
  if (code === 'weight') return made.weight >= from && made.weight <= to
  const own =
    { category: [made.category, 'root'], brand: [made.brand], color: made.colors }[code] ?? []
  return own.some((each) => each !== null && values.includes(each))
}

test('facets count what each value would leave under all other filters, whatever is asked', () => {
  fc.assert(
    fc.property(
      fc.array(product, { maxLength: 40 }),
      filters,
      fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 2 }),
      fc.option(fc.integer({ min: 1, max: 9 })),
      (made, asked, terms, bound) => {
        const index = new ShopIndex()
        for (const [number, each] of made.entries()) {
          index.put(entryOfMade(each, number))
          index.setAvailable(idOf(number), each.isThere)
        }
        const maxPrice = bound === null ? Number.MAX_SAFE_INTEGER : bound * 100
        const found = find(
          index,
          ask({ filters: asked, words: words(...terms), ...(bound === null ? {} : { maxPrice }) }),
        )
        if (found.missing > 0) return
        const there = made.filter(
          (each) => each.isThere && terms.every((term) => each.terms.includes(term)),
        )
        const fits = (each: Made, except?: string): boolean =>
          each.price <= maxPrice &&
          asked.every((filter) => filter.code === except || passes(each, filter))
        assert.equal(found.total, there.filter((each) => fits(each)).length)
        const expected = (code: string, values: readonly string[]) =>
          Object.fromEntries(
            values
              .map((value): [string, number] => [
                value,
                there.filter(
                  (each) =>
                    fits(each, code) &&
                    passes(each, {
                      kind: 'brand',
                      code,
                      values: [value],
                      from: Number(value),
                      to: Number(value),
                    }),
                ).length,
              ])
              .filter(([, count]) => count > 0),
          )
        for (const [code, values] of Object.entries({
          category: CATEGORIES,
          brand: BRANDS,
          color: COLORS,
          weight: ['1', '2', '5', '10'],
        })) {
          const facet = found.facets.find((each) => each.code === code)
          const counted = Object.fromEntries(
            (facet?.values ?? [])
              .map(({ number, count }): [string, number] => [index.values.at(number).code, count])
              .filter(([value]) => value !== 'root'),
          )
          assert.deepEqual(counted, expected(code, values), code)
        }
      },
    ),
    { numRuns: 300 },
  )
})

test('pages in any order show every hit once', () => {
  const sorts = ['relevance', 'newest', 'price-up', 'price-down'] as const
  fc.assert(
    fc.property(
      fc.array(product, { minLength: 1, maxLength: 30 }),
      fc.constantFrom(...sorts),
      fc.integer({ min: 1, max: 7 }),
      (made, sort, limit) => {
        const entries = made.map((each, number) => ({
          ...entryOfMade(each, number),
          createdAt: NOW - (number % 3),
        }))
        const index = indexOf(entries)
        const all = idsOf(index, { sort })
        const paged: string[] = []
        for (let after = undefined as FindAsk['after']; ;) {
          const page = find(index, ask({ sort, limit, ...(after === undefined ? {} : { after }) }))
          paged.push(...page.hits.map(({ entry }) => entry.id))
          after = page.next
          if (after === undefined) break
        }
        assert.deepEqual(paged, all)
        assert.equal(new Set(all).size, entries.length)
        const prices = all.map((id) => entries.find((entry) => entry.id === id)?.minPrice ?? 0)
        if (sort === 'price-up')
          assert.deepEqual(
            prices,
            prices.toSorted((a, b) => a - b),
          )
        if (sort === 'price-down')
          assert.deepEqual(
            prices,
            prices.toSorted((a, b) => b - a),
          )
      },
    ),
    { numRuns: 200 },
  )
})
