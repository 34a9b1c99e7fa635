/** How a shop looks: its admins say, everybody sees, and no other shop changes. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { A, eventually, good, Journey, refused, type Json } from './journey.ts'

let journey: Journey
before(async () => {
  journey = await Journey.begin()
})
after(() => journey?.[Symbol.asyncDispose]())

const look = async (shop: 'demo' | 'second' = 'demo'): Promise<Json> =>
  good(await journey.get(`${A}/shop`, { in: shop })).look

/** The look of the demo as it would be sent, with changes. */
async function draft(changes: Json = {}): Promise<Json> {
  const { css: _css, logo, ...rest } = await look()
  return { ...rest, logo: { asset: logo.asset, text: logo.text }, ...changes }
}

const set = async (body: Json, who: 'admin' | 'shopper' | 'warehouse' = 'admin') =>
  journey.call('PUT', `${A}/shop/look`, { as: await journey.token(who), body })

test('the two demo shops have looks of their own, each with a style sheet', async () => {
  const [demo, second] = [await look(), await look('second')]
  assert.notDeepEqual(demo.colors, second.colors)
  assert.notEqual(demo.fonts, second.fonts)
  assert.notEqual(demo.radius, second.radius)
  assert.notEqual(demo.css, second.css)
  const sheet = await journey.get(demo.css)
  assert.equal(sheet.status, 200)
  assert.equal(sheet.headers['content-type'], 'text/css; charset=utf-8')
  assert.equal(sheet.headers['cache-control'], 'public, max-age=31536000, immutable')
  assert.ok(sheet.text.includes(`--accent: ${demo.colors.light.accent};`))

  // Under another shop's name it is this shop's, and nobody keeps it for long.
  const other = await journey.get(second.css)
  assert.equal(other.headers['cache-control'], 'public, max-age=60')
  assert.ok(other.text.includes(demo.colors.dark.accent))
})

test('a style sheet that one has is not sent again', async () => {
  const { headers } = await journey.get('/theme.css')
  const again = { headers: { 'if-none-match': String(headers['etag']) } }
  const { status, text } = await journey.get('/theme.css', again)
  assert.deepEqual([status, text], [304, ''])
})

test('admins change the look, which is seen at once, under another address, in this shop alone', async () => {
  const [before, second] = [await look(), await look('second')]
  const tagline = { uk: 'Рух', en: 'Move' }
  const changed = good(await set(await draft({ radius: 0.25, tagline })))
  assert.deepEqual([changed.radius, changed.tagline], [0.25, tagline])
  assert.notEqual(changed.css, before.css)
  assert.deepEqual(await look(), changed)
  assert.match((await journey.get(changed.css)).text, /--round: 0\.25rem;/)
  assert.deepEqual(await look('second'), second)
  for (const who of ['shopper', 'warehouse'] as const) {
    refused(await set(await draft(), who), 403, 'auth.forbidden')
  }
  refused(
    await journey.call('PUT', `${A}/shop/look`, { body: await draft() }),
    401,
    'auth.required',
  )
})

test('a look that cannot be read is refused, and says which color it is', async () => {
  const given = await draft()
  given.colors.light.muted = '#bbbbbb'
  const answer = refused(await set(given), 422, 'tenants.contrast-low')
  const { mode, text, background, least } = answer
  assert.deepEqual([mode, text, background, least], ['light', 'muted', 'paper', 4.5])
})

test('TENANTS-5: a style sheet takes nothing in that is no color, number or word of ours', async () => {
  const spoiled: readonly Json[] = [
    { colors: { ...(await draft()).colors, light: { paper: '#fff' } } },
    { radius: 3 },
    { radius: '1rem;}*{display:none' },
    { fonts: 'Comic Sans' },
    { logo: { asset: null, text: '<b>x</b>' } },
    { logo: { asset: null, text: 'two\nlines' } },
    { tagline: { en: 'x'.repeat(91) } },
    { tagline: { 'en"': 'x' } },
  ]
  for (const each of spoiled) refused(await set(await draft(each)), 422, 'request.invalid')
  refused(await set(await draft({ tagline: { de: 'x' } })), 422, 'tenants.language-unknown')
})

test('a logo is a picture of the shop, and without it the word stands', async () => {
  const asset = crypto.randomUUID()
  refused(await set(await draft({ logo: { asset, text: 'x' } })), 404, 'tenants.logo-unknown')
  const as = await journey.token('admin')
  const { items } = good(await journey.get(`${A}/admin/media?limit=1`, { as }))
  const worn = good(await set(await draft({ logo: { asset: items[0].id, text: 'x' } })))
  assert.match(worn.logo.url, /^\/media\/.*\{width\}\.\{format\}$/)

  const elsewhere = await journey.token('admin', 'second')
  const theirs = good(
    await journey.get(`${A}/admin/media?limit=1`, { as: elsewhere, in: 'second' }),
  )
  const logo = { asset: theirs.items[0].id, text: null }
  refused(await set(await draft({ logo })), 404, 'tenants.logo-unknown')

  good(await journey.call('DELETE', `${A}/admin/media/${items[0].id}`, { as }), 204)
  await eventually(
    async () => (await look()).logo,
    ({ url, text }) => url === null && text === 'x',
  )
})
