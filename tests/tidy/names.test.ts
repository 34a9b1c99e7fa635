import assert from 'node:assert/strict'
import { test } from 'node:test'

import { nameViolations, skippedTests } from './names.ts'
import { readSources } from './tree.ts'

test('names say what they name', () => {
  assert.deepEqual(nameViolations(readSources()), [])
})

test('no test is skipped and none runs alone', () => {
  assert.deepEqual(skippedTests(readSources()), [])
})

function check(path: string, text: string, expected: RegExp | 'fine'): void {
  const [first = 'fine'] = nameViolations({ [path]: text })
  if (expected === 'fine') assert.equal(first, 'fine', text)
  else assert.match(first, expected, text)
}

test('file names are kebab-case and say something', () => {
  check('server/platform/db/postgres-store.ts', '', 'fine')
  check('server/contexts/cart/cart.db.test.ts', '', 'fine')
  check('server/contexts/cart/domain/cart.testing.ts', '', 'fine')
  check('server/platform/postgresStore.ts', '', /kebab-case/)
  check('server/platform/Store.ts', '', /kebab-case/)
  check('server/platform/store-manager.ts', '', /"Manager" says nothing/)
  check('server/platform/utils.ts', '', /"Utils" says nothing/)
  check('server/contexts/cart/basket.ts', '', /"basket" is not our word/)
})

test('exported names are words of ours', () => {
  const path = 'server/platform/a.ts'
  check(path, `export function openStore() {}`, 'fine')
  check(path, `export const implement = 1`, 'fine')
  check(path, `export class BatchManager {}`, /"Manager" says nothing/)
  check(path, `export const priceHelper = 1`, /"Helper" says nothing/)
  check(path, `const StoreImpl = 1\nexport { StoreImpl }`, /"Impl" says nothing/)
  check(path, `export interface IStore {}`, /no I… for interfaces/)
  check(path, `export interface Item {}`, 'fine')
  check(path, `export class BaseStore {}`, /not its rank/)
  check(path, `export type StockReservation = 1`, /say hold/)
  check(path, `export const shopId = 1`, /say tenant/)
  check(path, `export const orderCanceled = 1`, /say cancelled/)
  check(path, `export default 1`, /no default export/)
  check(path, `export * from './b.ts'`, /no barrels/)
})

test('only pages, and what tools look for, are found by their default export', () => {
  const found = nameViolations({
    'web/store/routes.ts': `export default [route('a', 'features/a/a-page.tsx')]`,
    'web/store/features/a/a-page.tsx': 'export default function APage() { return <p /> }',
    'web/store/root.tsx': 'export default function Root() { return <p /> }',
    'web/store/entry.server.tsx': 'export default function answer() {}',
    'vite.config.ts': 'export default {}',
    'web/store/features/a/zoom.tsx': 'export default function Zoom() { return <p /> }',
  })
  assert.deepEqual(found, [
    'web/store/features/a/zoom.tsx:1: exports have names; no default export',
  ])
  check('web/store/features/cart/CartPage.tsx', '', /kebab-case/)
  check('web/store/api.d.ts', '', 'fine')
  check('web/store/lib/cart-helper.tsx', '', /"Helper" says nothing/)
})

test('a test that does not run is named', () => {
  const found = (text: string): string[] => skippedTests({ 'server/a.test.ts': text })
  assert.deepEqual(found(`test('adds', () => {})`), [])
  assert.match(found(`test.skip('adds', () => {})`)[0] ?? '', /no skip tests/)
  assert.match(found(`test.only('adds', () => {})`)[0] ?? '', /no only tests/)
  assert.match(found(`test('adds', { skip: true }, () => {})`)[0] ?? '', /no skip tests/)
  assert.match(found(`it('adds', { todo: 'later' })`)[0] ?? '', /no todo tests/)
})
