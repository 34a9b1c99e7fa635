import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pino } from 'pino'
import sharp from 'sharp'

import { realWaiting } from '#platform/waiting'

import { inspect } from '../domain/inspect.ts'
import { openStudio } from './studio.ts'

const studio = openStudio({ waiting: realWaiting, log: pino({ level: 'silent' }) })

function photo(width: number, height: number, channels: 3 | 4 = 3) {
  const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const
  return sharp({
    create: { width, height, channels: 3, background: '#306090', noise },
  }).ensureAlpha(channels === 4 ? 0.5 : 1)
}

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300"><rect width="400" height="300" fill="#fafafa"/><circle cx="200" cy="150" r="90" fill="#e11d48"/></svg>'

test('every format that is taken becomes a picture in every size and format', async () => {
  const formats = ['jpeg', 'png', 'webp', 'avif', 'gif'] as const
  for (const format of formats) {
    const bytes = await photo(210, 140).toFormat(format).toBuffer()
    const inspected = inspect(bytes)
    assert.ok(inspected.ok, format)
    assert.deepEqual(
      { ...inspected.value, bytes: 0 },
      { format, width: 210, height: 140, bytes: 0 },
    )
    const made = await studio.ingest(inspected.value.bytes, format)
    assert.ok(made.kind === 'ingested', `${format} ${JSON.stringify(made)}`)
    const { master, width, height, color, preview } = made.value
    assert.deepEqual({ width, height }, { width: 210, height: 140 })
    assert.match(color, /^#[0-9a-f]{6}$/)
    assert.ok(preview.byteLength < 400, `the preview of ${format} has ${preview.byteLength} bytes`)
    for (const wish of ['avif', 'webp', 'jpeg'] as const) {
      const rendition = await studio.render(master, { width: 160, format: wish })
      const said = await sharp(rendition).metadata()
      assert.equal(said.width, 160)
      assert.equal(said.format, wish === 'avif' ? 'heif' : wish)
      const wide = await studio.render(master, { width: 1920, format: wish })
      assert.equal((await sharp(wide).metadata()).width, 210, 'nothing is enlarged')
    }
  }
})

test('a drawing is drawn sharp at the size that is asked for', async () => {
  const drawn = await studio.render(Buffer.from(SVG), {
    width: 640,
    format: 'webp',
    drawn: { width: 400, height: 300 },
  })
  const { width, height } = await sharp(drawn).metadata()
  assert.deepEqual({ width, height }, { width: 640, height: 480 })
})

test('a drawing of strangers is never drawn, whatever it is said to be', async () => {
  for (const format of ['jpeg', 'png', 'webp', 'avif', 'gif']) {
    const made = await studio.ingest(Buffer.from(SVG), format)
    assert.equal(made.kind, 'unreadable', format)
  }
})
