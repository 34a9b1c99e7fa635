import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

import { spaceOf } from './space.ts'

const root = mkdtempSync(join(tmpdir(), 'torg-space-'))
after(() => rmSync(root, { recursive: true }))
mkdirSync(join(root, 'server', 'deep'), { recursive: true })
const write = (file: string, text: string): void => writeFileSync(join(root, file), text)

test('a space is that of one program in one place, and of no other', () => {
  write('server/main.ts', 'one')
  write('server/deep/part.ts', 'two')
  const space = spaceOf(root, ['shop'])
  assert.match(space, /^torg:[\w-]{22}:$/)
  assert.notEqual(spaceOf(root, ['other']), space)
  // What only tests read makes no difference.
  write('server/deep/part.test.ts', 'three')
  write('server/deep/part.testing.ts', 'four')
  write('server/deep/README.md', 'five')
  assert.equal(spaceOf(root, ['shop']), space)
  write('server/deep/part.ts', 'two!')
  const changed = spaceOf(root, ['shop'])
  assert.notEqual(changed, space)
  write('package-lock.json', '{}')
  assert.notEqual(spaceOf(root, ['shop']), changed)
})
