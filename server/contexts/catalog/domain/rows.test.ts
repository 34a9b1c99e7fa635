import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { OptionDraft, ProductDraft, ProductFacts, VariantDraft } from '../contract.ts'
import { factsOf } from './draft.ts'
import { patchedFacts } from './merging.ts'
import { withVariants } from './rows.ts'

const shop = { currency: 'UAH', languages: ['uk', 'en'] }
const price = { amount: 40_000, currency: 'UAH' }
const chosen = (size: string, color: string): readonly OptionDraft[] => [
  { code: 'size', valueCode: size },
  { code: 'color', valueCode: color },
]
const tee: ProductDraft = {
  name: 'Футболка',
  price,
  variants: [
    { sku: 'TEE-S', options: chosen('s', 'red') },
    { sku: 'TEE-M', options: chosen('m', 'red') },
  ],
}
const stated: ProductDraft = {
  ...tee,
  optionGroups: [
    { code: 'color', name: { uk: 'Колір' }, values: [{ code: 'red' }, { code: 'blue' }] },
    { code: 'size', name: { uk: 'Розмір' }, values: [{ code: 'm' }, { code: 's', name: 'Мала' }] },
  ],
}

function facts(draft: ProductDraft): ProductFacts {
  const read = factsOf(draft, shop)
  assert(read.ok, JSON.stringify(read))
  return read.value
}

function merged(before: ProductFacts, ...rows: readonly VariantDraft[]): ProductFacts {
  const read = patchedFacts(withVariants(before, rows), shop, before)
  assert(read.ok, JSON.stringify(read))
  return read.value
}

test('rows that say what is there change nothing, in whatever order their columns stand', () => {
  for (const before of [facts(tee), facts(stated)]) {
    const said = { sku: 'TEE-M', price, options: chosen('m', 'red').toReversed() }
    assert.deepEqual(merged(before, said), before)
    assert.deepEqual(merged(before, { sku: 'TEE-S', price }), before)
  }
})

test('a new variant is in the words of its product, and brings a value nobody had', () => {
  const after = merged(facts(stated), { sku: 'TEE-L', price, options: chosen('l', 'blue') })
  assert.deepEqual(
    after.optionGroups.map(({ values }) => values.map(({ code }) => code)),
    [
      ['red', 'blue'],
      ['m', 's', 'l'],
    ],
  )
  const fresh = after.variants[2]?.options.find(({ code }) => code === 'size')
  assert.deepEqual(fresh?.name, { uk: 'Розмір' })
  assert.equal(after.variants.length, 3)
})

test('one option alone leaves the others as they were', () => {
  const after = merged(facts(tee), {
    sku: 'TEE-S',
    options: [{ code: 'color', valueCode: 'blue' }],
  })
  assert.deepEqual(
    after.variants[0]?.options.map(({ code, valueCode }) => [code, valueCode]),
    [
      ['size', 's'],
      ['color', 'blue'],
    ],
  )
})
