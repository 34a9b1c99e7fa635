import assert from 'node:assert/strict'
import { test } from 'node:test'

import { importCycles } from './cycles.ts'
import { readSources } from './tree.ts'

test('imports of the program go in no ring', () => {
  assert.deepEqual(importCycles(readSources()), [])
})

test('a ring of imports is named', () => {
  const found = importCycles({
    'server/platform/a.ts': `import { b } from './b.ts'`,
    'server/platform/b.ts': `import { c } from '#platform/c'`,
    'server/platform/c.ts': `import './a.ts'`,
  })
  assert.deepEqual(found, [
    'server/platform/a.ts -> server/platform/b.ts -> server/platform/c.ts -> server/platform/a.ts: imports go in a ring',
  ])
})

test('a ring of pages is named', () => {
  const found = importCycles({
    'web/store/lib/a.tsx': `import { B } from './b.tsx'`,
    'web/store/lib/b.tsx': `import type { A } from './a.tsx'\nexport const B = () => <p />`,
  })
  assert.deepEqual(found, [
    'web/store/lib/a.tsx -> web/store/lib/b.tsx -> web/store/lib/a.tsx: imports go in a ring',
  ])
})

test('types make a ring too, except between contracts', () => {
  const pair = (first: string, second: string, words: string): number =>
    importCycles({
      [first]: `import ${words} from '/${second}'`.replace(
        `'/server/contexts/`,
        `'../../contexts/`,
      ),
      [second]: `import ${words} from '/${first}'`.replace(
        `'/server/contexts/`,
        `'../../contexts/`,
      ),
    }).length

  const contracts = [
    'server/contexts/cart/contract.ts',
    'server/contexts/orders/contract.ts',
  ] as const
  assert.equal(pair(...contracts, 'type { A }'), 0)
  assert.equal(pair(...contracts, '{ A }'), 1, 'code does not go in a ring even there')
  const commands = [
    'server/contexts/cart/commands/a.ts',
    'server/contexts/cart/commands/b.ts',
  ] as const
  assert.equal(
    importCycles({
      [commands[0]]: `import type { B } from './b.ts'`,
      [commands[1]]: `import type { A } from './a.ts'`,
    }).length,
    1,
  )
})
