/** Asking for a return, withdrawing it, and hearing what the shop says. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import { DEMO_PASSWORD } from '../../server/demo/users.ts'
import { A, good, type Json, TERMS } from '../journeys/journey.ts'
import { goesToReview, isThanked, orders, putsInCart } from './buying.ts'
import { signsIn } from './people.ts'
import { type Guest, Visits } from './visits.ts'

let visits: Visits
before(async () => {
  visits = await Visits.begin()
})
after(() => visits?.[Symbol.asyncDispose]())

/** Buys a product as a guest and stays on the page of the order. */
async function buys(guest: Guest, slug: string): Promise<string> {
  await putsInCart(guest, slug)
  await goesToReview(guest)
  const order = await orders(guest)
  await isThanked(guest)
  return order
}

const decide = async (id: string, verb: 'approve' | 'decline', body?: object): Promise<Json> =>
  good(
    await visits.journey.post(`${A}/returns/${id}/${verb}`, body, {
      as: await visits.journey.token('admin'),
    }),
  )

async function newestReturn(orderId: string): Promise<Json> {
  const as = await visits.journey.token('admin')
  return good(await visits.journey.get(`${A}/orders/${orderId}/returns`, { as })).items[0]
}

/** Somebody new with an order of so many of one thing that is paid. */
async function anOwnOrder(
  units: number,
): Promise<{ readonly email: string; readonly order: Json }> {
  const { sku } = await visits.aProduct(5)
  const email = `${crypto.randomUUID().slice(0, 8)}@example.test`
  const user = { email, username: 'Оксана', password: DEMO_PASSWORD, birthDate: '1990-02-28' }
  good(await visits.journey.post(`${A}/users/register`, user), 201)
  const ask = { as: (await visits.journey.signIn(email, DEMO_PASSWORD)).accessToken }
  const cartId = await visits.journey.aCart(sku, units, ask)
  const order = good(await visits.journey.post(`${A}/orders`, { cartId, ...TERMS }, ask), 201)
  good(await visits.journey.post(`${A}/payments/${order.payment.id}/process`, undefined, ask))
  return { email, order }
}

