/** The guards of the other files, each watched while it finds what is planted for it. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, suite, test } from 'node:test'

import type { Browser } from 'playwright-core'

import { openBrowser, Visitor } from '../support/browser.ts'

const SOUND = '<main><h1>A page</h1></main>'

/** A page for each fault, and what is said of it. */
const PLANTED = {
  '/error': [`${SOUND}<script src="/error.js"></script>`, /the page is unhappy/],
  '/thrown': [`${SOUND}<script src="/thrown.js"></script>`, /thrown by the page/],
  '/inline': [`${SOUND}<script>document.title = 'ran'</script>`, /inline script/],
  '/foreign': [`${SOUND}<img alt="" src="http://elsewhere.localhost:9/count.gif">`, /elsewhere/],
  '/missing': [`${SOUND}<img alt="" src="/no-such.png">`, /404/],
} as const

const SCRIPTS: Readonly<Record<string, string>> = {
  '/error.js': "console.error('the page is unhappy')",
  '/thrown.js': "throw new Error('thrown by the page')",
}

const PAGES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(PLANTED).map(([path, [html]]) => [path, html])),
  '/sound': SOUND,
  '/nameless': '<main><h1>A form</h1><input type="text" name="city"></main>',
  '/pale': '<main><h1>Words</h1><p class="pale">that nobody can read</p></main>',
  '/wide': '<main><h1>A page</h1><hr width="3000"></main>',
}

const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src * data:"

const server = createServer(({ url = '' }, response) => {
  const [script, page] = [SCRIPTS[url], PAGES[url]]
  if (script !== undefined) {
    response.writeHead(200, { 'content-type': 'text/javascript' }).end(script)
  } else if (url === '/pale.css') {
    response.writeHead(200, { 'content-type': 'text/css' }).end('.pale { color: #ccc }')
  } else if (page === undefined) response.writeHead(404).end()
  else {
    response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': POLICY })
    response.end(`<!doctype html><html lang="en"><head><title>Planted</title>
      <link rel="stylesheet" href="/pale.css"><link rel="icon" href="data:,"></head>
      <body>${page}</body></html>`)
  }
})

let browser: Browser
let url: string
before(async () => {
  server.listen(0, '127.0.0.1')
  ;[browser] = await Promise.all([openBrowser(), once(server, 'listening')])
  url = `http://planted.localhost:${(server.address() as AddressInfo).port}`
})
after(async () => {
  await browser?.close()
  server.closeAllConnections()
  server.close()
})

suite('a visitor complains', { concurrency: 2 }, () => {
  for (const [path, [, said]] of Object.entries(PLANTED)) {
    test(`of ${path}`, async () => {
      await using visitor = await Visitor.come(browser, { url })
      await visitor.page.goto(path, { waitUntil: 'networkidle' })
      assert.throws(() => visitor.isContent(), said)
      visitor.isContent()
    })
  }

  test('of nothing on a sound page, and then of a complaint that was foreseen and did not come', async () => {
    await using visitor = await Visitor.come(browser, { url })
    await visitor.page.goto('/sound', { waitUntil: 'networkidle' })
    visitor.isContent()
    await visitor.isAccessible()
    await visitor.fits()
    assert.throws(() => visitor.isContent(/404/), /was to complain/)
  })

  test('of a field without a name, of pale words, of what is wider than the screen', async () => {
    await using visitor = await Visitor.come(browser, { url, size: 'phone' })
    await visitor.page.goto('/nameless')
    await assert.rejects(visitor.isAccessible(), /label/)
    await visitor.page.goto('/pale')
    await assert.rejects(visitor.isAccessible(), /color-contrast/)
    await visitor.page.goto('/wide')
    await assert.rejects(visitor.fits(), /px wide/)
  })

  test('of the bank, too, when anything but its page is asked of it', async () => {
    const bank = 'http://elsewhere.localhost:9'
    await using visitor = await Visitor.come(browser, { url, bank })
    await visitor.page.goto('/foreign', { waitUntil: 'networkidle' })
    assert.throws(() => visitor.isContent(), /asked elsewhere/)
  })
})
