import assert from 'node:assert/strict'
import { before, test } from 'node:test'

import { pino } from 'pino'
import sharp from 'sharp'

import { realWaiting } from '#platform/waiting'

import { type HostileFile, hostileFiles } from '../domain/hostile.testing.ts'
import { inspect } from '../domain/inspect.ts'
import { openStudio } from './studio.ts'

/** Of the program that decodes, its own 90 MB included; no file of the table may cost more. */
const MOST_MEMORY = 450_000_000
/** Asked for is 2 s; a machine that does other things at the same time gets three times as long. */
const MOST_MS = 6_000

const studio = openStudio({ waiting: realWaiting, log: pino({ level: 'silent' }) })
let files: readonly HostileFile[]

before(async () => {
  files = await hostileFiles()
  // The program is up before time is taken.
  await studio.ingest(Buffer.from('none'), 'jpeg')
})

test('hostile files are refused or become clean pictures, quickly and with little memory', async (context) => {
  assert.ok(files.length >= 60, `${files.length} files`)
  const wrong: string[] = []
  let peak = 0
  let slowest = { name: '', ms: 0 }
  for (const { name, bytes, fate } of files) {
    const since = performance.now()
    const inspected = inspect(bytes)
    const made = inspected.ok
      ? await studio.ingest(inspected.value.bytes, inspected.value.format)
      : undefined
    const ms = performance.now() - since
    if (ms > slowest.ms) slowest = { name, ms }
    const became =
      made === undefined ? 'refused' : made.kind === 'ingested' ? 'clean' : 'undecodable'
    if (became !== fate) wrong.push(`${name}: ${became}, not ${fate}`)
    if (made?.kind !== 'ingested') continue
    const { master, peakBytes } = made.value
    peak = Math.max(peak, peakBytes)
    if (master.includes('<script') || bytes.includes(master)) wrong.push(`${name}: kept as it came`)
    const { exif, xmp, icc, iptc, comments, pages } = await sharp(master).metadata()
    const rest = { exif, xmp, icc, iptc, comments, pages }
    if (Object.values(rest).some((each) => each !== undefined))
      wrong.push(`${name}: has more in it`)
  }
  assert.deepEqual(wrong, [])
  assert.ok(slowest.ms < MOST_MS, `${slowest.name} took ${slowest.ms} ms`)
  assert.ok(peak > 0 && peak < MOST_MEMORY, `${peak} bytes`)
  const { name, ms } = slowest
  context.diagnostic(`${files.length} files; slowest: ${name}, ${ms} ms; at most ${peak} bytes`)
})

test('a file that is cut anywhere, or has a wrong byte anywhere, never crashes the judge', async () => {
  for (const { bytes } of files.filter(({ bytes: { length } }) => length < 3_000)) {
    for (let at = 0; at < bytes.length; at += 1 + Math.floor(bytes.length / 60)) {
      inspect(bytes.subarray(0, at))
      const wrong = Buffer.from(bytes)
      wrong[at] = (wrong[at] ?? 0) ^ 0xff
      inspect(wrong)
    }
  }
})

test('a photograph that lies on its side stands up, and forgets where it was taken', async () => {
  const lying = await sharp({
    create: { width: 120, height: 60, channels: 3, background: '#123456' },
  })
    .withExif({ IFD3: { GPSLatitude: '50/1 27/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
  assert.equal((await sharp(lying).metadata()).orientation, 6)
  const inspected = inspect(lying)
  assert.ok(inspected.ok)
  const made = await studio.ingest(inspected.value.bytes, 'jpeg')
  assert.ok(made.kind === 'ingested')
  assert.deepEqual([made.value.width, made.value.height], [60, 120])
  const { orientation, exif } = await sharp(made.value.master).metadata()
  assert.deepEqual([orientation, exif], [undefined, undefined])
})
