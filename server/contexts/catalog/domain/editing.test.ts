import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { CatalogEvent, ProductDraft, ProductFacts } from '../contract.ts'
import { factsOf as draftFacts } from './draft.ts'
import { archiveProduct, changeProduct as change, createProduct } from './editing.ts'
import { products, type Product } from './product.ts'

const shop = { currency: 'UAH', languages: ['uk', 'ru', 'en'] }
const id = '5f0c1e9a-0000-4000-8000-000000000001'
const at = Date.UTC(2026, 10, 21)

const uah = (amount: number) => ({ amount, currency: 'UAH' })
const ball: ProductDraft = { sku: 'BALL-5', name: 'М’яч', price: uah(129_900) }
const shoes: ProductDraft = {
  name: { uk: 'Кросівки', en: 'Running shoes “Gale”' },
  price: uah(400_000),
  variants: [
    { sku: 'GALE-42', options: [{ code: 'size', valueCode: '42' }] },
    { sku: 'GALE-43', options: [{ code: 'size', valueCode: '43' }], price: uah(410_000) },
  ],
}

function changeProduct(product: Product, draft: ProductDraft, versions?: readonly number[]) {
  return change(product, id, versions, (before) => draftFacts(draft, shop, before))
}

function fold(...events: CatalogEvent[]): Product {
  return events.reduce<Product>(
    (product, event, index) => products.apply(product, event, { version: index + 1, at }),
    products.initial,
  )
}

function created(draft: ProductDraft): Product {
  const facts = draftFacts(draft, shop)
  assert(facts.ok, JSON.stringify(facts))
  return fold(createProduct(id, facts.value, new Date(at).toISOString()))
}

function factsOf(product: Product): ProductFacts {
  assert(product.status !== 'unknown')
  return product.facts
}

function refused(draft: ProductDraft, code: string): void {
  const outcome = draftFacts(draft, shop)
  assert(!outcome.ok, `${code} was not refused`)
  assert.equal(outcome.refusal.code, code)
}

test('a product without variants is sold as it is', () => {
  const { slug, variants, name, description, category } = factsOf(created(ball))
  assert.deepEqual(variants, [
    {
      sku: 'BALL-5',
      options: [],
      price: uah(129_900),
      weightGrams: null,
      components: [],
      pictures: [],
    },
  ])
  assert.deepEqual(name, { uk: 'М’яч' })
  assert.deepEqual(description, { uk: '' })
  assert.equal(category, null)
  assert.equal(slug, 'ball-5')
})

test('variants have their own prices or the product’s, and the first one names the product', () => {
  const { slug, variants } = factsOf(created({ ...shoes, weightGrams: 300 }))
  assert.deepEqual(
    variants.map(({ sku, price, weightGrams }) => [sku, price.amount, weightGrams]),
    [
      ['GALE-42', 400_000, 300],
      ['GALE-43', 410_000, 300],
    ],
  )
  assert.equal(slug, 'running-shoes-gale-gale-42')
  assert.deepEqual(variants[0]?.options, [
    { code: 'size', valueCode: '42', name: { uk: 'size' }, value: { uk: '42' } },
  ])
})

test('texts are trimmed and normalized, and empty translations are none', () => {
  const { name } = factsOf(created({ ...ball, name: { uk: '  М’ячи\u0306к ', en: ' ' } }))
  assert.deepEqual(name, { uk: 'М’ячйк' })
})

