import assert from 'node:assert/strict'
import { test } from 'node:test'

import { ALLOWED, purityViolations, staleAllowances } from './purity.ts'
import { readSources } from './tree.ts'

test('what decides is handed the time, the ids and the rows', () => {
  const files = readSources()
  assert.deepEqual([...purityViolations(files), ...staleAllowances(files)], [])
})

test('every allowance gives its reason', () => {
  for (const [path, why] of Object.entries(ALLOWED)) assert.ok(why.length > 15, path)
})

function check(path: string, text: string, expected: RegExp | 'fine'): void {
  const [first = 'fine'] = purityViolations({ [path]: text })
  if (expected === 'fine') assert.equal(first, 'fine', text)
  else assert.match(first, expected, text)
}

test('deciding code reaches for neither clock nor chance nor wire', () => {
  const path = 'server/contexts/cart/domain/cart.ts'
  check(path, 'const at = clock.now()', 'fine')
  check(path, 'const at = new Date(instant)', 'fine')
  check(path, 'const at = Date.now()', /Date.now makes this code unrepeatable/)
  check(path, `const at = Date['now']()`, /Date.now/)
  check(path, 'const at = new Date()', /new Date\(\)/)
  check(path, 'const n = Math.random()', /Math.random/)
  check(path, 'const id = crypto.randomUUID()', /crypto.randomUUID/)
  check(path, `import { randomUUID } from 'node:crypto'`, /crypto.randomUUID/)
  check(path, 'setTimeout(() => {}, 1)', /setTimeout/)
  check(path, `import { setTimeout } from 'node:timers/promises'`, /unrepeatable/)
  check(path, `await fetch('http://example.test')`, /fetch/)
  check(path, 'console.log(1)', /console.log/)
  check(path, 'process.exit(1)', /process.exit/)
  check('server/platform/write/settle.ts', 'Date.now()', /Date.now/)
  check('server/platform/ledger/apply.ts', 'Date.now()', /Date.now/)
  check('server/contexts/cart/commands/add-item.ts', 'Date.now()', /Date.now/)
})

test('a context takes time and chance from the platform', () => {
  const path = 'server/contexts/catalog/queries/list.ts'
  check(path, 'setImmediate(() => {})', 'fine')
  check(path, 'Date.now()', /the platform’s/)
  check(path, 'process.env.PORT', /the platform’s/)
})

test('only the registry reads the environment', () => {
  check('server/platform/db/pool.ts', 'process.env.PORT', /server\/config.ts only/)
  check('server/platform/db/pool.ts', 'Date.now()', 'fine')
  check('server/config.ts', 'process.env', 'fine')
})

test('an allowance for a file that is gone is named', () => {
  assert.equal(staleAllowances({}, { 'server/gone.ts': 'because' }).length, 1)
})
