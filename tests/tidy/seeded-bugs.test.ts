import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

import { BUGS, misfit } from '../failures/bugs.ts'

const ROOT = join(import.meta.dirname, '..', '..')

test('every bug that the failure tests must catch can still be planted', () => {
  const misfits = BUGS.flatMap(({ edits }) =>
    edits.flatMap((edit) => misfit(edit, readFileSync(join(ROOT, edit.file), 'utf8')) ?? []),
  )
  assert.deepEqual(misfits, [])
})

test('every bug changes something, and the test that must catch it is there', () => {
  for (const { name, edits, caughtBy } of BUGS) {
    assert(edits.length > 0 && edits.every(({ right, wrong }) => right !== wrong), name)
    assert(existsSync(join(ROOT, caughtBy)), `${name}: there is no ${caughtBy}`)
  }
})

test('a text that is not there as often as it should be is named', () => {
  const edit = { file: 'a.ts', right: 'x', wrong: 'y' }
  assert.equal(misfit(edit, 'x'), null)
  assert.equal(misfit(edit, 'z'), 'a.ts has 1 × "x" no more, but 0')
  assert.equal(misfit({ ...edit, times: 2 }, 'x x x'), 'a.ts has 2 × "x" no more, but 3')
})
