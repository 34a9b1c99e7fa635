import assert from 'node:assert/strict'
import { request } from 'node:http'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import sharp from 'sharp'

import { undocumented } from './documented.ts'
import { A, good, Journey, type Json } from './journey.ts'

let journey: Journey
let staff: string

let folder: string

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'torg-media-'))
  journey = await Journey.begin({ env: { DATA_DIR: folder } })
  staff = await journey.token('admin')
})
after(async () => {
  await journey[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

const MEDIA = `${A}/admin/media`

interface Heard {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly bytes: Buffer
  readonly json: Json
}

interface Asking {
  readonly body?: Buffer | readonly Buffer[]
  readonly as?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
  readonly shop?: 'demo' | 'second'
}

/** A request of bytes, for bytes. Several buffers are sent without saying how long they are. */
function ask(method: string, path: string, asking: Asking = {}): Promise<Heard> {
  const { body = [], as, headers = {}, shop = 'demo' } = asking
  const url = new URL(path, journey.shop.program.url)
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method,
      headers: {
        host: `${shop}.localhost`,
        ...(as === undefined ? {} : { authorization: `Bearer ${as}` }),
        ...(body instanceof Buffer ? { 'content-length': body.length } : {}),
        ...headers,
      },
    })
    sent.on('error', reject)
    sent.on('response', (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => {
        const bytes = Buffer.concat(parts)
        const isJson = /json/.test(response.headers['content-type'] ?? '')
        const json: Json = isJson && bytes.length > 0 ? JSON.parse(bytes.toString()) : undefined
        resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes, json })
      })
    })
    for (const part of body instanceof Buffer ? [body] : body) sent.write(part)
    sent.end()
  })
}

const upload = (body: Buffer | readonly Buffer[], more: Asking = {}): Promise<Heard> =>
  ask('POST', MEDIA, { body, as: staff, ...more })

let pictures = 0
/** A picture nobody has uploaded before. */
function aPicture(width = 300, height = 200): Promise<Buffer> {
  pictures += 1
  const background = { r: pictures, g: (pictures * 37) % 256, b: 90 }
  return sharp({ create: { width, height, channels: 3, background } })
    .jpeg()
    .toBuffer()
}

const addressOf = (asset: Json, width: number, format: string): string =>
  asset.url.replace('{width}', String(width)).replace('{format}', format)

test('staff upload a picture, say what it shows, and everybody sees it in a size that fits', async () => {
  const bytes = await aPicture(800, 500)
  const added = await upload(bytes, { headers: { 'content-type': 'application/x-nonsense' } })
  assert.equal(added.status, 201, JSON.stringify(added.json))
  const asset = added.json
  assert.equal(asset.width, 800)
  assert.equal(asset.bytes, bytes.length)
  assert.deepEqual(asset.widths, [160, 320, 640, 960])
  assert.match(asset.placeholder.preview, /^data:image\/webp;base64,/)

  const alt = { uk: 'Червоний мʼяч', en: 'A red ball' }
  const described = await journey.call('PUT', `${MEDIA}/${asset.id}/alt`, {
    as: staff,
    body: { alt },
  })
  assert.deepEqual(good(described).alt, alt)
  assert.deepEqual(good(await journey.get(`${MEDIA}/${asset.id}`, { as: staff })).alt, alt)
  const french = { alt: { fr: 'Un ballon' } }
  const odd = await journey.call('PUT', `${MEDIA}/${asset.id}/alt`, { as: staff, body: french })
  assert.equal(odd.body.code, 'media.language-unknown')

  for (const format of asset.formats) {
    const seen = await ask('GET', addressOf(asset, 320, format))
    assert.equal(seen.status, 200)
    assert.equal(seen.headers['content-type'], `image/${format}`)
    assert.equal(seen.headers['cache-control'], 'public, max-age=31536000, immutable')
    assert.equal(seen.headers['x-content-type-options'], 'nosniff')
    assert.match(String(seen.headers['content-security-policy']), /sandbox/)
    assert.equal(seen.headers['access-control-allow-origin'], '*')
    assert.equal((await sharp(seen.bytes).metadata()).width, 320)
  }
})

test('the id of a picture, as products name it, is an address that is kept briefly', async () => {
  const { json: asset } = await upload(await aPicture())
  const found = await ask('GET', `/media/${asset.id}/160.webp`)
  assert.equal(found.status, 200)
  const named = await ask('GET', addressOf(asset, 160, 'webp'))
  assert.deepEqual(found.bytes, named.bytes)
  assert.equal(found.headers['etag'], named.headers['etag'])
  assert.equal(found.headers['cache-control'], 'public, max-age=300')
  const headers = { 'if-none-match': String(found.headers['etag']) }
  assert.equal((await ask('GET', `/media/${asset.id}/160.webp`, { headers })).status, 304)
  const other = await ask('GET', `/media/${asset.id}/160.webp`, { shop: 'second' })
  assert.deepEqual([other.status, other.json.code], [404, 'media.unknown'])
  assert.equal((await ask('GET', `/media/${asset.id}-/160.webp`)).json.code, 'request.invalid')
})

