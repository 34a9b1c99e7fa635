import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import { pino } from 'pino'

import type { Blobs } from '#platform/blob/blobs'
import { folderBlobs } from '#platform/blob/folder-blobs'
import { randomIds, type TenantId } from '#platform/ids'
import { reality } from '#platform/waiting'

import { aDatabase } from '../../../tests/support/database.ts'
import { readsOf, writerOf } from '../../../tests/support/store.ts'
import { openMedia } from './context.ts'
import type { Drawing } from './contract.ts'

const ONE = 1 as TenantId
const OTHER = 2 as TenantId
const DAY_MS = 86_400_000

const parts = new AsyncDisposableStack()
const clock = { ahead: 0, now: () => Date.now() + clock.ahead }
let blobs: Blobs
let open: ReturnType<typeof openMedia>

before(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'torg-media-'))
  parts.defer(() => rm(folder, { recursive: true, force: true }))
  const db = parts.use(await aDatabase())
  const reads = parts.use(readsOf(db))
  const writer = parts.use(await writerOf(db))
  blobs = folderBlobs(folder, randomIds)
  open = openMedia(
    {
      write: writer.write,
      reads,
      clock,
      ids: randomIds,
      waiting: reality.waiting,
      log: pino({ level: 'silent' }),
      config: { mediaUrl: 'https://{shop}.cdn.example' },
    },
    {
      blobs,
      tenants: () => Promise.resolve([ONE, OTHER]),
      slugOf: (tenant) => Promise.resolve(tenant === ONE ? 'demo' : 'second'),
    },
  )
})
after(() => parts.disposeAsync())

function drawn(name: string, color: string, inside = ''): Drawing {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><path d="M0 0h40v30H0z" fill="${color}"/>${inside}</svg>`
  return { name, svg, alt: { en: name } }
}

async function sweep(): Promise<void> {
  for (const job of open.context.jobs ?? []) await job.run()
}

test('drawings become pictures, once, however often they come', async () => {
  const many = Array.from({ length: 120 }, (_each, at) =>
    drawn(`drawing ${at}`, `#0000${(at % 100).toString().padStart(2, '0')}`),
  )
  const ids = await open.media.importDrawings(ONE, many)
  assert.equal(ids.size, 120)
  assert.ok([...ids.values()].every((id) => /^[0-9a-f-]{36}$/.test(id)))
  // Twenty are the same as one of the first hundred.
  assert.equal(new Set(ids.values()).size, 100)
  assert.deepEqual(await open.media.importDrawings(ONE, many), ids)
  const [id = ''] = ids.values()
  const pictures = await open.media.pictures(ONE, [id, crypto.randomUUID(), id])
  assert.equal(pictures.size, 1)
  const { url, width, height, alt, placeholder } = pictures.get(id) ?? assert.fail('no picture')
  assert.match(url, /^https:\/\/demo\.cdn\.example\/media\/[0-9a-f-]{36}-[0-9a-f]{16}\/\{width\}/)
  assert.deepEqual({ width, height, alt }, { width: 40, height: 30, alt: { en: 'drawing 0' } })
  assert.equal(placeholder.preview, null)
  assert.equal((await open.media.pictures(OTHER, [id])).size, 0)
  assert.deepEqual(
    await blobs.list(ONE, '', { limit: 10 }),
    { items: [] },
    'nothing is rendered yet',
  )
})

test('what is no harmless drawing is a bug of ours, and nothing of it is kept', async () => {
  const harmful = [
    '<script>alert(1)</script>',
    '<g onload="alert(1)"/>',
    '<image href="https://elsewhere.example/a.png"/>',
    '<use href="https://elsewhere.example/a.svg#a"/>',
    '<path fill="url(https://elsewhere.example/a)"/>',
    '<foreignObject/>',
    '<style>@import "a"</style>',
    '<a href="#x">x</a>',
    '<text>&entity;</text>',
    '<!-- --><!DOCTYPE svg>',
  ]
  for (const inside of harmful) {
    const drawing = drawn('harmful', '#ffffff', inside)
    await assert.rejects(open.media.importDrawings(ONE, [drawing]), /not harmless/, inside)
  }
  const noSize = { ...drawn('a', '#fff'), svg: '<svg xmlns="http://www.w3.org/2000/svg"></svg>' }
  await assert.rejects(open.media.importDrawings(ONE, [noSize]), /no viewBox/)
})

test('files that no picture has go after a day, those of pictures stay', async () => {
  const ids = await open.media.importDrawings(ONE, [drawn('kept', '#abcdef')])
  const id = ids.get('kept') ?? ''
  const orphan = crypto.randomUUID()
  const bytes = Buffer.from('bytes')
  // As a process leaves them that is killed between the file and the record.
  await blobs.put(ONE, `media/${orphan}/master`, bytes, 10)
  await blobs.put(OTHER, `media/${id}/640.webp`, bytes, 10)
  await blobs.put(ONE, `media/${id}/640.webp`, bytes, 10)
  await blobs.put(ONE, `uploads/${orphan}/00`, bytes, 10)
  const names = async (tenant: TenantId): Promise<string[]> =>
    (await blobs.list(tenant, '', { limit: 100 })).items.map(({ name }) => name)

  await sweep()
  assert.equal((await names(ONE)).length, 3, 'they may still be on their way to a record')
  clock.ahead = DAY_MS + 60_000
  await sweep()
  clock.ahead = 0
  assert.deepEqual(await names(ONE), [`media/${id}/640.webp`])
  assert.deepEqual(await names(OTHER), [], 'the picture is another shop’s')
})
