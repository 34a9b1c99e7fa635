/** Addresses that are kept, and where the focus is when something on the page goes. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { A, good } from '../journeys/journey.ts'
import { BUYER, fillsContact, putsInCart } from './buying.ts'
import { type Guest, Visits } from './visits.ts'

let visits: Visits
before(async () => {
  visits = await Visits.begin()
})
after(() => visits?.[Symbol.asyncDispose]())

const PASSWORD = 'hedgehogs run at night!'

async function comesWithAccount({ visitor, main, page, paths, words: { account } }: Guest) {
  const email = `${crypto.randomUUID().slice(0, 8)}@example.test`
  await visitor.open(paths.register())
  await main.getByLabel(account.email, { exact: true }).fill(email)
  await main.getByLabel(account.name, { exact: true }).fill(BUYER.name)
  await main.getByLabel(account.birthDate).fill('1990-02-28')
  await main.getByLabel(account.password, { exact: true }).fill(PASSWORD)
  await main.getByRole('button', { name: account.register }).click()
  await page.waitForURL(/account/)
  return email
}

async function keepsAddress({ visitor, main, page, paths, words }: Guest, line1: string) {
  const { account, checkout } = words
  await visitor.open(paths.address('new'))
  await main.getByLabel(checkout.name).fill(BUYER.name)
  await main.getByLabel(checkout.city).fill(BUYER.city)
  await main.getByLabel(checkout.line1).fill(line1)
  await main.getByRole('button', { name: account.addresses.save }).click()
  await page.waitForURL(/saved/)
}

/** What has the focus, in words. */
const focused = ({ page }: Guest) =>
  page.evaluate<string>('document.activeElement?.textContent ?? ""')

test('an address that is kept is not offered to be kept again, and one that is not is', async () => {
  const { slug } = await visits.aProduct(3)
  await visits.visit({ language: 'en', size: 'phone' }, async (guest) => {
    const { visitor, main, page, paths, words } = guest
    const { checkout } = words
    await comesWithAccount(guest)
    await keepsAddress(guest, BUYER.line1)
    await putsInCart(guest, slug)
    await visitor.open(paths.checkout('contact'))
    await fillsContact(guest)
    const offer = main.getByLabel(checkout.keepAddress)
    await offer.waitFor()
    await main.getByLabel(checkout.city).fill(BUYER.city)
    await main.getByLabel(checkout.line1).fill(`${BUYER.line1}-a`)
    assert.equal(await offer.count(), 1)
    await main.getByLabel(checkout.line1).fill(BUYER.line1)
    await offer.waitFor({ state: 'detached' })
    await visitor.isAccessible()
    await main.getByRole('button', { name: checkout.sendHere }).click()
    await page.waitForURL(/delivery$/)
    // The form now begins with it, before any script of the page runs.
    const cookies = await visitor.context.cookies()
    const header = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    const { text } = await visits.journey.get(paths.checkout('address'), {
      headers: { accept: 'text/html', cookie: header },
    })
    assert.ok(text.includes(`value="${BUYER.line1}"`))
    assert.ok(!text.includes('name="keepAddress"'))
  })
})

test('whoever ends a session or removes an address by keyboard is at the title afterwards, and hears what came of it', async () => {
  await visits.visit({ language: 'en' }, async (guest) => {
    const { visitor, main, paths, words } = guest
    const { account } = words
    const email = await comesWithAccount(guest)
    await visits.journey.signIn(email, PASSWORD)
    await visits.journey.signIn(email, PASSWORD)
    await visitor.open(paths.account('sessions'))
    for (let left = 2; left > 0; left -= 1) {
      const ends = main.getByRole('button', { name: /^End the session of/ })
      await ends.first().press('Enter')
      await main.getByText(account.sessions.ended).waitFor()
      await ends.nth(left - 1).waitFor({ state: 'detached' })
      assert.equal(await focused(guest), account.sessions.title)
    }
    for (const line1 of ['One, 1', 'Two, 2']) await keepsAddress(guest, line1)
    for (const line1 of ['One, 1', 'Two, 2']) {
      await main.getByRole('button', { name: new RegExp(line1) }).press('Enter')
      await main.getByText(line1).first().waitFor({ state: 'detached' })
      await main.getByText(account.addresses.removed).waitFor()
      assert.equal(await focused(guest), account.addresses.title)
    }
  })
})

test('a line that is removed from the cart by keyboard leaves the focus on the way back', async () => {
  const [one, other] = [await visits.aProduct(3), await visits.aProduct(3)]
  await visits.visit({ language: 'en', size: 'phone' }, async (guest) => {
    const { visitor, main, paths, words } = guest
    for (const { slug } of [one, other]) await putsInCart(guest, slug)
    await visitor.open(paths.cart())
    for (const { sku } of [one, other]) {
      await main.getByRole('button', { name: words.cart.removeOf(`Ball ${sku}`) }).press('Enter')
      await main.getByText(words.cart.removed(`Ball ${sku}`)).waitFor()
      assert.equal(await focused(guest), words.cart.undo)
    }
  })
})

test('the step of payment names who moves the money, and says that the test provider moves none', async () => {
  const { slug } = await visits.aProduct(3)
  const { provider } = good(await visits.journey.get(`${A}/payments/methods?lang=en`))
  await visits.visit({ language: 'en' }, async (guest) => {
    const { visitor, main, page, paths, words } = guest
    const { checkout } = words
    await putsInCart(guest, slug)
    await visitor.open(paths.checkout('contact'))
    await fillsContact(guest)
    await main.getByRole('button', { name: checkout.collect }).click()
    await page.waitForURL(/payment$/)
    assert.deepEqual(provider, { name: 'Test provider', isTest: true })
    await main.getByText(checkout.paidByTest).waitFor()
    assert.doesNotMatch(checkout.paidBy('Stripe'), /test/i)
  })
})
