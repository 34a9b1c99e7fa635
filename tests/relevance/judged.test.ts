import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import {
  holds,
  isHeldOut,
  judgedProducts,
  KINDS,
  QUERIES,
  relevantSlugs,
  type JudgedProduct,
  type JudgedQuery,
} from './judged.ts'
import { measure, score, type Search } from './measure.ts'

const product: JudgedProduct = {
  slug: 'skif',
  brand: 'vitrohin',
  categories: ['running-shoes', 'running'],
  name: { uk: 'Кросівки Skif', ru: 'Кроссовки Skif', en: 'Skif shoes' },
  options: [{ size: '42', color: 'black' }],
  attributes: {},
}
const query: JudgedQuery = {
  id: 'x',
  shop: 'demo',
  language: 'uk',
  text: 'кросівки',
  kind: 'head',
  relevant: ['kind:sneaker color:black'],
}

describe('the judged queries', () => {
  it('are at least 320, of all three languages, with ids of their own', () => {
    assert.ok(QUERIES.length >= 320)
    assert.equal(new Set(QUERIES.map(({ id }) => id)).size, QUERIES.length)
    for (const [language, least] of [
      ['uk', 130],
      ['ru', 110],
      ['en', 80],
    ] as const) {
      const count = QUERIES.filter((each) => each.language === language).length
      assert.ok(count >= least, `${language}: ${count}`)
    }
  })

  it('have an answer in the demo each, but for those that must find nothing', () => {
    const products = new Map(['demo', 'second'].map((shop) => [shop, judgedProducts(shop)]))
    const without = QUERIES.filter(
      (each) =>
        each.relevant.length > 0 && relevantSlugs(each, products.get(each.shop)!).size === 0,
    )
    assert.deepEqual(
      without.map(({ id, text }) => `${id}: ${text}`),
      [],
    )
  })

  it('use every kind, and a third of them is held out', () => {
    const used = new Set(
      QUERIES.flatMap(({ relevant }) => relevant.flatMap((line) => line.split(' '))),
    )
    assert.deepEqual(
      Object.keys(KINDS).filter((kind) => !used.has(`kind:${kind}`)),
      [],
    )
    const part = QUERIES.filter(isHeldOut).length / QUERIES.length
    assert.ok(part > 0.28 && part < 0.39, String(part))
  })

  it('are judged by all conditions of one line', () => {
    assert.ok(relevantSlugs(query, [product]).has('skif'))
    const red = { ...query, relevant: ['kind:sneaker color:red', 'brand:opuka'] }
    assert.equal(relevantSlugs(red, [product]).size, 0)
    assert.ok(holds('category:running', product))
    assert.throws(() => holds('kind:sofa', product), /No kind sofa/)
    assert.throws(() => holds('shade:red', product), /No condition/)
  })
})

describe('the measure', () => {
  const nothing: JudgedQuery = { ...query, id: 'y', relevant: [] }
  const marks = (of: JudgedQuery, relevant: readonly string[], found: readonly string[]) => {
    const { recall, reciprocalRank } = score(of, new Set(relevant), found)
    return [recall, reciprocalRank]
  }

  it('counts what was found among the first ten, and at which place the first was', () => {
    assert.deepEqual(marks(query, ['a', 'b'], ['a', 'b']), [1, 1])
    assert.deepEqual(marks(query, ['a', 'b'], ['x', 'a']), [0.5, 0.5])
    assert.deepEqual(marks(query, ['a'], []), [0, 0])
    const late = 'b c d e f g h i j k a'.split(' ')
    assert.deepEqual(marks(query, ['a'], late), [0, 0])
    assert.deepEqual(marks(query, late, late), [1, 1], 'ten of eleven fill a page')
  })

  it('counts a hit as wrong where nothing must be found', () => {
    assert.deepEqual(marks(nothing, [], []), [1, 1])
    assert.deepEqual(marks(nothing, [], ['a']), [0, 0])
  })

  it('says which queries no product answers today, and asks the others once each', async () => {
    const asked: string[] = []
    const search: Search = ({ id }) => {
      asked.push(id)
      return Promise.resolve(['skif'])
    }
    const absent: JudgedQuery = { ...query, id: 'z', relevant: ['slug:none'] }
    const measured = await measure(search, [query, nothing, absent], () => [product])
    assert.deepEqual(asked, ['x', 'y'])
    assert.deepEqual(measured.notJudged, ['z'])
    assert.equal(measured.tuned.queries + measured.heldOut.queries, 2)
  })
})
