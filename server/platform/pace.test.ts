import assert from 'node:assert/strict'
import { test } from 'node:test'

import { pacing } from './pace.ts'

function paced(behind: (waitedMs: number) => number): Promise<number> {
  let waited = 0
  const sleep = async (ms: number): Promise<void> => {
    waited += ms
  }
  return pacing({ behindMs: () => behind(waited) }, { sleep })().then(() => waited)
}

test('who writes in bulk waits for those far behind, and for nobody else', async () => {
  assert.equal(await paced(() => 0), 0)
  assert.equal(await paced(() => 30_000), 0)
  assert.equal(await paced((waited) => 30_100 - waited), 100)
})

test('whoever is stuck slows bulk down, and does not stop it', async () => {
  assert.equal(await paced(() => Number.MAX_SAFE_INTEGER), 1_000)
})
