import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import { pino } from 'pino'
import sharp from 'sharp'

import { folderBlobs } from '#platform/blob/folder-blobs'
import { randomIds, type TenantId } from '#platform/ids'
import { Unavailable } from '#platform/outcome'

import { nameInAddress } from '../domain/renditions.ts'
import type { AssetFacts } from '../domain/view.ts'
import type { Studio } from '../provider.ts'
import { masterFile } from '../store/files.ts'
import { renditions } from './render.ts'

const ONE = 1 as TenantId
const FACTS: AssetFacts = {
  id: '11111111-2222-4333-8444-555555555555',
  kind: 'picture',
  sha256: 'ab'.repeat(32),
  bytes: 1,
  width: 400,
  height: 300,
  color: '#000000',
  preview: null,
  alt: {},
  created_at: new Date(0),
}
const NAME = nameInAddress(FACTS.id, FACTS.sha256)

let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'torg-renditions-'))
})
after(() => rm(folder, { recursive: true, force: true }))

/** A process that serves one picture, and how often it was made. */
async function aProcess() {
  const blobs = folderBlobs(folder, randomIds)
  const count = { made: 0, isBroken: false }
  const studio: Studio = {
    ingest: () => Promise.reject(new Error('nothing is uploaded here')),
    async render(master, { width }) {
      count.made += 1
      await new Promise((soon) => setTimeout(soon, 20))
      if (count.isBroken) throw new Unavailable('the studio died')
      return sharp(master).resize({ width }).webp().toBuffer()
    },
  }
  const master = await sharp({
    create: { width: 400, height: 300, channels: 3, background: '#00ff00' },
  })
    .jpeg()
    .toBuffer()
  await blobs.put(ONE, masterFile(FACTS.id), master, 100_000)
  const rendition = renditions({
    blobs,
    studio,
    known: {
      of: (tenant) => Promise.resolve(new Map(tenant === ONE ? [[FACTS.id, FACTS]] : [])),
      now: () => Promise.resolve(FACTS),
      forget: () => undefined,
    },
    reads: { read: () => Promise.resolve([]), readGlobal: () => Promise.resolve([]) },
    log: pino({ level: 'silent' }),
  })
  return { rendition, count }
}

test('a rendition is made once for all who ask at once, and never again (MEDIA-5)', async () => {
  const { rendition, count } = await aProcess()
  const ask = () => rendition(ONE, NAME, '160.webp')
  const answers = await Promise.all(Array.from({ length: 50 }, ask))
  assert.ok(answers.every(({ ok }) => ok))
  assert.equal(count.made, 1)
  await ask()
  assert.equal(count.made, 1)
  // Another process, or this one after a start, finds it in the store.
  const other = await aProcess()
  assert.ok((await other.rendition(ONE, NAME, '160.webp')).ok)
  assert.equal(other.count.made, 0)
})

test('a rendition that could not be made is tried again by who asks next', async () => {
  const { rendition, count } = await aProcess()
  count.isBroken = true
  await assert.rejects(rendition(ONE, NAME, '320.webp'), Unavailable)
  count.isBroken = false
  assert.ok((await rendition(ONE, NAME, '320.webp')).ok)
  assert.equal(count.made, 2)
})

test('another hash, another shop or another size leads nowhere and makes nothing (MEDIA-2)', async () => {
  const { rendition, count } = await aProcess()
  const wrong = nameInAddress(FACTS.id, 'cd'.repeat(32))
  assert.ok(!(await rendition(ONE, wrong, '640.webp')).ok)
  assert.ok(!(await rendition(2 as TenantId, NAME, '640.webp')).ok)
  assert.ok(!(await rendition(ONE, NAME, '641.webp')).ok)
  assert.ok(!(await rendition(ONE, NAME, '../master')).ok)
  assert.equal(count.made, 0)
})
