/** A new build of the storefront while somebody has the old one open: it takes over, and the two never mix. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, request as ask, type IncomingMessage } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'

import type { Browser, Page } from 'playwright-core'

import { openBrowser, Visitor } from '../support/browser.ts'
import { openShop } from '../support/shop.ts'

let shop: Awaited<ReturnType<typeof openShop>>
let browser: Browser
let slugs: readonly string[]

/** What the build of these sources is called. */
const made = readFileSync('build/store/made-of', 'utf8').slice(0, 12)

/** Which build the shop is of; its worker says so in its own name and in the names of what it keeps. */
let build = 'first'
/** Files that the build of today does not have any more. */
let gone: readonly string[] = []
let isAway = false

/** Stands before the shop and gives it another build whenever a test says so. */
const front = createServer((request, response) => {
  if (isAway) return void request.socket.destroy()
  const { url = '/', method, headers } = request
  if (gone.includes(url)) return void response.writeHead(404).end()
  const { hostname, port } = new URL(shop.program.url)
  const { 'accept-encoding': _packed, 'if-none-match': _tag, ...rest } = headers
  const asked = ask({ hostname, port, path: url, method, headers: rest }, (said) => {
    void answer(url, said).then(
      ([head, body]) => response.writeHead(said.statusCode ?? 500, head).end(body),
      () => response.destroy(),
    )
  })
  // Whoever goes on to another page asks no more; the shop ends with connections open.
  asked.on('error', () => response.destroy())
  request.pipe(asked)
})

async function answer(url: string, said: IncomingMessage) {
  const parts: Buffer[] = []
  for await (const part of said) parts.push(part as Buffer)
  const body = Buffer.concat(parts)
  const { 'content-length': _length, 'transfer-encoding': _way, ...head } = said.headers
  if (url !== '/sw.js') return [head, body] as const
  return [head, body.toString().replaceAll(made, build)] as const
}

front.on('upgrade', (request, socket) => {
  const { hostname, port } = new URL(shop.program.url)
  const onward = connect(Number(port), hostname, () => {
    const lines = Object.entries(request.headers).map(
      ([name, value]) => `${name}: ${String(value)}`,
    )
    onward.write(`GET ${request.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
    onward.pipe(socket).pipe(onward)
  })
  for (const each of [onward, socket]) each.on('error', () => each.destroy())
})

let url: string
before(async () => {
  ;[shop, browser] = await Promise.all([openShop(), openBrowser()])
  front.listen(0, '127.0.0.1')
  await once(front, 'listening')
  url = `http://localhost:${(front.address() as AddressInfo).port}`
  const said = await fetch(`${shop.program.url}/api/v1/products?limit=20`)
  const { items } = (await said.json()) as { items: { slug: string }[] }
  slugs = items.map(({ slug }) => slug)
})
after(async () => {
  await browser?.close()
  front.close()
  front.closeAllConnections()
  await shop?.[Symbol.asyncDispose]()
})

declare const caches: {
  keys(): Promise<readonly string[]>
  open(name: string): Promise<{
    keys(): Promise<readonly { readonly url: string }[]>
    match(path: string): Promise<{ readonly headers: Headers } | undefined>
  }>
}

/** The builds whose files the browser keeps, and by which build each saved page was saved. */
function keptBy(page: Page): Promise<{ builds: string[]; pages: string[][] }> {
  return page.evaluate(async () => {
    const builds = (await caches.keys()).filter((name) => name.startsWith('files '))
    const opened = await caches.open('pages')
    const pages: string[][] = []
    for (const { url: at } of await opened.keys()) {
      const saved = await opened.match(at)
      pages.push([new URL(at).pathname, saved?.headers.get('x-saved-by') ?? ''])
    }
    return { builds: builds.map((name) => name.slice('files '.length)), pages }
  })
}

async function eventually<T>(look: () => Promise<T>, isSo: (seen: T) => boolean): Promise<T> {
  const late = performance.now() + 15_000
  for (;;) {
    const seen = await look()
    if (isSo(seen)) return seen
    assert.ok(performance.now() < late, `it never came: ${JSON.stringify(seen)}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/**
 * The browser looks whether there is another worker, as it does by itself when a page is opened. It is there when
 * it speaks for the open page: its files come earlier.
 */
async function changesTo(next: string, page: Page): Promise<void> {
  build = next
  await page.evaluate(async () => {
    const { serviceWorker } = navigator as unknown as {
      serviceWorker: EventTarget & { ready: Promise<{ update(): Promise<unknown> }> }
    }
    const taken = new Promise((resolve) => {
      serviceWorker.addEventListener('controllerchange', resolve, { once: true })
    })
    await (await serviceWorker.ready).update()
    await taken
  })
  assert.ok((await keptBy(page)).builds.includes(next))
}

test('a new build takes over an open shop, the files of the one before stay for open pages, older ones go with their pages', async () => {
  await using visitor = await Visitor.come(browser, { url, size: 'phone' })
  const { page } = visitor
  const [one, two, three] = slugs.map((slug) => `/en/p/${slug}`)
  const isSavedBy = (path: string | undefined, by: string) =>
    eventually(
      () => keptBy(page),
      ({ pages }) => pages.some(([at, saved]) => at === path && saved === by),
    )
  await visitor.open(one!)
  await isSavedBy(one, 'first')

  await changesTo('second', page)
  const { builds, pages } = await keptBy(page)
  assert.deepEqual(builds.toSorted(), ['first', 'second'], 'the open page is made of the first')
  assert.ok(pages.some(([at, by]) => at === one && by === 'first'))
  // It goes on as it was: what opens on a click is there, and no page is loaded anew under somebody's hands.
  await page.locator('header').getByRole('link', { name: 'Cart' }).click()
  await visitor.open(two!)
  await isSavedBy(two, 'second')

  await changesTo('third', page)
  const now = await eventually(
    () => keptBy(page),
    (seen) => !seen.builds.includes('first'),
  )
  assert.deepEqual(now.builds.toSorted(), ['second', 'third'])
  assert.deepEqual(
    now.pages.filter(([, by]) => by === 'first'),
    [],
    'what was saved by a build whose files are gone is gone',
  )
  await visitor.open(three!)
  await isSavedBy(three, 'third')
  visitor.isContent()

  isAway = true
  await page.reload()
  await page.getByText(/^Saved .*Prices and stock may have changed since\./).waitFor()
  isAway = false
})

test('an open page whose files the shop has no more is opened anew on the next way, and nobody sees a fault', async () => {
  build = 'fourth'
  await using visitor = await Visitor.come(browser, { url })
  const { page } = visitor
  await visitor.open('/en/')
  const text = await (await fetch(`${url}/en/search`)).text()
  const named = [...text.matchAll(/"(\/assets\/search-page-[\w-]+\.js)"/g)].map(
    ([, path = '']) => path,
  )
  assert.ok(named.length > 0, 'the page of search has a file of its own')
  gone = [...new Set(named)]
  const seeks = async () => {
    const box = page.locator('header').getByRole('searchbox').or(page.locator('header [name=q]'))
    await box.first().fill('ball')
    await box.first().press('Enter')
  }
  const reloaded = page.waitForEvent('load')
  await seeks()
  await reloaded
  // What was loaded anew is of the build of today.
  gone = []
  await visitor.isAwake()
  await seeks()
  await page.waitForURL(/search\?q=ball/)
  await page.locator('main h1').waitFor()
  visitor.isContent(/404/, /reloading page/, /dynamically imported/)
})
