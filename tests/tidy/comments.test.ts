import assert from 'node:assert/strict'
import { test } from 'node:test'

import { commentViolations } from './comments.ts'
import { spellingViolations } from './spelling.ts'
import { readFiles, readSources } from './tree.ts'

test('comments keep the house’s rules', () => {
  assert.deepEqual(commentViolations(readSources()), [])
})

test('documents are spelled as the code is', () => {
  const documents = readFiles(['*.md', 'docs/**/*.md', '{server,web,tests}/**/*.md'])
  const found = Object.entries(documents).flatMap(([path, text]) => spellingViolations(path, text))
  assert.deepEqual(found, [])
})

function check(path: string, text: string, expected: RegExp | 'fine'): void {
  const [first = 'fine'] = commentViolations({ [path]: text })
  if (expected === 'fine') assert.equal(first, 'fine', text)
  else assert.match(first, expected, text)
}

const mark = 'TO' + 'DO'

test('a mark names its issue', () => {
  const path = 'server/platform/a.ts'
  check(path, `// ${mark}(#12): drop the old key.`, 'fine')
  check(path, `// ${mark}: later`, /with an issue/)
  check(path, `/** ${mark} someone */`, /with an issue/)
  check(path, `// ${'FIX' + 'ME'}(#12): no`, /with an issue/)
  check(path, `const it = '${mark}: in a string'`, 'fine')
})

test('a contract is types only, and its events and ports say what they promise', () => {
  const path = 'server/contexts/cart/contract.ts'
  const event = `export interface Added { readonly type: 'cart.item-added' }`
  check(path, `import type { A } from '#platform/money'\nexport type { A }`, 'fine')
  check(path, `export interface Line { readonly sku: string; readonly type: 'a' | 'b' }`, 'fine')
  check(path, `/** An item was added. */\n${event}`, 'fine')
  check(path, event, /Added has no docstring/)
  check(path, `// A line is no docstring.\n${event}`, /Added has no docstring/)
  check(path, `/** Of another. */\ntype A = 1\n${event}`, /Added has no docstring/)
  check(path, `export interface Cart { add(): void }`, /Cart has no docstring/)
  check(path, `export interface Cart { readonly add: () => void }`, /Cart has no docstring/)
  check(path, `export interface Cart {\n  /** Adds. */\n  add(): void\n}`, 'fine')
  check(path, `/** A cart. */\nconst a = 1\nexport type Cart = 1`, /types only/)
  check(path, `/** A cart. */\nexport const a = 1`, /types only/)
  check(path, `export { a } from '#platform/a'`, /types only/)
})

test('spelling is American except cancelled', () => {
  const path = 'docs/a.md'
  const found = (text: string): string => spellingViolations(path, text)[0] ?? 'fine'
  assert.equal(found('The catalog color is authorized; the order is cancelled.'), 'fine')
  assert.match(found('The catalogue'), /catalogue/)
  assert.match(found('its behaviour'), /behaviour/)
  assert.match(found('Authorised by'), /Authorised/)
  assert.match(found('was canceled'), /canceled/)
  assert.match(found('a grey colour'), /colour/)
  assert.match(found('labelled'), /labelled/)
})
