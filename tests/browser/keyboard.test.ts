/** Everything without a mouse: each thing is reached by Tab, seen to have the focus, and works by keys. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import type { Locator, Page } from 'playwright-core'

import { BUYER, isThanked } from './buying.ts'
import { Visits } from './visits.ts'
import { anyOf } from './words.ts'

let visits: Visits
before(async () => {
  visits = await Visits.begin()
})
after(() => visits?.[Symbol.asyncDispose]())

const MOST_TABS = 120

/** What has the focus is on the screen, not under something, and drawn as having it. */
const SEEN = `(() => {
  const at = document.activeElement
  if (at === null || at === document.body) return 'nothing'
  const drawn = [at, ...(at.labels ?? []), at.nextElementSibling, at.parentElement]
    .filter((each) => each instanceof Element)
    .some((each) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each)
      return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none'
    })
  return drawn ? 'seen' : at.outerHTML.slice(0, 200)
})()`

/** Goes on by Tab until something has the focus; on the way it is always to be seen where one is. */
async function tabTo(page: Page, goal: Locator): Promise<void> {
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    await page.keyboard.press('Tab')
    const seen = await page.evaluate<string>(SEEN)
    // Behind the last thing of a page the browser's own bar comes, which is nothing here.
    if (seen === 'nothing') continue
    assert.equal(seen, 'seen', 'the focus is not to be seen')
    if ((await goal.and(page.locator(':focus')).count()) > 0) return
  }
  throw new Error(`nothing led to ${String(goal)}`)
}

async function isFocused(page: Page, goal: Locator): Promise<void> {
  await goal.and(page.locator(':focus')).waitFor()
}

for (const size of ['desktop', 'phone'] as const) {
  test(`a whole purchase by keys alone, on a ${size}`, async () => {
    const { slug } = await visits.aProduct(9)
    await visits.visit({ language: 'en', size }, async (guest) => {
      const { visitor, page, main, paths, words } = guest
      const { keyboard } = page
      const { checkout, cart, productPage, shell } = words
      const go = async (goal: Locator, key = 'Enter') => {
        await tabTo(page, goal)
        await keyboard.press(key)
      }
      await visitor.open(paths.product(slug))
      await go(page.getByRole('link', { name: shell.skip }))
      await go(main.getByRole('button', { name: productPage.add }))
      await main.getByRole('link', { name: productPage.toCart }).waitFor()
      await isFocused(page, main.getByRole('button', { name: productPage.add }))
      await visitor.open(paths.product(slug))
      await go(page.locator('header a[aria-haspopup=dialog]'))
      const drawer = page.getByRole('dialog')
      await drawer.waitFor()
      await go(drawer.getByRole('button', { name: cart.close }))
      await drawer.waitFor({ state: 'hidden' })
      await isFocused(page, page.locator('header a[aria-haspopup=dialog]'))
      await keyboard.press('Enter')
      await drawer.waitFor()
      await keyboard.press('Escape')
      await drawer.waitFor({ state: 'hidden' })
      await isFocused(page, page.locator('header a[aria-haspopup=dialog]'))
      await keyboard.press('Enter')
      await go(drawer.getByRole('link', { name: cart.toCheckout }))
      await page.waitForURL(/contact$/)
      await types(main.getByLabel(checkout.phone), BUYER.phone)
      await types(main.getByLabel(checkout.email), BUYER.email)
      await types(main.getByLabel(checkout.name), BUYER.name)
      await keyboard.press('Enter')
      await page.waitForURL(/address$/)
      await isFocused(page, main.getByRole('heading', { name: checkout.addressTitle }))
      await types(main.getByLabel(checkout.city), BUYER.city)
      await types(main.getByLabel(checkout.line1), BUYER.line1)
      await keyboard.press('Enter')
      await page.waitForURL(/delivery$/)
      await isFocused(page, main.getByRole('heading', { name: checkout.deliveryTitle }))
      await go(main.locator('input[name=delivery]').first(), 'ArrowDown')
      await go(main.getByRole('button', { name: checkout.next }))
      await page.waitForURL(/payment$/)
      await go(main.locator('input[name=payment][value=card]'), 'Space')
      await go(main.getByRole('button', { name: checkout.next }))
      await page.waitForURL(/review$/)
      await isFocused(page, main.getByRole('heading', { name: checkout.reviewTitle }))
      await go(main.getByRole('button', { name: anyOf(checkout.place) }))
      await isThanked(guest)

      async function types(field: Locator, text: string): Promise<void> {
        await tabTo(page, field)
        await keyboard.type(text)
      }
    })
  })
}

test('a cart is changed by keys, and a line that is taken out does not take the focus along', async () => {
  const [one, two] = [await visits.aProduct(9), await visits.aProduct(9)]
  await visits.visit({ language: 'en' }, async (guest) => {
    const { visitor, page, main, paths, words } = guest
    const { keyboard } = page
    for (const { slug } of [one, two]) {
      await visitor.open(paths.product(slug))
      await tabTo(page, main.getByRole('button', { name: words.productPage.add }))
      await keyboard.press('Enter')
      await main.getByRole('link', { name: words.productPage.toCart }).waitFor()
    }
    await visitor.open(paths.cart())
    const more = main.getByRole('button', { name: words.cart.more(`Ball ${one.sku}`) })
    await tabTo(page, more)
    await keyboard.press('Enter')
    await main.getByText(words.cart.count(3)).waitFor()
    await isFocused(page, more)
    await tabTo(page, main.getByRole('button', { name: words.cart.removeOf(`Ball ${one.sku}`) }))
    await keyboard.press('Enter')
    await isFocused(page, main.getByRole('button', { name: words.cart.undo }))
    await keyboard.press('Enter')
    await main.getByText(words.cart.count(3)).waitFor()
    await isFocused(page, main.getByRole('heading', { level: 1 }))
  })
})