test('CATALOG-3: a draft that contradicts itself or its shop is refused', () => {
  refused({ ...ball, price: { amount: 1, currency: 'EUR' } }, 'catalog.currency-wrong')
  refused({ ...ball, name: { uk: 'М’яч', de: 'Ball' } }, 'catalog.language-unknown')
  refused({ ...ball, name: { en: 'Ball' } }, 'catalog.text-missing')
  refused({ ...ball, name: ' ' }, 'catalog.text-missing')
  refused({ ...ball, description: { en: 'Round.' } }, 'catalog.text-missing')
  refused({ name: 'М’яч', price: uah(1) }, 'catalog.product-incomplete')
  refused({ name: 'М’яч', sku: 'BALL-5' }, 'catalog.product-incomplete')
  refused({ ...shoes, sku: 'GALE-43' }, 'catalog.product-incomplete')
  const size = [{ code: 'size', valueCode: '42' }]
  const two = (second: object) => [
    { sku: 'A', options: size },
    { sku: 'B', ...second },
  ]
  refused({ ...shoes, variants: two({ sku: 'A' }) }, 'catalog.sku-repeated')
  refused({ ...shoes, variants: two({ options: size }) }, 'catalog.options-repeated')
  refused({ ...shoes, variants: two({ options: [...size, ...size] }) }, 'catalog.options-repeated')
})

test('a change records only what differs, and nothing when nothing does', () => {
  const product = created({ ...ball, description: { uk: 'Круглий.', en: 'Round.' } })
  const changed = (draft: ProductDraft) => {
    const outcome = changeProduct(product, draft)
    assert(outcome.ok, JSON.stringify(outcome))
    return outcome.value?.changes
  }
  assert.equal(changed({ ...ball, description: { en: 'Round.', uk: 'Круглий.' } }), undefined)
  assert.equal(changed({ ...ball, description: 'Круглий.' }), undefined)
  assert.deepEqual(changed({ ...ball, description: 'Дуже круглий.' }), {
    description: { uk: 'Дуже круглий.', en: 'Round.' },
  })
  assert.deepEqual(changed(ball), { description: { uk: '' } })
  assert.deepEqual(Object.keys(changed({ ...ball, price: uah(99) }) ?? {}), [
    'description',
    'variants',
  ])
})

test('whoever has seen another version than the newest is told so', () => {
  const product = created(ball)
  const changed = (versions: readonly number[] | undefined) =>
    changeProduct(product, { ...ball, name: 'М’яч 5' }, versions)
  assert.equal(changed(undefined).ok, true)
  assert.equal(changed([1]).ok, true)
  assert.equal(changed([7, 1]).ok, true)
  assert.deepEqual(changed([2]), {
    ok: false,
    refusal: { code: 'catalog.version-stale', version: 1 },
  })
  assert.equal(changed([]).ok, false)
})

test('CATALOG-1, CATALOG-2: SKUs and addresses a product no longer uses stay its own', () => {
  const product = fold(createProduct(id, factsOf(created(shoes)), '2026-11-21T00:00:00.000Z'), {
    type: 'catalog.product-changed',
    productId: id,
    changes: { slug: 'gale', variants: factsOf(created(ball)).variants },
  })
  assert(product.status === 'active')
  assert.deepEqual(product.retired, ['GALE-42', 'GALE-43'])
  assert.deepEqual(product.formerSlugs, ['running-shoes-gale-gale-42'])
  assert.equal(product.version, 2)

  const back = products.apply(
    product,
    {
      type: 'catalog.product-changed',
      productId: id,
      changes: { variants: factsOf(created(shoes)).variants },
    },
    { version: 3, at },
  )
  assert(back.status === 'active')
  assert.deepEqual(back.retired, ['BALL-5'])
})

test('an archived product is archived once, and no longer changed', () => {
  const product = created(ball)
  const archived = archiveProduct(product, id)
  assert(archived.ok && archived.value !== undefined)
  const after = products.apply(product, archived.value, { version: 2, at })
  assert.deepEqual(archiveProduct(after, id), { ok: true, value: undefined })

  const codes = [
    changeProduct(after, ball),
    changeProduct(products.initial, ball),
    archiveProduct(products.initial, id),
  ].map((outcome) => !outcome.ok && outcome.refusal.code)
  assert.deepEqual(codes, [
    'catalog.product-archived',
    'catalog.product-unknown',
    'catalog.product-unknown',
  ])
})
