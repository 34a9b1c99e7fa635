import assert from 'node:assert/strict'
import { test } from 'node:test'

import { usefulFacets, type FacetValue } from './facets.ts'

const value = (name: string, count: number, isChosen = false): FacetValue => ({
  code: name,
  name,
  count,
  isChosen,
})
const facet = (name: string, values: readonly FacetValue[]) => ({ name, label: name, values })
const ask = { total: 100, whole: null }

test('a facet that tells nothing apart or is of a few is left out, unless it is chosen', () => {
  const facets = [
    facet('same', [value('a', 100)]),
    facet('rare', [value('a', 2), value('b', 3)]),
    facet('chosen', [value('a', 1, true)]),
    facet('useful', [value('a', 40), value('b', 30)]),
  ]
  assert.deepEqual(
    usefulFacets(facets, ask).map(({ name }) => name),
    ['chosen', 'useful'],
  )
})

test('sizes grow, letters before numbers, and other values keep their order', () => {
  const names = (values: readonly string[]) =>
    usefulFacets(
      [
        facet(
          'f',
          values.map((name) => value(name, 20)),
        ),
      ],
      ask,
    )[0]?.values.map(({ name }) => name)
  assert.deepEqual(names(['M', '43', 'L', '9.5', 'XS', '35-38']), [
    'XS',
    'M',
    'L',
    '9.5',
    '35-38',
    '43',
  ])
  assert.deepEqual(names(['red', 'blue', '43']), ['red', 'blue', '43'])
})

test('ten values are shown, those that are chosen beside, and all when asked', () => {
  const many = Array.from({ length: 20 }, (_, place) =>
    value(`v${place}`, 50 - place, place === 19),
  )
  const [some] = usefulFacets([facet('f', many)], ask)
  assert.equal(some?.values.length, 11)
  assert.equal(some?.size, 20)
  const [whole] = usefulFacets([facet('f', many)], { ...ask, whole: 'f' })
  assert.equal(whole?.values.length, 20)
})
