/** Orders from the first look to the confirmation: in both shops, two languages, on phones and desks. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import type { Request } from 'playwright-core'

import { good } from '../journeys/journey.ts'
import {
  BUYER,
  chooses,
  fillsAddress,
  fillsContact,
  goesToReview,
  isThanked,
  orderAt,
  orders,
  putsInCart,
} from './buying.ts'
import { Visits, type Guest } from './visits.ts'

let visits: Visits
before(async () => {
  visits = await Visits.begin()
})
after(() => visits?.[Symbol.asyncDispose]())

/** In one shop not after the same: of some sizes there is one, which the slower of two does not get. */
const WALKS = [
  { shop: 'demo', language: 'uk', size: 'phone', scheme: 'light', sought: 'кросівки' },
  { shop: 'demo', language: 'en', size: 'desktop', scheme: 'dark', sought: 'backpack' },
  { shop: 'second', language: 'uk', size: 'phone', scheme: 'dark', sought: 'кросівки' },
  { shop: 'second', language: 'en', size: 'desktop', scheme: 'light', sought: 'jacket' },
] as const

suite('a guest', { concurrency: 2 }, () => {
  for (const { sought, ...look } of WALKS) {
    const where = `${look.shop} in ${look.language}, on a ${look.size} in the ${look.scheme}`
    test(`buys from the front page to the confirmation: ${where}`, () =>
      visits.visit(look, async (guest) => {
        const { visitor, page } = guest
        await findsByKeyboard(guest, sought)
        await choosesVariant(guest)
        await opensDrawer(guest)
        await guest.main.getByLabel(guest.words.checkout.phone).waitFor()
        await visitor.isAccessible()
        await fillsContact(guest)
        await visitor.isAccessible()
        await fillsAddress(guest)
        await visitor.isAccessible()
        await chooses(guest, 'delivery', 'courier')
        await page.waitForURL(/payment$/)
        await visitor.isAccessible()
        await chooses(guest, 'payment', 'card-redirect')
        await page.waitForURL(/review$/)
        await visitor.fits()
        await visitor.isAccessible()
        await approvesAtBank(guest)
        await visitor.isAccessible()
        await visitor.fits()
      }))
  }
})

/** Types, goes down the suggestions by arrows, and takes the first product found. */
async function findsByKeyboard(guest: Guest, sought: string): Promise<void> {
  const { visitor, page, main, paths } = guest
  await visitor.open(paths.home())
  await page.locator('#q').focus()
  await page.keyboard.type(sought, { delay: 10 })
  await page.getByRole('option').first().waitFor()
  await visitor.isAccessible()
  await page.keyboard.press('ArrowDown')
  await page.locator('#q[aria-activedescendant]').waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/(search|c|b|p)[/?]/)
  if (!page.url().includes('/p/')) {
    await main.getByRole('article').first().getByRole('link').click()
  }
  await page.waitForURL(/\/p\//)
}

/** Another of what is for sale, where there is a choice, and into the cart: what is sold out says so by a title. */
async function choosesVariant({ page, main, words, visitor }: Guest): Promise<void> {
  await main.getByRole('heading', { level: 1 }).waitFor()
  const others = main.locator('fieldset label:not([title]) input[type=radio]:not(:checked)')
  if ((await others.count()) > 0) {
    // A press and no look at what came of it: what the locator finds changes with the press.
    await others.first().click({ force: true })
    await page.waitForURL(/sku=/)
  }
  await visitor.isAccessible()
  await main.getByRole('button', { name: words.productPage.add }).click()
  await main.getByRole('link', { name: words.productPage.toCart }).waitFor()
}

async function opensDrawer({ page, words, visitor }: Guest): Promise<void> {
  await page.locator('header a[aria-haspopup=dialog]').click()
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('listitem').first().waitFor()
  await visitor.isAccessible()
  await drawer.getByRole('link', { name: words.cart.toCheckout }).click()
  await page.waitForURL(/contact$/)
}

