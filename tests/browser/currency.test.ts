/** Prices in another currency of the shop, from the first look to the order. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import { A, good } from '../journeys/journey.ts'
import { fillsAddress, fillsContact, chooses, isThanked, orders, putsInCart } from './buying.ts'
import { type Guest, Visits } from './visits.ts'

let visits: Visits
before(async () => {
  visits = await Visits.begin()
})
after(() => visits?.[Symbol.asyncDispose]())

const EUROS = 27

async function inEuros(sku: string): Promise<void> {
  const path = `${A}/price-lists/EUR/${sku}`
  const as = await visits.journey.token('admin')
  good(await visits.journey.call('PUT', path, { body: { amount: EUROS * 100 }, as }))
}

async function choosesEuros({ page, words }: Guest): Promise<void> {
  await page.getByRole('button', { name: words.shell.pricesIn('EUR') }).click()
  await page.locator('button[name=currency][value=EUR][aria-pressed=true]').waitFor()
}

suite('who chooses another currency', { concurrency: 2 }, () => {
  for (const look of [
    { language: 'uk', size: 'phone', scheme: 'dark' },
    { language: 'en', size: 'desktop', scheme: 'light' },
  ] as const) {
    test(`is shown it everywhere and pays in it: ${look.language}, on a ${look.size}`, async () => {
      const { sku, slug } = await visits.aProduct(3)
      await inEuros(sku)
      await visits.visit(look, async (guest) => {
        const { visitor, page, main, paths } = guest
        await visitor.open(paths.home())
        await choosesEuros(guest)
        await visitor.isAccessible()
        await visitor.fits()
        assert.doesNotMatch(await main.innerText(), /₴/)
        await visitor.open(paths.category('running-shoes'))
        assert.match(await main.getByRole('article').first().innerText(), /€/)
        await putsInCart(guest, slug)
        await visitor.open(paths.cart())
        assert.match(await main.innerText(), /27[^\d]*€|€27/)
        assert.doesNotMatch(await main.innerText(), /₴/)
        await visitor.open(paths.checkout('contact'))
        await fillsContact(guest)
        await fillsAddress(guest)
        // A courier has no price in euros.
        assert.equal(await main.locator('input[name=delivery][value=courier]').count(), 0)
        await chooses(guest, 'delivery', 'post')
        await page.waitForURL(/payment$/)
        await chooses(guest, 'payment', 'card')
        await page.waitForURL(/review$/)
        assert.match(await main.innerText(), /36[.,]90/)
        await visitor.isAccessible()
        await orders(guest)
        await isThanked(guest)
        assert.match(await main.innerText(), /36[.,]90/)
      })
    })
  }

  test('with something in the cart takes it along, with its units', async () => {
    const { sku, slug } = await visits.aProduct(1)
    await inEuros(sku)
    await visits.visit({ language: 'en' }, async (guest) => {
      const { page, main, paths, visitor } = guest
      await putsInCart(guest, slug)
      await visitor.open(paths.cart())
      await choosesEuros(guest)
      await page.waitForURL(/\/cart$/)
      // The only unit there is: it was never in two carts at once.
      assert.match(await main.innerText(), /€27/)
      assert.equal(await main.getByRole('listitem').count(), 1)
    })
  })

  test('that something in the cart is not sold in is told so, and nothing changes', async () => {
    const { name, slug } = await visits.aProduct(1)
    await visits.visit({ size: 'phone' }, async (guest) => {
      const { page, main, paths, visitor, words } = guest
      await putsInCart(guest, slug)
      await visitor.open(paths.cart())
      await page.getByRole('button', { name: words.shell.pricesIn('EUR') }).click()
      await main.getByText(words.cart.elsewhere(`${name}`, 'EUR')).waitFor()
      await visitor.isAccessible()
      assert.match(await main.innerText(), /1\s299\s₴/)
    })
  })

  test('sees what is not sold in it at its own price, and cannot buy it', async () => {
    const { slug } = await visits.aProduct(2)
    await visits.visit({ language: 'en', scheme: 'dark' }, async (guest) => {
      const { main, paths, visitor, words } = guest
      await visitor.open(paths.home())
      await choosesEuros(guest)
      await visitor.open(paths.product(slug))
      await main.getByText(words.productPage.onlyIn('UAH')).waitFor()
      assert(await main.getByRole('button', { name: words.productPage.add }).isDisabled())
      await visitor.isAccessible()
    })
  })

  test('finds it in the wishlist, too, and buys from there only what is sold in it', async () => {
    const [sold, other] = [await visits.aProduct(2), await visits.aProduct(2)]
    await inEuros(sold.sku)
    await visits.visit({ language: 'en', size: 'phone' }, async (guest) => {
      const { page, main, paths, visitor, words } = guest
      for (const { slug, sku } of [other, sold]) {
        await visitor.open(paths.product(slug))
        const kept = page.waitForResponse((answer) => answer.url().endsWith('/wishlist/change'))
        await main.getByRole('button', { name: words.product.wish(`Ball ${sku}`) }).click()
        await kept
      }
      await choosesEuros(guest)
      await visitor.open(paths.wishlist())
      const [mine, others] = [main.getByRole('listitem').first(), main.getByRole('listitem').last()]
      assert.match(await mine.innerText(), /€27/)
      assert.match(await others.innerText(), /₴/)
      assert.equal(await others.getByRole('button', { name: words.wishlist.toCart }).count(), 0)
      await visitor.isAccessible()
      await mine.getByRole('button', { name: words.wishlist.toCart }).click()
      await main.getByText(words.wishlist.moved(`Ball ${sold.sku}`)).waitFor()
    })
  })

  test('without scripts is shown it all the same', () =>
    visits.visit({ script: false, size: 'phone' }, async (guest) => {
      const { main, paths, visitor, words, page } = guest
      await visitor.open(paths.category('running-shoes'))
      await page.getByRole('button', { name: words.shell.pricesIn('EUR') }).click()
      await page.waitForURL(/running-shoes$/)
      assert.match(await main.getByRole('article').first().innerText(), /€/)
    }))
})

test('after all of it no unit and no cent is missing', async () => {
  await visits.journey.shop.mustBeSound()
})
