/** Every page as people meet it: in two shops, on phones and desks, light and dark, with and without scripts. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import { DEMO_PASSWORD } from '../../server/demo/users.ts'
import { type Guest, Visits } from './visits.ts'

let visits: Visits
before(async () => {
  visits = await Visits.begin()
})
after(() => visits?.[Symbol.asyncDispose]())

/** Each shop once in the light and once in the dark, once on a phone and once on a desk. */
const LOOKS = [
  { shop: 'demo', size: 'phone', scheme: 'light', language: 'uk' },
  { shop: 'demo', size: 'desktop', scheme: 'dark', language: 'en' },
  { shop: 'second', size: 'phone', scheme: 'dark', language: 'uk' },
  { shop: 'second', size: 'desktop', scheme: 'light', language: 'en' },
] as const

/** Everything of an account. */
const OWN = [
  '',
  'returns',
  'profile',
  'email',
  'addresses',
  'reviews',
  'sessions',
  'password',
] as const

suite('without a fault, for every eye and ear, are', { concurrency: 2 }, () => {
  for (const look of LOOKS) {
    const where = `${look.shop} in ${look.language}, on a ${look.size} in the ${look.scheme}`
    test(`the pages that are everybody’s: ${where}`, () =>
      visits.visit(look, async (guest) => {
        const { paths, shop, language } = guest
        const category = shop === 'demo' ? 'running-shoes' : 'trail-shoes'
        for (const path of [paths.home(), paths.category(category), paths.search()]) {
          await looksAt(guest, path)
          assert.equal(await guest.page.locator('html').getAttribute('lang'), language)
          assert.ok((await guest.main.getByRole('article').count()) >= 4)
        }
        const product = guest.main.getByRole('article').first().getByRole('link')
        await looksAt(guest, (await product.getAttribute('href')) ?? '')
        for (const path of [
          paths.cart(),
          paths.wishlist(),
          paths.signIn(),
          paths.forgot(),
          paths.reset(),
        ]) {
          await looksAt(guest, path)
        }
      }))

    test(`the pages that are one’s own: ${where}`, () =>
      visits.visit(look, async (guest) => {
        const {
          visitor,
          page,
          main,
          paths,
          words: { account },
        } = guest
        await visitor.open(paths.signIn())
        await main.getByLabel(account.email, { exact: true }).fill('shopper@demo.test')
        await main.getByLabel(account.password, { exact: true }).fill(DEMO_PASSWORD)
        await main.getByRole('button', { name: account.enter, exact: true }).click()
        await page.waitForURL(/account/)
        for (const part of OWN) {
          await looksAt(guest, paths.account(part))
        }
        for (const path of [paths.address('new'), paths.wishlist()]) await looksAt(guest, path)
      }))
  }
})

async function looksAt({ visitor, main }: Guest, path: string): Promise<void> {
  await visitor.open(path)
  await main.getByRole('heading', { level: 1 }).first().waitFor()
  await visitor.isAccessible()
  await visitor.fits()
  visitor.isContent()
}

suite('without scripts', { concurrency: 2 }, () => {
  for (const shop of ['demo', 'second'] as const) {
    test(`a shop is read from the front page to a product: ${shop}`, () =>
      visits.visit({ shop, script: false, size: 'phone', language: 'en' }, async (guest) => {
        const { visitor, page, main, paths } = guest
        await visitor.open(paths.home())
        await main.getByRole('article').first().getByRole('link').click()
        await page.waitForURL(/\/p\//)
        await main.getByRole('heading', { level: 1 }).waitFor()
        await page.goBack()
        await page.locator('#q').fill(shop === 'demo' ? 'ball' : 'tent')
        await page.keyboard.press('Enter')
        await page.waitForURL(/search\?q=/)
        assert.ok((await main.getByRole('article').count()) > 0)
      }))
  }
})

test('a page is the same in another language, whatever one was looking at', () =>
  visits.visit({ size: 'desktop' }, async (guest) => {
    const { visitor, page, main, paths } = guest
    await visitor.open(`${paths.category('running-shoes')}?sort=price-up`)
    await page.locator('header a[hreflang=en]').click()
    await page.waitForURL(/\/en\/c\/running-shoes\?sort=price-up$/)
    assert.equal(await page.locator('html').getAttribute('lang'), 'en')
    assert.equal(await main.locator('select[name=sort]').inputValue(), 'price-up')
  }))
