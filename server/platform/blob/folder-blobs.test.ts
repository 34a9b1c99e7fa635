import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import { randomIds, type TenantId } from '../ids.ts'
import { Unavailable } from '../outcome.ts'
import type { Blobs } from './blobs.ts'
import { blobsConform } from './blobs.testing.ts'
import { folderBlobs } from './folder-blobs.ts'

const ONE = 1 as TenantId
let folder: string
let blobs: Blobs

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'torg-blobs-'))
  blobs = folderBlobs(folder, randomIds)
})
after(() => rm(folder, { recursive: true, force: true }))

blobsConform('folder', () => blobs)

test('a process that is killed while it writes leaves nothing to be seen, and its rest is swept', async () => {
  const child = fork(join(import.meta.dirname, 'half-a-put.testing.ts'), [folder])
  await once(child, 'message')
  child.kill('SIGKILL')
  await once(child, 'exit')
  assert.equal(await blobs.head(7 as TenantId, 'half'), undefined)
  assert.deepEqual(await blobs.list(7 as TenantId, '', { limit: 10 }), [])
  const left = await readdir(join(folder, '7', '.unfinished'))
  assert.equal(left.length, 1)
  assert.equal(await blobs.forgetUnfinished(7 as TenantId, Date.now() - 60_000), 0)
  assert.equal(await blobs.forgetUnfinished(7 as TenantId, Date.now() + 60_000), 1)
  assert.deepEqual(await readdir(join(folder, '7', '.unfinished')), [])
})

test('a full disk is a store that is away for a while, and nothing is kept', async () => {
  async function* fullDisk(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('some')
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
  }
  await assert.rejects(blobs.put(ONE, 'full/a', fullDisk(), 10), (error) => {
    assert.ok(error instanceof Unavailable)
    assert.equal(error.retryAfterSeconds, 60)
    return true
  })
  assert.equal(await blobs.head(ONE, 'full/a'), undefined)
})
