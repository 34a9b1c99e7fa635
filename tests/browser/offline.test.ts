/** The shop without a network: the wire to it is cut, while the browser believes to be online. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import type { Browser, Page } from 'playwright-core'

import { openBrowser, Visitor } from '../support/browser.ts'
import { openShop } from '../support/shop.ts'
import { Wire } from '../support/wire.ts'

let shop: Awaited<ReturnType<typeof openShop>>
let browser: Browser
let wire: Wire
let slugs: readonly string[]
before(async () => {
  ;[shop, browser] = await Promise.all([openShop(), openBrowser()])
  wire = await Wire.to(shop.program.url)
  const answer = await fetch(`${shop.program.url}/api/v1/products?limit=50`)
  const { items } = (await answer.json()) as { items: { slug: string; availability: string }[] }
  slugs = items.filter((each) => each.availability === 'in-stock').map(({ slug }) => slug)
})
after(async () => {
  await browser?.close()
  await wire?.[Symbol.asyncDispose]()
  await shop?.[Symbol.asyncDispose]()
})

/** What a page has, as far as these tests look at it: they are checked without a browser's own types. */
declare const caches: {
  has(name: string): Promise<boolean>
  keys(): Promise<readonly string[]>
  open(name: string): Promise<{
    match(path: string): Promise<object | undefined>
    keys(): Promise<readonly { readonly url: string }[]>
  }>
}

// A worker is for safe origins: this machine by its name is one.
const url = () => wire.over(shop.program.url).replace('127.0.0.1', 'localhost')

/** The worker keeps it, and answers for the page. */
async function isSaved(page: Page, cache: string, path: string): Promise<void> {
  const until = performance.now() + 15_000
  for (;;) {
    const isThere = await page.evaluate(
      async ([name = '', wanted = '']) => {
        // Whoever asks for a cache that is not there makes it.
        const found = (await caches.has(name)) && (await (await caches.open(name)).match(wanted))
        return (
          Boolean(found) &&
          (navigator as { serviceWorker?: { controller: unknown } }).serviceWorker?.controller !==
            null
        )
      },
      [cache, path],
    )
    if (isThere) return
    assert.ok(performance.now() < until, `${path} was never saved`)
    await page.waitForTimeout(50)
  }
}

test('a product that was looked at is read without the network, and says that it is saved', async () => {
  wire.set('open')
  await using visitor = await Visitor.come(browser, { url: url(), size: 'phone' })
  const { page } = visitor
  await page.goto(`/en/p/${slugs[0]}`)
  const name = await page.getByRole('heading', { level: 1 }).textContent()
  await isSaved(page, 'pages', `/en/p/${slugs[0]}`)
  visitor.isContent()

  wire.set('cut')
  await page.reload()
  assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), name)
  await page.getByText(/^Saved .*Prices and stock may have changed since\./).waitFor()
  await visitor.isAccessible()

  wire.set('open')
  await page.getByRole('button', { name: 'Load anew' }).click()
  await page.getByText(/Prices and stock may have changed/).waitFor({ state: 'detached' })
})

test('a page that was not saved says so in the language of its address, and names those that were', async () => {
  wire.set('open')
  await using visitor = await Visitor.come(browser, { url: url() })
  const { page } = visitor
  await page.goto(`/p/${slugs[0]}`)
  const title = await page.title()
  await isSaved(page, 'pages', `/p/${slugs[0]}`)
  wire.set('cut')
  const answer = await page.goto(`/p/${slugs[1]}`)
  assert.equal(answer?.status(), 503)
  await page.getByRole('heading', { name: 'Немає інтернету' }).waitFor()
  await visitor.isAccessible()
  await page.getByRole('link', { name: title }).click()
  await page.getByText(/^Збережено/).waitFor()
})

test('what is put into the cart without a network waits, survives the page and is added once', async () => {
  wire.set('open')
  await using visitor = await Visitor.come(browser, { url: url() })
  const { page } = visitor
  const path = `/en/p/${slugs[2]}`
  // A button that is pressed before the page is awake sends its form, which the wire swallows.
  await visitor.open(path)
  await isSaved(page, 'pages', path)
  wire.set('cut')
  await page.getByRole('button', { name: /^Add to cart/ }).click()
  await page.getByText('it waits and goes into your cart').waitFor()
  await page.getByText('Waiting for the network').waitFor()
  await visitor.isAccessible()
  await page.reload()
  await page.getByText('Waiting for the network').waitFor()

  wire.set('open')
  await page.getByText(/^In your cart now: /).waitFor()
  await page.goto('/en/cart')
  assert.equal(await page.getByRole('textbox', { name: /^Quantity/ }).inputValue(), '1')
})

test('the cart is read without a network until its owner signs out', async () => {
  wire.set('open')
  await using visitor = await Visitor.come(browser, { url: url() })
  const { page } = visitor
  await visitor.open(`/en/p/${slugs[3]}`)
  const name = await page.getByRole('heading', { level: 1 }).textContent()
  await isSaved(page, 'pages', `/en/p/${slugs[3]}`)
  await page.getByRole('button', { name: /^Add to cart/ }).click()
  await isSaved(page, 'personal', '/en/cart')
  wire.set('cut')
  await page.goto('/en/cart')
  await page.getByText(/^Saved /).waitFor()
  await page
    .getByRole('main')
    .getByText(name ?? '')
    .first()
    .waitFor()

  wire.set('open')
  await page.evaluate(async () => {
    await fetch('/en/sign-out', { method: 'POST', body: new URLSearchParams() })
    // What the worker was told goes before the answer of the shop, in its own time.
    while (await caches.has('personal')) await new Promise((resolve) => setTimeout(resolve, 20))
  })
  wire.set('cut')
  const answer = await page.goto('/en/cart')
  assert.equal(answer?.status(), 503)
})

test('nothing of an account, an order or a checkout is ever kept', async () => {
  wire.set('open')
  await using visitor = await Visitor.come(browser, { url: url() })
  const { page } = visitor
  await page.goto(`/en/p/${slugs[4]}`)
  await isSaved(page, 'pages', `/en/p/${slugs[4]}`)
  for (const path of ['/en/sign-in', '/en/account', '/en/register', '/en/checkout/contact']) {
    await page.goto(path)
  }
  const paths = await page.evaluate(async () => {
    const all: string[] = []
    for (const name of await caches.keys()) {
      for (const { url: each } of await (await caches.open(name)).keys()) {
        all.push(new URL(each).pathname)
      }
    }
    return all
  })
  assert.ok(paths.length > 20)
  assert.deepEqual(
    paths.filter(
      (path: string) =>
        /account|checkout|orders|sign-in|register/.test(path) && !path.startsWith('/assets/'),
    ),
    [],
  )
})
