/** What people keep in their account: addresses, and the one that letters go to. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import { A, good, type Json } from '../journeys/journey.ts'
import { fillsContact, putsInCart } from './buying.ts'
import { anEmail, PASSWORD, registers, signsIn } from './people.ts'
import { type Guest, until, Visits } from './visits.ts'

let visits: Visits
before(async () => {
  visits = await Visits.begin()
})
after(() => visits?.[Symbol.asyncDispose]())

/** The token of the letter that waits to be sent to an address. */
async function linkSentTo(email: string): Promise<string> {
  const as = await visits.journey.token('admin')
  const { items } = good(await visits.journey.get(`${A}/users/notices?limit=100`, { as }))
  const found = items.find((each: Json) => each.email === email && each.token !== null)
  assert.ok(found !== undefined, `no letter goes to ${email}`)
  return found.token
}

/** Fills in an address and saves it; what was there is replaced. */
async function savesAddress({ main, words: { account, checkout } }: Guest, line1: string) {
  await main.getByLabel(checkout.name, { exact: true }).fill('Оксана Забужко-Мандрівниця')
  await main.getByLabel(checkout.city, { exact: true }).fill('Львів')
  await main.getByLabel(checkout.line1, { exact: true }).fill(line1)
  await main.getByRole('button', { name: account.addresses.save }).click()
}

suite('the address book', { concurrency: 2 }, () => {
  for (const look of [
    { language: 'en', size: 'phone', scheme: 'dark' },
    { language: 'uk', size: 'desktop', scheme: 'light' },
  ] as const) {
    test(`keeps, changes and removes addresses, and offers one at the checkout: in ${look.language} on a ${look.size}`, async () => {
      const { slug } = await visits.aProduct(3)
      await visits.visit(look, async (guest) => {
        const { visitor, page, main, paths, words } = guest
        const { addresses: said } = words.account
        await registers(guest, anEmail())
        await visitor.open(paths.account('addresses'))
        await main.getByText(said.none).waitFor()
        await visitor.isAccessible()
        await visitor.fits()
        await main.getByRole('link', { name: said.add }).click()
        await page.waitForURL(/addresses\/new$/)
        await main.getByRole('heading', { name: said.newTitle }).waitFor()
        await visitor.isAccessible()
        await visitor.fits()
        await savesAddress(guest, 'вул. Личаківська, 1')
        await main.getByText(said.saved).waitFor()
        await visitor.isAccessible()
        await visitor.open(paths.address('new'))
        await main.getByLabel(said.isUsual).check()
        await savesAddress(guest, 'вул. Городоцька, 2')
        await main.getByText(said.saved).waitFor()
        // The usual one is the first.
        const list = main.getByRole('region', { name: said.title }).getByRole('listitem')
        const first = list.first()
        await first.getByText('вул. Городоцька, 2').first().waitFor()
        await first.getByText(said.usual, { exact: true }).waitFor()
        await main.getByRole('link', { name: said.changeOf('вул. Личаківська, 1') }).click()
        await page.waitForURL(/addresses\/[0-9a-f-]{36}$/)
        await savesAddress(guest, 'вул. Зелена, 3')
        await main.getByText(said.saved).waitFor()
        assert.equal(await main.getByText('вул. Личаківська, 1').count(), 0)
        await putsInCart(guest, slug)
        await visitor.open(paths.checkout('contact'))
        await fillsContact(guest)
        await main
          .getByText(/Зелена, 3/)
          .first()
          .waitFor()
        await main
          .getByText(/Городоцька, 2/)
          .first()
          .waitFor()
        await visitor.isAccessible()
        await visitor.open(paths.account('addresses'))
        const gone = list.filter({ hasText: 'Зелена' })
        await gone.getByRole('button', { name: said.remove }).click()
        await main.getByText(said.removed).waitFor()
        await until(page, "document.activeElement === document.querySelector('main h1')")
        await gone.waitFor({ state: 'detached' })
        await visitor.isAccessible()
      })
    })
  }

  test('says what is wrong with an address, and shows what was typed', () =>
    visits.visit({ language: 'en' }, async (guest) => {
      const { visitor, main, paths, words } = guest
      await registers(guest, anEmail())
      await visitor.open(paths.address('new'))
      // One line that is none: only blanks.
      await savesAddress(guest, '   ')
      await main.getByRole('alert').getByText(words.account.addresses.wrong).waitFor()
      await main.locator('[name=line1][aria-invalid=true]').waitFor()
      assert.equal(await main.locator('[name=city]').inputValue(), 'Львів')
      await visitor.isAccessible()
    }))
})

suite('the e-mail address of an account', { concurrency: 2 }, () => {
  for (const look of [
    { language: 'en', size: 'desktop', scheme: 'dark' },
    { language: 'uk', size: 'phone', scheme: 'light' },
  ] as const) {
    test(`becomes another by the password and the link of the letter: in ${look.language} on a ${look.size}`, async () => {
      const [email, wanted] = [anEmail(), anEmail()]
      await visits.visit(look, async (guest) => {
        const { visitor, page, main, paths, words } = guest
        const { account } = words
        const { emailChange: said } = account
        await registers(guest, email)
        await visitor.open(paths.account('email'))
        await visitor.isAccessible()
        await visitor.fits()
        const asks = async (password: string) => {
          await main.getByLabel(said.email, { exact: true }).fill(wanted)
          await main.getByLabel(account.oldPassword, { exact: true }).fill(password)
          await main.getByRole('button', { name: said.send }).click()
        }
        await asks('not the password at all')
        await main.locator('[name=password][aria-invalid=true]').waitFor()
        await visitor.isAccessible()
        await asks(PASSWORD)
        await main.getByText(said.sent(wanted)).waitFor()
        await until(page, "document.activeElement === document.querySelector('main h1')")
        await visitor.isAccessible()
        await visitor.open(`${paths.confirmEmail()}?token=${await linkSentTo(wanted)}`)
        await visitor.isAccessible()
        await visitor.fits()
        await main.getByRole('button', { name: account.verifyConfirm }).click()
        await main.getByRole('heading', { name: said.done }).waitFor()
        await visitor.isAccessible()
        await visitor.open(paths.account('profile'))
        await main.getByText(wanted).first().waitFor()
      })
      await visits.visit(look, async (guest) => {
        const { visitor, main, paths, words } = guest
        await visitor.open(paths.signIn())
        await signsIn(guest, email, PASSWORD)
        await main.getByText(words.account.faults['identity.credentials-wrong'] ?? '').waitFor()
        await signsIn(guest, wanted, PASSWORD)
        await main.getByRole('heading', { name: words.account.orders.title }).waitFor()
      })
    })
  }

  test('stays as it was for who comes with a link that is not whole or not good', () =>
    visits.visit({ language: 'en', size: 'phone' }, async (guest) => {
      const { visitor, main, paths, words } = guest
      await visitor.open(paths.confirmEmail())
      await main.getByRole('heading', { name: words.account.linkMissing }).waitFor()
      await visitor.isAccessible()
      await visitor.open(`${paths.confirmEmail()}?token=of-no-letter`)
      await main.getByRole('button', { name: words.account.verifyConfirm }).click()
      await main.getByRole('alert').waitFor()
      assert.equal(await main.getByRole('button').count(), 0, 'another press would not help')
      await visitor.isAccessible()
    }))
})
