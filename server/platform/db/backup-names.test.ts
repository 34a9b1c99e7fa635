import assert from 'node:assert/strict'
import { test } from 'node:test'

import { bytesOf, lsnOf, nameOf, passedBy, placeOf, segmentAt, startOf } from './backup-names.ts'

test('a place in the journal is in the file that PostgreSQL says', () => {
  // As pg_walfile_name() of PostgreSQL 18 names them.
  const told: readonly [string, string][] = [
    ['0/16B3748', '000000010000000000000001'],
    ['0/FF000028', '0000000100000000000000FF'],
    ['1/28', '000000010000000100000000'],
    ['3A/AB123456', '000000010000003A000000AB'],
  ]
  for (const [lsn, name] of told) {
    const segment = segmentAt(bytesOf(lsn))
    assert.equal(nameOf(1, segment), name)
    assert.deepEqual(placeOf(name), { timeline: 1, segment })
    assert.equal(lsnOf(bytesOf(lsn)), lsn)
    assert(startOf(segment) <= bytesOf(lsn) && bytesOf(lsn) < startOf(segment + 1))
  }
})

test('a history tells every life and where it was left', () => {
  const history = '1\t0/3000000\tbefore 2026\n\n2\t0/5000148\tno recovery target specified\n'
  assert.deepEqual(passedBy(3, history), [
    { timeline: 1, leftAt: bytesOf('0/3000000') },
    { timeline: 2, leftAt: bytesOf('0/5000148') },
    { timeline: 3, leftAt: undefined },
  ])
  assert.deepEqual(passedBy(1, undefined), [{ timeline: 1, leftAt: undefined }])
})
