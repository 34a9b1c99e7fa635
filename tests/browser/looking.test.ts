/** Pages as people meet them: in two shops, on phones and desks, light and dark, with and without scripts. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import type { Browser } from 'playwright-core'

import { aVisitor, openBrowser } from '../support/browser.ts'
import { openShop } from '../support/shop.ts'

let shop: Awaited<ReturnType<typeof openShop>>
let browser: Browser
before(async () => {
  ;[shop, browser] = await Promise.all([openShop(), openBrowser()])
})
after(async () => {
  await browser?.close()
  await shop?.[Symbol.asyncDispose]()
})

suite('the front page', () => {
  for (const size of ['phone', 'desktop'] as const) {
    for (const scheme of ['light', 'dark'] as const) {
      test(`shows what is sold, on a ${size} in the ${scheme}`, async () => {
        await using visitor = await aVisitor(browser, { url: shop.program.url, size, scheme })
        const { page } = visitor
        await page.goto('/')
        await page.waitForLoadState('networkidle')
        assert.ok((await page.getByRole('article').count()) >= 8)
        assert.equal(await page.locator('html').getAttribute('lang'), 'uk')
        visitor.isContent()
        await visitor.isAccessible()
      })
    }
  }

  test('is read without scripts, and in English', async () => {
    await using visitor = await aVisitor(browser, { url: shop.program.url, script: false })
    await visitor.page.goto('/en/')
    assert.equal(await visitor.page.locator('html').getAttribute('lang'), 'en')
    assert.ok((await visitor.page.getByRole('article').count()) >= 8)
  })
})
