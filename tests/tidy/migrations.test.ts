import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

import { lockPath, migrationViolations, nextLock, type Lock } from './migrations.ts'
import { readFiles, root } from './tree.ts'

test('published migrations never change', () => {
  const lock = JSON.parse(readFileSync(`${root}${lockPath}`, 'utf8')) as Lock
  const files = readFiles(['server/**/migrations/*'])
  assert.ok(Object.keys(files).length > 0, 'migrations were found')
  assert.deepEqual(migrationViolations(files, lock), [])
})

const first = 'server/platform/migrations/0001-log.sql'
const second = 'server/platform/migrations/0002-index.sql'
const lock = nextLock({ [first]: 'create table a ();' }, {}, false)

test('a migration that is new, changed, gone or misnamed is named', () => {
  const check = (files: Record<string, string>, expected: RegExp | 'fine'): void => {
    const [found = 'fine'] = migrationViolations(files, lock)
    if (expected === 'fine') assert.equal(found, 'fine')
    else assert.match(found, expected)
  }
  const good = { [first]: 'create table a ();' }

  check(good, 'fine')
  check({ ...good, [second]: '' }, /is new: run/)
  check({ [first]: 'create table b ();' }, /has changed after it was published/)
  check({}, /is gone/)
  check({ ...good, 'server/platform/migrations/2-index.sql': '' }, /named 0001-what-it-does/)
  check({ ...good, 'server/platform/migrations/0002_index.sql': '' }, /named 0001-what-it-does/)
  check({ ...good, 'server/platform/migrations/0003-index.sql': '' }, /the number after 1 is 2/)
  check({ ...good, 'server/platform/migrations/0001-twin.sql': '' }, /no gaps, no twins/)
})

test('the lock takes what is new and refuses what has changed', () => {
  const files = { [first]: 'create table a ();', [second]: 'create index' }
  assert.equal(Object.keys(nextLock(files, lock, false)).length, 2)
  assert.throws(() => nextLock({ [first]: 'drop table a;' }, lock, false), /0001-log.sql/)
  assert.throws(() => nextLock({}, lock, false), /are gone/)
  assert.deepEqual(nextLock({}, lock, true), {})
})
