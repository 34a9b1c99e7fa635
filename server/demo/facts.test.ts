import assert from 'node:assert/strict'
import { test } from 'node:test'

import { type DemoProduct, type DemoShop, loadDemo } from './catalog.ts'

const shops = loadDemo()

type Definition = DemoShop['attributes'][number]
type Value = DemoProduct['attributes'][string]

/** Why the value is none of the definition's, in words; undefined when it is one. */
function faultOf({ kind, choices = [] }: Definition, value: Value): string | undefined {
  const known = new Set(choices.map(({ code }) => code))
  switch (kind) {
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? undefined : 'is no number'
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'is neither true nor false'
    case 'choice':
      return typeof value === 'string' && known.has(value) ? undefined : 'is no choice'
    case 'choices':
      if (!Array.isArray(value) || value.length === 0) return 'is no list'
      if (new Set(value).size !== value.length) return 'says something twice'
      return value.every((code) => known.has(code)) ? undefined : 'has an unknown choice'
    case 'date':
      return typeof value === 'string' && isDay(value) ? undefined : 'is no day'
    case 'text':
      return typeof value === 'string' && value.trim() !== '' ? undefined : 'is no text'
  }
}

function isDay(value: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value))
}

const isBundle = ({ variants }: DemoProduct): boolean =>
  variants.some(({ components }) => components.length > 0)

test('attributes have the values of their definitions', () => {
  for (const shop of shops) {
    const definitions = new Map(shop.attributes.map((each) => [each.code, each]))
    assert.equal(definitions.size, shop.attributes.length)
    for (const { slug, attributes } of shop.products) {
      for (const [code, value] of Object.entries(attributes)) {
        const definition = definitions.get(code)
        assert(definition, `${slug} has ${code}`)
        assert.equal(faultOf(definition, value), undefined, `${slug}: ${code}`)
      }
    }
    // Each is used, or a filter by it would find nothing.
    const used = new Set(shop.products.flatMap(({ attributes }) => Object.keys(attributes)))
    for (const code of definitions.keys()) assert(used.has(code), `${shop.slug}: ${code}`)
  }
})

test('the check of attributes finds what it looks for', () => {
  const [first] = shops
  const faults = (code: string, value: Value): string | undefined => {
    const definition = first?.attributes.find((each) => each.code === code)
    assert(definition)
    return faultOf(definition, value)
  }
  assert.equal(faults('dropMm', 8), undefined)
  assert.equal(faults('dropMm', '8'), 'is no number')
  assert.equal(faults('waterproof', 'yes'), 'is neither true nor false')
  assert.equal(faults('gender', 'dogs'), 'is no choice')
  assert.equal(faults('material', 'steel'), 'is no list')
  assert.equal(faults('material', ['steel', 'steel']), 'says something twice')
  assert.equal(faults('material', ['cheese']), 'has an unknown choice')
  assert.equal(faults('releasedOn', '2026-13-01'), 'is no day')
  assert.equal(faults('article', ' '), 'is no text')
})

test('a product has the attribute color or variants that differ by it, not both', () => {
  for (const { slug, attributes, variants } of shops.flatMap(({ products }) => products)) {
    const isChosen = variants.some(({ options }) => options.some(({ code }) => code === 'color'))
    assert.equal('color' in attributes, !isChosen, slug)
  }
})

test('the tree of the first shop is three deep and no category of it is empty', () => {
  const [demo] = shops
  assert(demo)
  const parents = new Map(demo.categories.map(({ slug, parent }) => [slug, parent]))
  const depthOf = (slug: string): number => {
    const parent = parents.get(slug)
    return parent === undefined ? 1 : 1 + depthOf(parent)
  }
  assert.equal(Math.max(...demo.categories.map(({ slug }) => depthOf(slug))), 3)
  const deep = demo.products.filter(({ category }) => depthOf(category) === 3)
  assert(deep.length >= 150, `${deep.length} products in the third level`)
})

test('a dozen bundles are sold for less than their parts', () => {
  const [demo] = shops
  assert(demo)
  const prices = new Map(
    demo.products.flatMap(({ variants }) => variants).map(({ sku, price }) => [sku, price.amount]),
  )
  const bundles = demo.products.filter(isBundle)
  assert(bundles.length >= 12, `${bundles.length} bundles`)
  for (const { slug, variants } of bundles) {
    for (const { components, price } of variants) {
      const parts = components.map(({ sku, quantity }) => (prices.get(sku) ?? 0) * quantity)
      const apart = parts.reduce((a, b) => a + b, 0)
      assert(price.amount < apart, `${slug} costs ${price.amount}, its parts ${apart}`)
      assert(price.amount > apart * 0.75, `${slug} costs ${price.amount}, its parts ${apart}`)
    }
  }
})

test('some products are hidden, some come later, some end, some are sold out and name another', () => {
  const all = shops.flatMap(({ products }) => products)
  const count = (is: (product: DemoProduct) => boolean): number => all.filter(is).length
  assert(count(({ publication }) => publication.status === 'hidden') >= 4)
  assert(count(({ publication }) => publication.from !== undefined) >= 5)
  assert(count(({ publication }) => publication.until !== undefined) >= 2)
  for (const { slug, publication } of all) {
    for (const at of [publication.from, publication.until]) {
      if (at !== undefined) assert.equal(new Date(at).toISOString().slice(0, 19) + 'Z', at, slug)
    }
  }
  const isGone = (product: DemoProduct): boolean =>
    !isBundle(product) &&
    product.variants.every(({ stock }) => Object.values(stock).every((units) => units === 0))
  assert(count(isGone) >= 8)
  assert(count(({ related }) => related.some(({ kind }) => kind === 'instead')) >= 6)
  assert(count(({ related }) => related.some(({ kind }) => kind === 'goes-with')) >= 60)
})