test('a copy that is still good is not sent again, and parts can be asked for', async () => {
  const { json: asset } = await upload(await aPicture())
  const path = addressOf(asset, 160, 'webp')
  const whole = await ask('GET', path)
  const etag = String(whole.headers['etag'])
  const size = whole.bytes.length

  const again = await ask('GET', path, { headers: { 'if-none-match': `"other", ${etag}` } })
  assert.deepEqual([again.status, again.bytes.length], [304, 0])
  const head = await ask('HEAD', path)
  assert.deepEqual([head.status, head.bytes.length], [200, 0])
  assert.equal(head.headers['content-length'], String(size))

  const ranges: readonly (readonly [string, number, Buffer | undefined])[] = [
    ['bytes=0-9', 206, whole.bytes.subarray(0, 10)],
    ['bytes=5-', 206, whole.bytes.subarray(5)],
    ['bytes=-7', 206, whole.bytes.subarray(-7)],
    [`bytes=${size}-`, 416, Buffer.alloc(0)],
    ['bytes=-0', 416, Buffer.alloc(0)],
    ['bytes=9-5', 200, whole.bytes],
    ['bytes=0-1,5-6', 200, whole.bytes],
    ['lines=1-2', 200, whole.bytes],
  ]
  for (const [range, status, bytes] of ranges) {
    const part = await ask('GET', path, { headers: { range } })
    assert.equal(part.status, status, range)
    assert.ok(bytes === undefined || part.bytes.equals(bytes), range)
  }
  const changed = await ask('GET', path, { headers: { range: 'bytes=0-9', 'if-range': '"other"' } })
  assert.equal(changed.status, 200)
})

test('the same file is not stored twice, not even when it comes ten times at once', async () => {
  const bytes = await aPicture()
  const answers = await Promise.all(Array.from({ length: 10 }, () => upload(bytes)))
  const made = answers.filter(({ status }) => status === 201)
  assert.equal(made.length, 1)
  const ids = new Set(answers.map(({ json }) => json.id))
  assert.equal(ids.size, 1)
  const { sha256 } = made[0]?.json ?? {}
  const found = good(await journey.get(`${MEDIA}?sha256=${sha256}`, { as: staff }))
  assert.equal(found.items.length, 1)
  // The file of those that lost is gone again.
  const files = await readdir(join(folder, 'blobs', '1', 'media'), { recursive: true })
  const listed = good(await journey.get(`${MEDIA}?limit=100`, { as: staff })).items
  assert.equal(
    files.filter((name) => name.endsWith('master')).length,
    listed.filter(({ kind }: Json) => kind === 'picture').length,
  )
})

test('a picture of one shop is none of another', async () => {
  const bytes = await aPicture()
  const { json: asset } = await upload(bytes)
  const path = addressOf(asset, 160, 'jpeg')
  assert.equal((await ask('GET', path)).status, 200)
  assert.equal((await ask('GET', path, { shop: 'second' })).json.code, 'media.unknown')
  const other = await journey.token('admin', 'second')
  const theirs = await journey.get(`${MEDIA}/${asset.id}`, { as: other, in: 'second' })
  assert.equal(theirs.body.code, 'media.unknown')
  const removed = await journey.call('DELETE', `${MEDIA}/${asset.id}`, { as: other, in: 'second' })
  assert.equal(removed.body.code, 'media.unknown')
  const own = await upload(bytes, { as: other, shop: 'second' })
  assert.equal(own.status, 201)
  assert.notEqual(own.json.id, asset.id)
})

test('only who works for the shop uploads, and nobody learns of the library', async () => {
  const bytes = await aPicture()
  assert.equal((await upload(bytes, { as: undefined })).json.code, 'auth.required')
  const shopper = await journey.token('shopper')
  assert.equal((await upload(bytes, { as: shopper })).json.code, 'auth.forbidden')
  assert.equal((await journey.get(MEDIA, { as: shopper })).body.code, 'auth.forbidden')
})