suite('a return', { concurrency: 2 }, () => {
  for (const look of [
    { language: 'en', size: 'phone', scheme: 'dark' },
    { language: 'uk', size: 'desktop', scheme: 'light' },
  ] as const) {
    test(`is asked for by a guest, withdrawn, asked for again and declined: in ${look.language} on a ${look.size}`, async () => {
      const { slug } = await visits.aProduct(5)
      await visits.visit(look, async (guest) => {
        const { visitor, page, main, paths, words } = guest
        const { returns: said } = words
        const order = await buys(guest, slug)
        await main.getByRole('link', { name: said.link }).click()
        await page.waitForURL(/\/return$/)
        await main.getByLabel(said.why).waitFor()
        await visitor.isAccessible()
        await visitor.fits()
        // One thing was bought, so it is clear what goes back; why is not.
        await page.evaluate("document.querySelector('#reason').required = false")
        await main.getByRole('button', { name: said.send }).click()
        await main
          .getByRole('alert')
          .getByText(said.problem({ code: 'reason' }))
          .waitFor()
        await visitor.isAccessible()
        await main.getByLabel(said.why).selectOption('wrong-size')
        await main.getByLabel(said.comment).fill('Завеликі.\nПотрібні менші.')
        await main.getByRole('button', { name: said.send }).click()
        await page.waitForURL(/returned=/)
        const { id, number } = await newestReturn(order)
        await main.getByText(said.sent(number)).waitFor()
        await main.getByText(said.state['requested'] ?? '', { exact: true }).waitFor()
        assert.equal(await main.getByRole('link', { name: said.link }).count(), 0)
        await visitor.isAccessible()
        await visitor.fits()
        await main.getByRole('button', { name: said.withdrawOf(number) }).click()
        await main.getByText(said.state['withdrawn'] ?? '', { exact: true }).waitFor()
        assert.equal((await newestReturn(order)).id, id)
        await main.getByRole('link', { name: said.link }).click()
        await page.waitForURL(/\/return$/)
        await main.getByLabel(said.why).selectOption('damaged')
        await main.getByRole('button', { name: said.send }).click()
        await page.waitForURL(/returned=/)
        const because = 'Підошва зношена.'
        await decide((await newestReturn(order)).id, 'decline', { because })
        await visitor.open(paths.order(order))
        await main.getByText(said.state['declined'] ?? '', { exact: true }).waitFor()
        await main.getByText(because).waitFor()
        await visitor.isAccessible()
      })
    })
  }

  test('of a part is in the account of its buyer, with what the shop says, and of the rest another', async () => {
    const { email, order } = await anOwnOrder(3)
    await visits.visit({ language: 'en' }, async (guest) => {
      const { visitor, page, main, paths, words } = guest
      const { returns: said } = words
      await visitor.open(paths.signInFor(paths.account('returns')))
      await signsIn(guest, email, DEMO_PASSWORD)
      await page.waitForURL(/account\/returns$/)
      await main.getByText(said.none).waitFor()
      await visitor.isAccessible()
      await visitor.open(paths.returnOf(order.id))
      const units = main.getByRole('spinbutton')
      await main.getByLabel(said.why).selectOption('changed-mind')
      await main.getByRole('button', { name: said.send }).click()
      await main
        .getByRole('alert')
        .getByText(said.problem({ code: 'nothing' }))
        .waitFor()
      assert.equal(await main.getByLabel(said.why).inputValue(), 'changed-mind')
      await units.fill('2')
      await main.getByRole('button', { name: said.send }).dblclick()
      await page.waitForURL(/returned=/)
      const { id, number, lines } = await newestReturn(order.id)
      assert.deepEqual(
        lines.map(({ quantity }: Json) => quantity),
        [2],
      )
      await decide(id, 'approve')
      await visitor.open(paths.account('returns'))
      await main.getByText(said.number(number)).waitFor()
      await main.getByText(said.state['approved'] ?? '', { exact: true }).waitFor()
      await visitor.isAccessible()
      await visitor.fits()
      await main.getByRole('link', { name: said.ofOrder(order.number) }).click()
      await page.waitForURL(/orders/)
      await main.getByRole('link', { name: said.link }).click()
      await page.waitForURL(/\/return$/)
      assert.equal(await units.getAttribute('max'), '1')
    })
    const as = await visits.journey.token('admin')
    const { items } = good(await visits.journey.get(`${A}/orders/${order.id}/returns`, { as }))
    assert.equal(items.length, 1, 'what is sent twice is asked for once')
  })

  test('needs no scripts', async () => {
    const { email, order } = await anOwnOrder(1)
    await visits.visit({ language: 'en', script: false, size: 'phone' }, async (guest) => {
      const { page, main, paths, words } = guest
      const { returns: said } = words
      await page.goto(paths.signInFor(paths.returnOf(order.id)))
      await signsIn(guest, email, DEMO_PASSWORD)
      await page.waitForURL(/\/return$/)
      await main.getByLabel(said.why).selectOption('other')
      await main.getByRole('button', { name: said.send }).click()
      await page.waitForURL(/returned=/)
      const { number } = await newestReturn(order.id)
      await main.getByText(said.sent(number)).waitFor()
      await main.getByRole('button', { name: said.withdrawOf(number) }).click()
      await main.getByText(said.state['withdrawn'] ?? '', { exact: true }).waitFor()
    })
  })

  test('is nobody else’s to ask for', async () => {
    const { order } = await anOwnOrder(1)
    await visits.visit({ language: 'en', size: 'phone' }, async ({ visitor, page, paths }) => {
      const answer = await page.goto(paths.returnOf(order.id))
      assert.equal(answer?.status(), 404)
      visitor.isContent(/404/)
    })
  })
})
