import assert from 'node:assert/strict'
import { test } from 'node:test'

import { loadDemo } from './catalog.ts'
import { mulberry32, stockFor } from './stock.ts'

const shops = loadDemo()

test('the same seed stocks the same shelves, another seed others', () => {
  for (const shop of shops) {
    assert.deepEqual(stockFor(shop, 7), stockFor(shop, 7))
    assert.notDeepEqual(stockFor(shop, 7), stockFor(shop, 8))
  }
})

test('a seed means the same on every machine', () => {
  // Pinned: whoever changes these numbers changes what `DEMO_SEED` promised.
  const [demo] = shops
  assert(demo)
  const skif = stockFor(demo, 1).filter(({ sku }) => sku === 'VTH-SKIF-42')
  assert.deepEqual(skif, [
    { sku: 'VTH-SKIF-42', warehouse: 'kyiv', quantity: 32 },
    { sku: 'VTH-SKIF-42', warehouse: 'lviv', quantity: 15 },
    { sku: 'VTH-SKIF-42', warehouse: 'odesa', quantity: 10 },
  ])
  const draw = mulberry32(1)
  assert.deepEqual([draw(), draw()], [0.6270739405881613, 0.002735721180215478])
})

test('every variant has a number in every warehouse, within a quarter of the written one', () => {
  for (const shop of shops) {
    const variants = shop.products
      .flatMap((product) => product.variants)
      .filter(({ components }) => components.length === 0)
    const written = new Map(variants.map(({ sku, stock }) => [sku, stock]))
    for (const seed of [0, 1, 42, -5, 2 ** 31]) {
      const rows = stockFor(shop, seed)
      assert.equal(rows.length, variants.length * shop.warehouses.length)
      for (const { sku, warehouse, quantity } of rows) {
        const meant = written.get(sku)?.[warehouse]
        assert(meant !== undefined)
        assert(Number.isSafeInteger(quantity))
        assert(Math.abs(quantity - meant) <= Math.ceil(meant * 0.25), `${sku} in ${warehouse}`)
      }
    }
  }
})

test('numbers that a story depends on are the same under every seed', () => {
  const [demo] = shops
  assert(demo)
  for (const seed of [1, 2, 3]) {
    const rows = stockFor(demo, seed)
    const quantities = (wanted: string): number[] =>
      rows.filter(({ sku }) => sku === wanted).map(({ quantity }) => quantity)
    assert.deepEqual(quantities('OPK-FINAL-5'), [500, 0, 0])
    assert.deepEqual(quantities('KLB-ZASUV'), [0, 0, 0])
    assert.deepEqual(quantities('VTH-STRILA-43'), [2, 0, 1])
  }
})

test('a product more or less does not move the stock of the others', () => {
  const [demo] = shops
  assert(demo)
  const fewer = { ...demo, products: demo.products.slice(5) }
  const [first] = stockFor(fewer, 1)
  assert.deepEqual(
    first,
    stockFor(demo, 1).find(({ sku }) => sku === first?.sku),
  )
})
