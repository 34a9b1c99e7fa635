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

test('contexts and platform are handed time, chance, ids and waiting', () => {
  for (const path of [
    'server/contexts/catalog/queries/list.ts',
    'server/platform/write/writer.ts',
  ]) {
    const banned = (text: string): void => check(path, text, /the platform’s; use its clock/)
    check(path, 'const at = clock.now() + chance.next()', 'fine')
    check(path, 'waiting.after(5, work)', 'fine')
    check(path, 'const key = ids.next()', 'fine')
    check(path, 'const at = new Date(instant)', 'fine')
    check(path, `import { createHash } from 'node:crypto'`, 'fine')
    banned('Date.now()')
    banned('const at = new Date()')
    banned('const at = Date()')
    banned('performance.now()')
    banned(`import { performance } from 'node:perf_hooks'`)
    banned('process.hrtime.bigint()')
    banned('const { random } = Math')
    banned('const roll = Math.random')
    banned('crypto.getRandomValues(bytes)')
    banned(`import { randomBytes } from 'node:crypto'`)
    banned('setTimeout(() => {}, 1)')
    banned('setInterval(() => {}, 1)')
    banned('setImmediate(() => {})')
    banned('promisify(setTimeout)')
    banned('globalThis.setTimeout(work)')
    banned('process.nextTick(work)')
    banned('AbortSignal.timeout(50)')
    banned(`import { setTimeout as sleep } from 'node:timers/promises'`)
    banned(`import { scheduler } from 'timers/promises'`)
    banned('process.env.PORT')
  }
})

test('only the process reads the environment', () => {
  check('server/demo/seed.ts', 'process.env.PORT', /handed on as config/)
  check('server/demo/seed.ts', 'process.exit(1)', 'fine')
  check('server/platform/run.ts', 'process.env', 'fine')
})

test('an allowance for a file that is gone, or that is pure, is named', () => {
  const path = 'server/platform/write/writer.ts'
  const allowed = { [path]: 'because' }
  assert.match(staleAllowances({}, allowed)[0] ?? '', /is not there/)
  assert.match(staleAllowances({ [path]: 'clock.now()' }, allowed)[0] ?? '', /has none/)
  assert.deepEqual(staleAllowances({ [path]: 'Date.now()' }, allowed), [])
  assert.deepEqual(purityViolations({ [path]: 'Date.now()' }, allowed), [])
})