async function approvesAtBank(guest: Guest): Promise<void> {
  const { page, main, words } = guest
  await main.locator('form#place button[type=submit]').click()
  await page.getByRole('button', { name: 'Approve' }).click()
  await page.waitForURL(/\/orders\//)
  await isThanked(guest)
  const number = await main.getByRole('heading', { level: 1 }).innerText()
  assert.match(number, /\b[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$/, words.orders.thanks)
}

suite('at the bank', { concurrency: 2 }, () => {
  test('a card that is declined is told so, and another one pays the same order', async () => {
    const { slug } = await visits.aProduct(3)
    await visits.visit({ size: 'phone' }, async (guest) => {
      const { main, words, visitor } = guest
      await putsInCart(guest, slug)
      await goesToReview(guest, { payment: 'card-declined' })
      const id = await orders(guest)
      await main.getByRole('heading', { name: words.orders.declined }).waitFor()
      await visitor.isAccessible()
      await main.getByLabel(words.orders.payBy).selectOption('card')
      await main.locator('button[type=submit], form button').filter({ hasText: /₴/ }).click()
      await isThanked(guest)
      assert.equal(orderAt(guest.page.url()), id)
    })
  })

  test('who turns back at the bank may pay another way', async () => {
    const { slug } = await visits.aProduct(3, 'second', 4_900)
    await visits.visit({ shop: 'second', size: 'phone', scheme: 'dark' }, async (guest) => {
      const { main, page, words } = guest
      await putsInCart(guest, slug)
      await goesToReview(guest, { payment: 'card-redirect', delivery: 'pickup' })
      await main.locator('form#place button[type=submit]').click()
      await page.getByRole('button', { name: 'Decline' }).click()
      await page.waitForURL(/\/orders\//)
      await main.getByRole('heading', { name: words.orders.declined }).waitFor()
    })
  })

  test('a bank that takes its time is waited for, and nobody has to reload', async () => {
    const { slug } = await visits.aProduct(3)
    await visits.visit({ language: 'en' }, async (guest) => {
      const { main, words, visitor } = guest
      await putsInCart(guest, slug)
      await goesToReview(guest, { payment: 'card-slow' })
      await orders(guest)
      await main.getByRole('heading', { name: words.orders.paying }).waitFor()
      await visitor.isAccessible()
      assert.deepEqual(await moving(guest), [], 'who wants no motion gets none')
      await isThanked(guest)
    })
  })
})

/** What moves though the visitor's system says that nothing should. */
async function moving({ page }: Guest): Promise<readonly string[]> {
  return page.evaluate<string[]>(
    `document.getAnimations()
      .filter(({ effect, playState }) =>
        playState === 'running' && Number(effect.getComputedTiming().duration) > 20)
      .map(({ effect }) => effect.target.outerHTML.slice(0, 80))`,
  )
}

/** What was typed earlier may be kept at the same time; this is the request that has it all. */
function keeps(asked: Request, typed: string): boolean {
  return asked.url().endsWith('/checkout/keep') && asked.postData()?.includes(typed) === true
}

suite('what was typed', { concurrency: 2 }, () => {
  test('is there again after a reload, a step back and the browser’s Back, in every step', async () => {
    const { slug } = await visits.aProduct(3)
    await visits.visit({ language: 'en' }, async (guest) => {
      const {
        main,
        page,
        paths,
        visitor,
        words: { checkout },
      } = guest
      await putsInCart(guest, slug)
      await visitor.open(paths.checkout('contact'))
      await main.getByLabel(checkout.phone).fill(BUYER.phone)
      await main.getByLabel(checkout.email).fill(BUYER.email)
      await main.getByLabel(checkout.name).fill(BUYER.name)
      await page.waitForLoadState('networkidle')
      const kept = page.waitForRequest((asked) => keeps(asked, BUYER.name))
      await page.keyboard.press('Tab')
      await (await kept).response()
      await page.reload()
      assert.equal(await main.getByLabel(checkout.phone).inputValue(), BUYER.phone)
      assert.equal(await main.getByLabel(checkout.name).inputValue(), BUYER.name)
      await visitor.isAwake()
      await main.getByRole('button', { name: checkout.next }).click()
      await page.waitForURL(/address$/)
      await fillsAddress(guest)
      await page.reload()
      await visitor.isAwake()
      await page.goBack()
      await page.waitForURL(/address$/)
      await main.getByLabel(checkout.city).waitFor()
      assert.equal(await main.getByLabel(checkout.city).inputValue(), BUYER.city)
      await main.getByRole('link', { name: checkout.back }).click()
      await page.waitForURL(/contact$/)
      assert.equal(await main.getByLabel(checkout.email).inputValue(), BUYER.email)
      const asked = await visits.journey.get('/api/v1/payments/methods?lang=en')
      const { items } = good(asked) as { items: { method: string; name: string }[] }
      const slow = items.find(({ method }) => method === 'card-slow')
      await visitor.open(paths.checkout('delivery'))
      await chooses(guest, 'delivery', 'courier')
      await page.waitForURL(/payment$/)
      await page.goBack()
      await page.waitForURL(/delivery$/)
      assert.ok(await main.locator('input[value=courier]').isChecked())
      await page.goForward()
      await chooses(guest, 'payment', 'card-slow')
      await page.waitForURL(/review$/)
      await page.reload()
      await main.getByText(BUYER.line1).waitFor()
      await main.getByText(slow?.name ?? 'a way to pay').waitFor()
    })
  })

  test('wrongly is named beside its field, which gets the focus', async () => {
    const { slug } = await visits.aProduct(3)
    await visits.visit({ size: 'phone', scheme: 'dark' }, async (guest) => {
      const {
        main,
        visitor,
        paths,
        words: { checkout },
      } = guest
      await putsInCart(guest, slug)
      await visitor.open(paths.checkout('contact'))
      await main.getByLabel(checkout.phone).fill('not a number')
      await main.getByLabel(checkout.email).fill('nobody')
      await main.getByRole('button', { name: checkout.next }).click()
      await main.getByText(checkout.missing['email'] ?? '').waitFor()
      await main.locator('[name=phone][aria-invalid=true]:focus').waitFor()
      assert.equal(await main.locator('[aria-invalid=true]').count(), 3)
      await visitor.isAccessible()
    })
  })

  test('and ordered without any script goes the same way', async () => {
    const { slug } = await visits.aProduct(3)
    await visits.visit({ script: false, size: 'phone' }, async (guest) => {
      const { main, page, paths, visitor, words } = guest
      await visitor.open(paths.product(slug))
      await main.getByRole('button', { name: words.productPage.add }).click()
      await page.waitForURL(/cart$/)
      await goesToReview(guest, { payment: 'card' })
      await main.locator('form#place button[type=submit]').click()
      await page.waitForURL(/orders/)
      await main.locator('button[value=pay]').click()
      await isThanked(guest)
    })
  })
})

test('what came of it all is in order', async () => {
  good(await visits.journey.get('/readyz'))
  await visits.journey.shop.mustBeSound()
})
