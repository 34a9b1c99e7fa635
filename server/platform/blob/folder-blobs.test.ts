import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import { randomIds, type TenantId } from '../ids.ts'
import { Unavailable } from '../outcome.ts'
import type { Blobs, ListedBlobs } from './blobs.ts'
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
  assert.deepEqual(await blobs.list(7 as TenantId, '', { limit: 10 }), { items: [] })
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

test('folders and files whose names begin alike are paged through, each once', async () => {
  const names = ['a-b', 'a.x', 'a/1', 'a/2', 'a0', 'a_', 'aB', 'ab', 'b/c/d', 'b/c/e', 'z']
  for (const name of names) await blobs.put(ONE, `alike/${name}`, Buffer.from(name), 10)
  const seen: string[] = []
  for (let place: { readonly after?: string } | undefined = {}; place !== undefined;) {
    const { items, next }: ListedBlobs = await blobs.list(ONE, 'alike/', { ...place, limit: 3 })
    seen.push(...items.map(({ name }) => name))
    place = next === undefined ? undefined : { after: next }
  }
  assert.deepEqual(seen.toSorted(), names.map((name) => `alike/${name}`).toSorted())
})
