/** What makes a shop an app: its manifest, its icons, its worker. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { A, good, Journey, type ShopName } from './journey.ts'
import { titleOf } from './html.ts'

let journey: Journey
before(async () => {
  journey = await Journey.begin()
})
after(() => journey?.[Symbol.asyncDispose]())

for (const shop of ['demo', 'second'] as const satisfies readonly ShopName[]) {
  test(`the ${shop} shop can be installed, by its own name and colors, in each language`, async () => {
    const told = good(await journey.get(`${A}/shop`, { in: shop }))
    for (const prefix of ['', '/en']) {
      const { text } = await journey.get(`${prefix}/`, {
        in: shop,
        headers: { accept: 'text/html' },
      })
      // The page names it once it is awake; what is not there is told in the words of the router.
      const [, path = ''] = /"manifest"[:,]"([^"]+)"/.exec(text) ?? []
      const answer = await journey.get(path, { in: shop })
      assert.equal(answer.headers['content-type'], 'application/manifest+json; charset=utf-8')
      const manifest = JSON.parse(answer.text)
      assert.equal(manifest.name, told.name)
      assert.equal(
        manifest.start_url,
        prefix === '/en' && told.languages[0] === 'en' ? '/' : `${prefix}/`,
      )
      assert.equal(manifest.theme_color, told.look.colors.light.paper)
      for (const { src, sizes, type } of manifest.icons) {
        const icon = await journey.get(src, { in: shop })
        assert.equal(icon.status, 200)
        assert.equal(icon.headers['content-type'], type)
        assert.equal(`${sizes}`.split('x')[0], src.includes('192') ? '192' : '512')
      }
    }
  })
}

test('the icons of two shops are not the same, and one that one has is not sent again', async () => {
  const path = '/icons/512.png'
  const [demo, second] = [await journey.get(path), await journey.get(path, { in: 'second' })]
  assert.notEqual(demo.headers['etag'], second.headers['etag'])
  const again = await journey.get(path, {
    headers: { 'if-none-match': String(demo.headers['etag']) },
  })
  assert.equal(again.status, 304)
  for (const wrong of ['/icons/10000.png', '/icons/..png', '/icons/constructor.png']) {
    assert.equal((await journey.get(wrong)).status, 404, wrong)
  }
})

test('the worker is asked for anew each time and speaks for the whole shop', async () => {
  const { headers, text, status } = await journey.get('/sw.js')
  assert.equal(status, 200)
  assert.equal(headers['cache-control'], 'no-cache')
  assert.equal(headers['service-worker-allowed'], '/')
  assert.match(String(headers['content-type']), /^text\/javascript/)
  const files = [...text.matchAll(/\/assets\/[\w.-]+/g)].map(([path]) => path)
  assert.ok(files.length > 20)
  for (const path of new Set(files.filter((each) => /\.\w+$/.test(each)))) {
    const file = await journey.get(path)
    assert.equal(file.status, 200, path)
    assert.match(String(file.headers['cache-control']), /immutable/)
  }
})

test('the offline page stands by itself, in the language of its address', async () => {
  const titles = {
    '/offline': 'Немає інтернету',
    '/ru/offline': 'Нет интернета',
    '/en/offline': 'You are offline',
  }
  for (const [path, title] of Object.entries(titles)) {
    const { text, status } = await journey.get(path)
    assert.equal(status, 200)
    assert.equal(titleOf(text), title)
    assert.doesNotMatch(text, /<script|src=|<link rel="stylesheet"/)
  }
})
