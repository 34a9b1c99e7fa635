/** A bank that is asked and never answers. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { goesToReview, isThanked, orderAt, orders, putsInCart } from './buying.ts'
import { type Guest, Visits } from './visits.ts'

let visits: Visits
before(async () => {
  visits = await Visits.begin()
})
after(() => visits?.[Symbol.asyncDispose]())

/** Three tries of five seconds each, and what lies between them. */
const BOUND_MS = 20_000

/** What was taken for an order, and by how many charges that still stand. */
async function chargesOf(orderId: string): Promise<string[]> {
  const { rows } = {
    rows: await visits.journey.shop.query<{ stream: string }>(
      `select stream from platform.events where type = 'payment.opened' and data->>'orderId' = $1`,
      [orderId],
    ),
  }
  const url = `${visits.journey.shop.provider.url}/v1/charges?reference=`
  const all = await Promise.all(
    rows.map(async ({ stream }) => {
      const answer = await fetch(url + stream.replace('payment/', ''))
      const { items } = (await answer.json()) as { items: { status: string }[] }
      return items.map(({ status }) => status)
    }),
  )
  return all.flat()
}

/** The bank was asked a minute earlier than it was. */
async function aMinutePasses(orderId: string): Promise<void> {
  await visits.journey.shop.query(
    `update platform.events set at = at - interval '61 s'
     where type = 'payment.attempted' and stream in (
       select stream from platform.events where type = 'payment.opened' and data->>'orderId' = $1)`,
    [orderId],
  )
}

async function ordersWhileItHangs(guest: Guest, slug: string): Promise<string> {
  await putsInCart(guest, slug)
  await goesToReview(guest)
  const id = await orders(guest)
  await guest.main.getByRole('heading', { name: guest.words.orders.paying }).waitFor()
  await guest.main
    .getByRole('alert')
    .getByText(guest.words.orders.problem({ code: 'payments.provider-down' }))
    .waitFor({ timeout: BOUND_MS })
  assert.equal(id, orderAt(guest.page.url()))
  return id
}

test('who pays a bank that never answers is told so in time, may choose another way once that is safe, and pays once', async () => {
  const { slug } = await visits.aProduct(3)
  await visits.journey.shop.setFaults({ hangsBefore: 1 })
  await visits.visit({ language: 'en', size: 'phone' }, async (guest) => {
    const { visitor, main, words } = guest
    const id = await ordersWhileItHangs(guest, slug)
    await visitor.isAccessible()

    await visits.journey.shop.setFaults({})
    await main.getByText(words.orders.otherWay, { exact: true }).click()
    await main.getByLabel(words.orders.payBy).selectOption('card-slow')
    const other = main.getByRole('button', { name: /^Pay / })
    await other.click()
    await main
      .getByRole('alert')
      .getByText(words.orders.problem({ code: 'checkout.payment-open' }))
      .waitFor()
    assert.deepEqual(await chargesOf(id), [])
    await visitor.isAccessible()

    await aMinutePasses(id)
    await other.click()
    await isThanked(guest)
    assert.deepEqual(await chargesOf(id), ['succeeded'])
  })
})

test('a bank that took the money and never said so is asked again, and nothing is paid twice', async () => {
  const { slug } = await visits.aProduct(3)
  await visits.journey.shop.setFaults({ hangsAfterCharging: 1, webhooks: { lost: 1 } })
  await visits.visit({ size: 'desktop', scheme: 'dark' }, async (guest) => {
    const { main, words } = guest
    const id = await ordersWhileItHangs(guest, slug)
    await visits.journey.shop.setFaults({})
    await main.getByRole('button', { name: words.orders.askAgain }).click()
    await isThanked(guest)
    assert.deepEqual(await chargesOf(id), ['succeeded'])
  })
})

test('what a silent bank tells the shop behind the buyer’s back confirms the order, and no fault stays on the page', async () => {
  const { slug } = await visits.aProduct(3)
  await visits.journey.shop.setFaults({ hangsAfterCharging: 1 })
  await visits.visit({ size: 'phone' }, async (guest) => {
    await putsInCart(guest, slug)
    await goesToReview(guest)
    await orders(guest)
    const thanks = guest.main.getByRole('heading', { name: guest.words.orders.thanks })
    await thanks.waitFor({ timeout: BOUND_MS })
    assert.equal(await guest.main.getByRole('alert').count(), 0)
  })
})
