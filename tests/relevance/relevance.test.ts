import assert from 'node:assert/strict'
import { test } from 'node:test'

import { measure, table } from './measure.ts'
import { memorySearch } from './memory-search.ts'

test('nine of ten relevant products are on the first page, the first of them on top', async (t) => {
  const measured = await measure(memorySearch())
  t.diagnostic(table(measured))
  for (const part of [measured.tuned, measured.heldOut]) {
    assert.ok(part.recall >= 0.9, table(measured))
    assert.ok(part.reciprocalRank >= 0.9, table(measured))
    assert.ok(part.nothingFound <= 0.03, table(measured))
  }
  // What nobody sells finds nothing, but where a description names it (a daypack for a laptop).
  assert.ok((measured.byKind['nothing']?.recall ?? 0) >= 0.6, table(measured))
})
