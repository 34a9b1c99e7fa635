import assert from 'node:assert/strict'
import { test } from 'node:test'

import { ID_PATTERN } from './keyset.ts'
import { randomIds } from './ids.ts'

test('ids begin with the time they were made at, and nobody can guess the rest', () => {
  const before = Date.now()
  const ids = Array.from({ length: 2_000 }, () => randomIds.next())
  const after = Date.now()
  const seen = [0n, 0n]
  for (const id of ids) {
    assert.match(id, new RegExp(`^${ID_PATTERN}$`))
    const bits = BigInt(`0x${id.replaceAll('-', '')}`)
    const time = Number(bits >> 80n)
    assert(time >= before && time <= after, `${id} was made at ${time}`)
    seen[0] = (seen[0] ?? 0n) | bits
    seen[1] = (seen[1] ?? 0n) | ~bits
  }
  // Every bit that is not the time, the version or the variant was both 0 and 1.
  const random = ((2n ** 12n - 1n) << 64n) | (2n ** 62n - 1n)
  assert.deepEqual(
    seen.map((bits) => bits & random),
    [random, random],
  )
  assert.equal(new Set(ids).size, ids.length)
})
