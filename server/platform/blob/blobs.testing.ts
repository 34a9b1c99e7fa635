/** What every store of blobs must do; run against each adapter. */
import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { TenantId } from '../ids.ts'
import { TooLarge, type Blobs, type ListedBlob } from './blobs.ts'
import { bytesOf } from './names.ts'

const ONE = 1 as TenantId
const OTHER = 11 as TenantId
const LIMIT = 8_000_000

async function* chunks(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text)
}

/** `folder` keeps the names of one test from those of the next. */
export function blobsConform(what: string, blobs: () => Blobs): void {
  let tests = 0
  const place = (): string => `t${process.pid}-${(tests += 1)}`

  async function read(tenant: TenantId, name: string, range?: { start: number; end?: number }) {
    const found = await blobs().get(tenant, name, range)
    return found === undefined ? undefined : { ...found, body: await bytesOf(found) }
  }

  async function pagesOf(
    prefix: string,
    limit: number,
    between: (items: readonly ListedBlob[], page: number) => Promise<void> = async () => undefined,
  ): Promise<string[]> {
    const seen: string[] = []
    for (let after: string | undefined, page = 0; ; page += 1) {
      const place = after === undefined ? {} : { after }
      const { items, next } = await blobs().list(ONE, prefix, { limit, ...place })
      assert.ok(items.length <= limit, `${items.length} of ${limit}`)
      for (const { name, bytes } of items) {
        assert.equal(bytes, name.split('/').slice(1).join('/').length)
        seen.push(name)
      }
      if (next === undefined) return seen
      await between(items, page)
      after = next
    }
  }

  test(`${what}: what was put is got, whole and in parts`, async () => {
    const name = `${place()}/a.bin`
    const put = await blobs().put(ONE, name, chunks('0123', '', '456789'), LIMIT)
    assert.equal(put.bytes, 10)
    assert.equal((await read(ONE, name))?.body.toString(), '0123456789')
    const middle = await read(ONE, name, { start: 3, end: 5 })
    assert.deepEqual({ ...middle, body: middle?.body.toString() }, { bytes: 10, body: '345' })
    assert.equal((await read(ONE, name, { start: 8 }))?.body.toString(), '89')
    assert.equal((await read(ONE, name, { start: 8, end: 99 }))?.body.toString(), '89')
    const behind = await read(ONE, name, { start: 10 })
    assert.deepEqual({ ...behind, body: behind?.body.toString() }, { bytes: 10, body: '' })
    const facts = await blobs().head(ONE, name)
    assert.equal(facts?.bytes, 10)
    assert.ok(Math.abs((facts?.modifiedAt ?? 0) - Date.now()) < 60_000)
  })

  test(`${what}: the second put is in place of the first, an empty one too`, async () => {
    const name = `${place()}/a.bin`
    await blobs().put(ONE, name, Buffer.from('long before'), LIMIT)
    await blobs().put(ONE, name, Buffer.from('new'), LIMIT)
    assert.equal((await read(ONE, name))?.body.toString(), 'new')
    await blobs().put(ONE, name, Buffer.alloc(0), LIMIT)
    assert.equal((await read(ONE, name))?.body.length, 0)
  })

  test(`${what}: five megabytes come back as they went`, async () => {
    const name = `${place()}/large`
    const bytes = Buffer.alloc(5_000_000, 'torg and its pictures ')
    await blobs().put(ONE, name, bytes, LIMIT)
    assert.ok((await read(ONE, name))?.body.equals(bytes))
  })

  test(`${what}: what is not there is not found, and can be deleted`, async () => {
    const name = `${place()}/a.bin`
    assert.equal(await blobs().get(ONE, name), undefined)
    assert.equal(await blobs().head(ONE, name), undefined)
    await blobs().delete(ONE, name)
    await blobs().put(ONE, name, Buffer.from('x'), LIMIT)
    await blobs().delete(ONE, name)
    assert.equal(await blobs().head(ONE, name), undefined)
  })

  test(`${what}: bytes beyond the limit are refused and the old ones stay`, async () => {
    const name = `${place()}/a.bin`
    await blobs().put(ONE, name, Buffer.from('old'), LIMIT)
    await assert.rejects(blobs().put(ONE, name, chunks('12345', '67890', '1'), 10), TooLarge)
    assert.equal((await read(ONE, name))?.body.toString(), 'old')
  })

  test(`${what}: a source that breaks off leaves what was there`, async () => {
    const name = `${place()}/a.bin`
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('half of ')
      throw new Error('the client went away')
    }
    await assert.rejects(blobs().put(ONE, name, broken(), LIMIT), /went away/)
    assert.equal(await blobs().head(ONE, name), undefined)
    assert.deepEqual(await blobs().list(ONE, `${name.split('/')[0]}/`, { limit: 10 }), {
      items: [],
    })
  })

  test(`${what}: tenants see nothing of one another, though one number begins with the other`, async () => {
    const folder = place()
    await blobs().put(ONE, `${folder}/a`, Buffer.from('of one'), LIMIT)
    await blobs().put(OTHER, `${folder}/b`, Buffer.from('of eleven'), LIMIT)
    assert.equal(await blobs().get(OTHER, `${folder}/a`), undefined)
    const names = async (tenant: TenantId) =>
      (await blobs().list(tenant, `${folder}/`, { limit: 10 })).items.map(({ name }) => name)
    assert.deepEqual(await names(ONE), [`${folder}/a`])
    assert.deepEqual(await names(OTHER), [`${folder}/b`])
  })

  test(`${what}: names are listed page by page, each once, while others come and go`, async () => {
    const folder = place()
    const names = ['a/1', 'a/2', 'b/1', 'b/c/d', 'b/c/e', 'c', 'd', 'e-f.x', 'g_h']
    for (const name of names.toReversed()) {
      await blobs().put(ONE, `${folder}/${name}`, Buffer.from(name), LIMIT)
    }
    const inFolder = names.map((name) => `${folder}/${name}`)
    const seen = await pagesOf(`${folder}/`, 3, async ([{ name } = { name: '' }], page) => {
      if (page === 0) await blobs().delete(ONE, name)
    })
    assert.deepEqual(seen.toSorted(), inFolder.toSorted())
    const some = await pagesOf(`${folder}/b/c`, 10)
    assert.deepEqual(some.toSorted(), [`${folder}/b/c/d`, `${folder}/b/c/e`])
    // Just full: no page follows, or an empty one.
    assert.equal((await pagesOf(`${folder}/b/`, 3)).length, 3)
  })

  test(`${what}: of ten puts at once one is there afterwards, and whole`, async () => {
    const name = `${place()}/a.bin`
    const bodies = Array.from({ length: 10 }, (_each, at) => Buffer.alloc(200_000, `${at}`))
    await Promise.all(bodies.map((body) => blobs().put(ONE, name, body, LIMIT)))
    const found = await read(ONE, name)
    assert.ok(bodies.some((body) => found?.body.equals(body)))
  })

  test(`${what}: a name that leaves its place is a bug, not a file`, async () => {
    const bad = ['../a', 'a/../b', '/a', 'a//b', 'a/', '', '.', '.hidden', 'a/.b', 'a\\b', 'a\0b']
    for (const name of [...bad, 'ä', 'a b', 'a%2e', 'x'.repeat(201)]) {
      await assert.rejects(blobs().put(ONE, name, Buffer.from('x'), LIMIT), /is no name/, name)
      await assert.rejects(blobs().get(ONE, name), /is no name/, name)
      await assert.rejects(blobs().head(ONE, name), /is no name/, name)
      await assert.rejects(blobs().delete(ONE, name), /is no name/, name)
    }
    await assert.rejects(blobs().list(ONE, '../', { limit: 1 }), /is no beginning/)
    await assert.rejects(blobs().list(ONE, '', { limit: 1001 }), /is no length/)
  })
}
