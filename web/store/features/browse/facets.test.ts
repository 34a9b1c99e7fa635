import assert from 'node:assert/strict'
import { test } from 'node:test'

import { isMissing, usefulFacets, withChosen, type OfferedValue } from './facets.ts'

const value = (name: string, count: number, isChosen = false): OfferedValue => ({
  code: name,
  name,
  count,
  isChosen,
})
const facet = (name: string, values: readonly OfferedValue[]) => ({ name, label: name, values })
const ask = { total: 100, whole: [] }

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
  const [whole] = usefulFacets([facet('f', many)], { ...ask, whole: ['g', 'f'] })
  assert.equal(whole?.values.length, 20)
})

test('what is chosen and nothing has keeps its name and can be taken back', () => {
  const params = new URLSearchParams('f.color=red&f.color=blue&brand=b&min=7')
  const left = [facet('f.color', [value('blue', 3, true)])]
  const whole = [
    facet('brand', [value('b', 9)]),
    facet('f.color', [value('red', 5), value('x', 1)]),
  ]
  assert.equal(isMissing(left, params), true)
  const all = withChosen(left, whole, params)
  assert.deepEqual(all, [
    facet('brand', [value('b', 0, true)]),
    facet('f.color', [value('blue', 3, true), value('red', 0, true)]),
  ])
  assert.equal(isMissing(all, params), false)
})
