/** People with an account: how they get it, what they see in it, what they buy with it. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import { DEMO_PASSWORD } from '../../server/demo/users.ts'
import { A, good } from '../journeys/journey.ts'
import { goesToReview, isThanked, orders, putsInCart } from './buying.ts'
import { anEmail, PASSWORD, registers, signsIn } from './people.ts'
import { type Guest, Visits } from './visits.ts'

let visits: Visits
before(async () => {
  visits = await Visits.begin()
})
after(() => visits?.[Symbol.asyncDispose]())

const NEW_PASSWORD = 'badgers run at night, too!'

suite('an account', { concurrency: 2 }, () => {
  test('is made in a minute, its address confirmed by the link of the letter, asked for once more', () =>
    visits.visit({ size: 'phone' }, async (guest) => {
      const {
        visitor,
        page,
        main,
        words: { account },
        paths,
      } = guest
      const email = anEmail()
      await visitor.open(paths.register())
      await visitor.isAccessible()
      await registers(guest, email)
      await main.getByText(account.welcome(email)).waitFor()
      await main.getByText(account.profile.unverified).waitFor()
      await visitor.isAccessible()
      await visitor.fits()
      await main.getByRole('button', { name: account.profile.sendAgain }).click()
      await main.getByText(account.profile.sent).waitFor()
      await visitor.open(`${paths.verify()}?token=not-a-token-of-any-letter`)
      await main.getByRole('button', { name: account.verifyConfirm }).click()
      await main.getByRole('alert').waitFor()
      await visitor.isAccessible()
      await page.getByRole('link', { name: account.toAccount }).click()
      await page.waitForURL(/profile/)
    }))

  test('that cannot be made says which field is why', () =>
    visits.visit({ language: 'en', scheme: 'dark' }, async (guest) => {
      const {
        visitor,
        main,
        words: { account },
        paths,
      } = guest
      await visitor.open(paths.register())
      await main.getByLabel(account.email, { exact: true }).fill('shopper@demo.test')
      await main.getByLabel(account.name, { exact: true }).fill('Somebody')
      await main.getByLabel(account.birthDate).fill('1990-02-28')
      await main.getByLabel(account.password, { exact: true }).fill(PASSWORD)
      await main.getByRole('button', { name: account.register }).click()
      await main.getByRole('alert').waitFor()
      await main.locator('[name=email][aria-invalid=true]').waitFor()
      await visitor.isAccessible()
      await main.getByLabel(account.email, { exact: true }).fill(anEmail())
      await main.getByLabel(account.password, { exact: true }).fill('short')
      await main.getByRole('button', { name: account.register }).click()
      await main.locator('[name=password][aria-invalid=true]').waitFor()
      await main.getByLabel(account.password, { exact: true }).fill(PASSWORD)
      await main.getByRole('button', { name: account.register }).click()
      await main.getByRole('heading', { name: account.profile.title }).waitFor()
    }))

  test('is called otherwise, is greeted so on every page, and has what was noted of them forgotten', async () => {
    await visits.visit({ size: 'phone', scheme: 'dark' }, async (guest) => {
      const { visitor, main, page, paths, words } = guest
      await registers(guest, anEmail())
      await visitor.open(paths.account('profile'))
      await main.getByLabel(words.account.name, { exact: true }).fill('Софія')
      await main.getByRole('button', { name: words.account.profile.rename }).click()
      await main.getByText(words.account.profile.renamed).waitFor()
      await visitor.isAccessible()
      await visitor.fits()
      await page.getByRole('link', { name: words.shell.accountOf('Софія') }).waitFor()
      await main.getByRole('button', { name: words.account.profile.forget }).click()
      await main.getByText(words.account.profile.forgotten).waitFor()
    })
  })

  test('has a list of devices, which are ended one by one, and a password that is changed', async () => {
    const email = anEmail()
    await visits.visit({ language: 'en' }, async (guest) => {
      const {
        visitor,
        main,
        page,
        words: { account },
        paths,
      } = guest
      await registers(guest, email)
      await visits.journey.signIn(email, PASSWORD)
      await visitor.open(paths.account('sessions'))
      assert.equal(await main.getByRole('list').last().getByRole('listitem').count(), 2)
      await visitor.isAccessible()
      await main.getByRole('button', { name: /^End the session of/ }).click()
      await main.getByText(account.sessions.ended).waitFor()
      await visitor.open(paths.account('password'))
      await visitor.isAccessible()
      await changesPassword(guest, 'not the password at all', NEW_PASSWORD)
      await main.locator('[name=oldPassword][aria-invalid=true]').waitFor()
      await visitor.isAccessible()
      await changesPassword(guest, PASSWORD, NEW_PASSWORD)
      await main.getByText(account.change.done).waitFor()
      await main.getByRole('button', { name: account.signOut }).first().click()
      await page.waitForURL((url) => !url.pathname.includes('account'))
      await visitor.open(paths.account())
      await page.waitForURL(/sign-in/)
      await signsIn(guest, email, PASSWORD)
      await main.getByText(account.faults['identity.credentials-wrong'] ?? '').waitFor()
      await visitor.isAccessible()
      await signsIn(guest, email, NEW_PASSWORD)
      await main.getByRole('heading', { name: account.orders.title }).waitFor()
    })
  })
})

async function changesPassword({ main, words: { account } }: Guest, old: string, wanted: string) {
  await main.getByLabel(account.oldPassword, { exact: true }).fill(old)
  await main.getByLabel(account.newPassword, { exact: true }).fill(wanted)
  await main.getByRole('button', { name: account.change.save }).click()
}

suite('who signs in', { concurrency: 2 }, () => {
  test('on the way to buy takes the cart along, finds the order in the account, cancels and repeats it', async () => {
    const { slug, sku } = await visits.aProduct(9)
    const email = anEmail()
    await visits.visit({}, (guest) => registers(guest, email))
    await visits.visit({ language: 'en', size: 'phone' }, async (guest) => {
      const {
        visitor,
        page,
        main,
        paths,
        words: { account, orders: said, checkout },
      } = guest
      await putsInCart(guest, slug)
      await visitor.open(paths.checkout('contact'))
      await main.getByRole('link', { name: checkout.signIn }).click()
      await page.waitForURL(/sign-in/)
      await signsIn(guest, email, PASSWORD)
      await page.waitForURL(/checkout\/contact$/)
      assert.equal(await main.getByLabel(checkout.email).inputValue(), email)
      await goesToReview(guest, { payment: 'card-declined' })
      const declined = await orders(guest)
      await main.getByRole('heading', { name: said.declined }).waitFor()
      await visitor.open(paths.account())
      await main.locator(`a[href$="${declined}"]`).first().waitFor()
      await visitor.isAccessible()
      await visitor.fits()
      await main.locator('summary').first().click()
      await main.locator('button[value=cancel]').first().click()
      await main.getByRole('status').waitFor()
      await main.getByText(account.orders.status['cancelled'] ?? '', { exact: true }).waitFor()
      assert.equal(await visits.journey.freeUnits(sku), 9)
      await main.getByRole('button', { name: account.orders.again }).first().click()
      await page.waitForURL(/cart$/)
      assert.equal(await visits.journey.freeUnits(sku), 8)
      await goesToReview(guest, { delivery: 'courier' })
      await orders(guest)
      await isThanked(guest)
      await visitor.open(paths.account())
      await main.getByText(account.orders.status['confirmed'] ?? '').waitFor()
    })
  })

  test('sees the same cart in another browser', async () => {
    const { slug, sku } = await visits.aProduct(9)
    const email = anEmail()
    await visits.visit({ language: 'en' }, async (guest) => {
      await registers(guest, email)
      await putsInCart(guest, slug)
    })
    await visits.visit({ language: 'en', size: 'phone', scheme: 'dark' }, async (guest) => {
      const { visitor, main, page, paths } = guest
      await visitor.open(paths.signInFor(paths.cart()))
      await signsIn(guest, email, PASSWORD)
      await page.waitForURL(/cart$/)
      await main.getByText(`Ball ${sku}`).first().waitFor()
      await visitor.isAccessible()
      await visitor.fits()
    })
  })
})

test('an order whose bank declined is cancelled by a guest, and its goods are in the cart again by a press', async () => {
  const { slug, sku } = await visits.aProduct(5)
  await visits.visit({ size: 'phone' }, async (guest) => {
    const { visitor, page, main, words } = guest
    await putsInCart(guest, slug)
    await goesToReview(guest, { payment: 'card-declined' })
    await orders(guest)
    await main.getByRole('heading', { name: words.orders.declined }).waitFor()
    await main.locator('summary').click()
    await visitor.isAccessible()
    await main.getByRole('button', { name: words.orders.cancelYes }).click()
    await main.getByRole('heading', { name: words.orders.cancelled }).waitFor()
    await visitor.isAccessible()
    await main.getByRole('button', { name: words.orders.again }).click()
    await page.waitForURL(/cart/)
    assert.equal(await visits.journey.freeUnits(sku), 4)
  })
})

test('a review is written by who bought, waits to be read, and is shown when somebody has', async () => {
  const { slug, id } = await visits.aProduct(5)
  await visits.visit({ language: 'en', size: 'phone' }, async (guest) => {
    const {
      visitor,
      page,
      main,
      paths,
      words: { writing, productPage, account },
    } = guest
    await visitor.open(paths.product(slug))
    await main.getByRole('link', { name: productPage.writeReview }).click()
    await page.waitForURL(/sign-in/)
    await signsIn(guest, 'shopper@demo.test', DEMO_PASSWORD)
    await page.waitForURL(/\/review$/)
    await main.getByRole('button', { name: writing.send }).waitFor()
    await visitor.isAccessible()
    await visitor.fits()
    await main.locator('input[name=rating][value="4"]').check({ force: true })
    await main
      .locator('#text')
      .fill('It is round, it bounces, and the dog could not bite it through.')
    await main.locator('#name').fill('Olena')
    await main.getByRole('button', { name: writing.send }).click()
    await main.getByText(writing.thanks).waitFor()
    await main.getByText(writing.waiting).waitFor()
    await visitor.isAccessible()
    await visitor.open(paths.account('reviews'))
    await main
      .getByText(account.reviews.status['waiting'] ?? '')
      .first()
      .waitFor()
    await visitor.isAccessible()
  })
  const { items } = good(await visits.journey.get(`${A}/products/${id}/reviews`))
  assert.deepEqual(items, [], 'nobody else reads it yet')
})

test('after all of it no unit and no hryvnia is missing', async () => {
  await visits.journey.shop.mustBeSound()
})
