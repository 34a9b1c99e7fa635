/** What a phone has to fetch before a page does anything. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { gzipSync } from 'node:zlib'

import { Visitor, openBrowser } from '../support/browser.ts'
import { openShop } from '../support/shop.ts'

/**
 * Of every script that is fetched before any click, as gzip packs it best: the goal of issue 6. The router
 * and React take 99,000 of it.
 */
const MOST_SCRIPT_BYTES = 120_000
const CLIENT = join(import.meta.dirname, '..', '..', 'build', 'store', 'client')

let shop: Awaited<ReturnType<typeof openShop>>
before(async () => {
  shop = await openShop()
})
after(() => shop?.[Symbol.asyncDispose]())

/** Scripts that the page asks for, with what each weighs. */
async function scriptsOf(visitor: Visitor, path: string): Promise<ReadonlyMap<string, number>> {
  const weights = new Map<string, number>()
  const { page } = visitor
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (!pathname.endsWith('.js')) return
    weights.set(pathname, gzipSync(readFileSync(join(CLIENT, pathname)), { level: 9 }).length)
  })
  await visitor.open(path)
  await page.waitForLoadState('networkidle')
  return weights
}

/** The address of the first product on the front page. */
async function someProduct(): Promise<string> {
  const html = await (await fetch(`${shop.program.url}/`)).text()
  const [, path] = /href="(\/p\/[^"]+)"/.exec(html) ?? []
  assert.ok(path !== undefined, 'the front page shows no product')
  return path
}

suite('the scripts of a product page', () => {
  for (const language of ['', '/en', '/ru']) {
    test(`weigh no more than 120 kB in ${language || 'the first language'}`, async () => {
      const path = await someProduct()
      // One browser each: this one, all in one process, may end with a page that still hears of changes.
      const browser = await openBrowser()
      try {
        const visitor = await Visitor.come(browser, { url: shop.program.url, size: 'phone' })
        const scripts = await scriptsOf(visitor, `${language}${path}`)
        const total = [...scripts.values()].reduce((sum, each) => sum + each, 0)
        assert.ok(scripts.size > 5, 'its scripts were not seen')
        assert.ok(
          total <= MOST_SCRIPT_BYTES,
          `${total} bytes: ${JSON.stringify(Object.fromEntries(scripts), null, 2)}`,
        )
        visitor.isContent()
      } finally {
        await browser.close()
      }
    })
  }
})

suite('what is seen', () => {
  test('does not share the line with scripts and fonts, unless somebody presses something', async () => {
    const browser = await openBrowser()
    try {
      const visitor = await Visitor.come(browser, { url: shop.program.url, size: 'phone' })
      const { page } = visitor
      const late: string[] = []
      page.on('request', (request) => {
        if (['script', 'font'].includes(request.resourceType())) late.push(request.url())
      })
      const pictures = Promise.withResolvers<void>()
      await page.route('**/media/**', async (route) => {
        await pictures.promise
        await route.continue()
      })
      await page.goto(await someProduct(), { waitUntil: 'domcontentloaded' })
      await page.getByRole('heading', { level: 1 }).waitFor()
      assert.equal(late.join(' '), '')
      await page.keyboard.press('Tab')
      await visitor.isAwake()
      assert.ok(late.some((each) => each.endsWith('.js')))
      await page.locator('link[rel=manifest]').waitFor({ state: 'attached' })
      pictures.resolve()
      await page.waitForLoadState('networkidle')
      assert.ok(late.some((each) => each.endsWith('.woff2')))
      visitor.isContent()
    } finally {
      await browser.close()
    }
  })

  test('is all that is laid out on a screen, until fonts come or do not; paper takes all of it', async () => {
    const browser = await openBrowser()
    try {
      const visitor = await Visitor.come(browser, { url: shop.program.url, size: 'phone' })
      const { page } = visitor
      const scripts = Promise.withResolvers<void>()
      await page.route('**/*.js', async (route) => {
        await scripts.promise
        await route.continue()
      })
      await page.route('**/*.woff2', () => {})
      await page.goto('/', { waitUntil: 'domcontentloaded' })
      const layout = () =>
        page.evaluate("getComputedStyle(document.querySelector('.foot')).contentVisibility")
      assert.equal(await layout(), 'auto')
      await page.emulateMedia({ media: 'print' })
      assert.equal(await layout(), 'visible')
      await page.emulateMedia({ media: 'screen' })
      scripts.resolve()
      await page.locator('html[data-whole]').waitFor({ state: 'attached' })
      assert.equal(await layout(), 'visible')
      assert.equal(await page.locator('html[data-fonts]').count(), 0)
      visitor.isContent()
    } finally {
      await browser.close()
    }
  })
})

suite('the head of a page', () => {
  test('names the sentences that its scripts will ask for, in its language, and loads nothing yet', async () => {
    const html = await (await fetch(`${shop.program.url}/ru/`)).text()
    const all = [...html.matchAll(/<link rel="later"[^>]*>/g)].map(([link]) => link)
    assert.ok(all.length > 5, html.slice(0, 3_000))
    assert.doesNotMatch(html, /rel="modulepreload"|type="module"/)
    assert.match(html, /charSet="utf-8"\/><script>[^<]*<\/script><link rel="stylesheet"/)
    const named = all.flatMap((link) => [/href="([^"]+)"/.exec(link) ?? []])
    const scripts = await Promise.all(
      named.map(async ([, path = '']) => (await fetch(new URL(path, shop.program.url))).text()),
    )
    assert.match(scripts.join(''), /Корзина/)
    assert.doesNotMatch(scripts.join(''), /Кошик/)
  })

  test('leads to what loaders said, in JSON that any script may read', async () => {
    const html = await (await fetch(`${shop.program.url}/en/`)).text()
    const [, text = ''] =
      /<script type="application\/json" id="said">([^<]*)<\/script>/.exec(html) ?? []
    const { loaderData, errors } = JSON.parse(text)
    assert.equal(loaderData.root.language, 'en')
    assert.equal(errors, null)
  })

  test('lets a page that has not changed stay where it is', async () => {
    const first = await fetch(`${shop.program.url}/en/`)
    const etag = first.headers.get('etag') ?? ''
    const again = await fetch(`${shop.program.url}/en/`, {
      headers: { 'if-none-match': `"other", ${etag}` },
    })
    assert.equal(again.status, 304)
    assert.equal(again.headers.get('cache-control'), 'public, max-age=0, must-revalidate')
  })
})
