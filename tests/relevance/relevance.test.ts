import assert from 'node:assert/strict'
import { test } from 'node:test'

import { holds, judgedProducts } from './judged.ts'
import { measure, table } from './measure.ts'
import { memorySearch } from './memory-search.ts'

const search = memorySearch()

test('nine of ten relevant products are on the first page, the first of them on top', async (t) => {
  const measured = await measure(search)
  t.diagnostic(table(measured))
  for (const part of [measured.tuned, measured.heldOut]) {
    assert.ok(part.recall >= 0.9, table(measured))
    assert.ok(part.reciprocalRank >= 0.9, table(measured))
    assert.ok(part.nothingFound <= 0.03, table(measured))
  }
  // What nobody sells finds nothing, but where a description names it (a daypack for a laptop).
  assert.ok((measured.byKind['nothing']?.recall ?? 0) >= 0.6, table(measured))
})

test('a brand that nobody sells is no other word, and things are found by what they are called', async () => {
  const found = (text: string) =>
    search({ id: text, shop: 'demo', language: 'uk', text, kind: 'head', relevant: [] })
  for (const name of ['nike', 'Nike', 'puma', 'reebok', 'adidas']) {
    assert.deepEqual(await found(name), [], name)
  }
  const sneakers = await found('кросівки')
  assert.deepEqual(await found('кросівки nike'), sneakers)
  for (const word of ['снікерси', 'сникерсы', 'kedy', 'рюкзачок', 'тапки', 'вітровка']) {
    assert((await found(word)).length > 0, word)
  }
  const called = new Map(judgedProducts('demo').map((product) => [product.slug, product]))
  for (const slug of await found('снікерси')) assert(holds('kind:sneaker', called.get(slug)!), slug)
})