test('what is no picture, too much of one or none at all is refused', async () => {
  const none = await upload(Buffer.alloc(0))
  assert.deepEqual([none.status, none.json.code], [415, 'media.type-unknown'])
  const text = await upload(Buffer.from('{"a":1}'), { headers: { 'content-type': 'image/png' } })
  assert.equal(text.json.code, 'media.type-unknown')
  const large = await ask('POST', MEDIA, {
    as: staff,
    headers: { 'content-length': '20000001' },
    body: [Buffer.alloc(10)],
  }).catch((error: unknown) => error as Heard)
  assert.equal(large.json?.code, 'request.too-large')
  const endless = await upload(Array.from({ length: 21 }, () => Buffer.alloc(1_000_000)))
  assert.deepEqual([endless.status, endless.json.code], [413, 'request.too-large'])
  const packed = await upload(await aPicture(), { headers: { 'content-encoding': 'gzip' } })
  assert.equal(packed.json.code, 'request.unsupported-media-type')
})

test('sizes, formats and hashes that are not in the list lead nowhere', async () => {
  const { json: asset } = await upload(await aPicture())
  const name = asset.url.split('/')[2]
  for (const file of ['161.avif', '640.png', '640.svg', '0640.avif', '640.avif.webp', '640']) {
    assert.equal((await ask('GET', `/media/${name}/${file}`)).json.code, 'request.invalid', file)
  }
  const other = name.replace(/.$/, (last: string) => (last === '0' ? '1' : '0'))
  assert.equal((await ask('GET', `/media/${other}/160.webp`)).json.code, 'media.unknown')
  const escape = await ask('GET', `/media/${name}/..%2F..%2Fsecret`)
  assert.equal(escape.json.code, 'request.invalid')
})

test('a picture that was removed is gone everywhere, and can come again', async () => {
  const bytes = await aPicture()
  const { json: asset } = await upload(bytes)
  const path = addressOf(asset, 160, 'webp')
  assert.equal((await ask('GET', path)).status, 200)
  assert.equal((await journey.call('DELETE', `${MEDIA}/${asset.id}`, { as: staff })).status, 204)
  assert.equal((await ask('GET', path)).json.code, 'media.unknown')
  const twice = await journey.call('DELETE', `${MEDIA}/${asset.id}`, { as: staff })
  assert.equal(twice.body.code, 'media.unknown')
  const again = await upload(bytes)
  assert.equal(again.status, 201)
  assert.notEqual(again.json.id, asset.id)
})

test('a file comes in pieces, over a line that breaks', async () => {
  const bytes = await aPicture(600, 400)
  const uploadId = crypto.randomUUID()
  const path = `${MEDIA}/uploads/${uploadId}`
  const third = Math.ceil(bytes.length / 3)
  const piece = (at: number): Buffer => bytes.subarray(at * third, (at + 1) * third)
  for (const at of [2, 0]) {
    const kept = await ask('PUT', `${path}/${at}`, { as: staff, body: piece(at) })
    assert.deepEqual([kept.status, kept.json], [200, { bytes: piece(at).length }])
  }
  const early = await journey.post(path, { pieces: 3 }, { as: staff })
  assert.deepEqual([early.status, early.body.code], [409, 'media.piece-missing'])
  assert.equal(early.body.piece, 1)
  const come = good(await journey.get(path, { as: staff }))
  assert.deepEqual(
    come.items.map(({ number }: Json) => number),
    [0, 2],
  )
  await ask('PUT', `${path}/1`, { as: staff, body: piece(1) })
  const made = good(await journey.post(path, { pieces: 3 }, { as: staff }), 201)
  assert.deepEqual([made.width, made.bytes], [600, bytes.length])
  assert.deepEqual(good(await journey.get(path, { as: staff })).items, [])
  const large = await ask('PUT', `${path}/0`, { as: staff, body: [Buffer.alloc(1_000_001)] })
  assert.equal(large.json.code, 'request.too-large')
  assert.deepEqual(good(await journey.get(path, { as: staff })).items, [])
})

test('the library is listed page by page, newest first', async () => {
  const first = await upload(await aPicture())
  const second = await upload(await aPicture())
  const page = good(await journey.get(`${MEDIA}?limit=1`, { as: staff }))
  assert.deepEqual(
    page.items.map(({ id }: Json) => id),
    [second.json.id],
  )
  const next = good(await journey.get(`${MEDIA}?limit=1&after=${page.next}`, { as: staff }))
  assert.deepEqual(
    next.items.map(({ id }: Json) => id),
    [first.json.id],
  )
})

test('a hundred who ask for one rendition at once cause it to be made once', async () => {
  const { json: asset } = await upload(await aPicture(1000, 700))
  const path = addressOf(asset, 960, 'webp')
  const answers = await Promise.all(Array.from({ length: 100 }, () => ask('GET', path)))
  assert.ok(answers.every(({ status }) => status === 200))
  const tags = new Set(answers.map(({ headers }) => headers['etag']))
  assert.equal(tags.size, 1)
})

test('every answer is one the documentation knows', async () => {
  assert.deepEqual(await undocumented(journey), [])
})
