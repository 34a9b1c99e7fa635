import assert from 'node:assert/strict'
import { test } from 'node:test'

import { adding, askedBy, filtersIn, following, sortIn, tidied, without } from './address.ts'

const of = (text: string) => new URLSearchParams(text)

test('one list has one address, whatever order its filters were chosen in', () => {
  const one = tidied(of('f.size=43&brand=b&min=&brand=a&q=shoes&brand=a&after=x'))
  assert.equal(one.toString(), 'q=shoes&brand=a&brand=b&f.size=43')
})

test('a change of filters leaves the page behind', () => {
  assert.equal(without(of('brand=a&brand=b&after=x'), 'brand', 'a').toString(), 'brand=b')
  assert.equal(following(of('brand=a&after=x'), 'y').toString(), 'brand=a&after=y')
})

test('several facets are shown whole, each once', () => {
  const one = adding(of('brand=a&all=brand'), 'all', 'f.size')
  assert.deepEqual(one.getAll('all'), ['brand', 'f.size'])
  assert.equal(adding(one, 'all', 'brand').toString(), one.toString())
  assert.equal(without(one, 'all', 'brand').toString(), 'brand=a&all=f.size')
})

test('filters become what the API asks, prices in minor units', () => {
  const asked = askedBy(of('f.color=red&f.color=blue&f.size=43&min=10,5&max=&category=shoes'), 2)
  assert.deepEqual(asked, {
    sort: 'newest',
    limit: 24,
    personal: false,
    category: 'shoes',
    attributes: 'color:red,blue;size:43',
    minPrice: 1050,
  })
})

test('what is no amount, and what is no order, is not asked', () => {
  assert.deepEqual(askedBy(of('min=cheap&max=-1&sort=best'), 2), {
    sort: 'newest',
    limit: 24,
    personal: false,
  })
  assert.equal(sortIn(of('q=ball')), 'relevance')
  assert.equal(sortIn(of('sort=relevance')), 'newest')
})

test('what is sought and how it is sorted is no filter', () => {
  assert.deepEqual(filtersIn(of('q=a&sort=newest&all=size&after=x&min=5')), [['min', '5']])
})
