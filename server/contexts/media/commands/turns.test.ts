import assert from 'node:assert/strict'
import { test } from 'node:test'

import { Unavailable } from '#platform/outcome'

import { turns } from './turns.ts'

test('so many work at once, so many wait, and the rest is told to come again', async () => {
  const inTurn = turns(2, 3)
  const ends: (() => void)[] = []
  let atWork = 0
  let most = 0
  const work = async (): Promise<void> => {
    atWork += 1
    most = Math.max(most, atWork)
    await new Promise<void>((end) => ends.push(end))
    atWork -= 1
  }
  const accepted = Array.from({ length: 5 }, () => inTurn(work))
  await assert.rejects(inTurn(work), Unavailable)
  for (let done = 0; done < 5;) {
    const end = ends.shift()
    if (end !== undefined) {
      done += 1
      end()
    }
    await new Promise((soon) => setImmediate(soon))
  }
  await Promise.all(accepted)
  assert.equal(most, 2)
  // A failure gives its turn back as well.
  for (let at = 0; at < 9; at += 1) {
    await assert.rejects(
      inTurn(() => Promise.reject(new Error('no'))),
      /no/,
    )
  }
  const again = inTurn(() => Promise.resolve(7))
  assert.equal(await again, 7)
})
