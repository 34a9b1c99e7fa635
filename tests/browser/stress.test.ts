/** What must hold when things happen twice, at once, too late or not at all. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import { A, eventually, good } from '../journeys/journey.ts'
import { goesToReview, isThanked, orders, putsInCart } from './buying.ts'
import { type Guest, Visits } from './visits.ts'
import { anyOf } from './words.ts'

let visits: Visits
before(async () => {
  visits = await Visits.begin()
})
after(() => visits?.[Symbol.asyncDispose]())

const placing = ({ main, words }: Guest) =>
  main.getByRole('button', { name: anyOf(words.checkout.place) })

/** How many orders have units of a SKU. */
async function ordersOf(sku: string): Promise<number> {
  const [row] = await visits.journey.shop.query<{ count: string }>(
    `select count(*) from platform.events
     where type = 'order.created' and data::jsonb #>> '{lines,0,sku}' = $1`,
    [sku],
  )
  return Number(row?.count)
}

/** Somebody else, elsewhere, takes units for themselves. */
async function othersTake(sku: string, quantity: number): Promise<void> {
  await visits.journey.aCart(sku, quantity)
}

async function lapses(sku: string): Promise<void> {
  await visits.journey.shop.query(
    `update platform.holds set until = now() - interval '1 s' where unit = $1`,
    [sku],
  )
}

/** The lines were priced 15 minutes earlier than they were: the promise is over. */
async function promiseEnds(sku: string): Promise<void> {
  await visits.journey.shop.query(
    `update platform.events
     set data = jsonb_set(data::jsonb, '{pricedAt}', to_jsonb((data->>'pricedAt')::bigint - 900001))
     where type = 'cart.line-set' and data->>'sku' = $1`,
    [sku],
  )
}

async function reprices(product: { id: string; sku: string; name: unknown }, amount: number) {
  const as = await visits.journey.token('admin')
  const body = { price: { amount, currency: 'UAH' } }
  good(await visits.journey.patch(`${A}/products/${product.id}`, body, { as }))
  // What is kept of a product for a second is older than its price.
  await new Promise((resolve) => setTimeout(resolve, 1_050))
}

suite('one order is placed', { concurrency: 2 }, () => {
  test('by a double click', async () => {
    const { slug, sku } = await visits.aProduct(9)
    await visits.visit({ language: 'en' }, async (guest) => {
      await putsInCart(guest, slug)
      await goesToReview(guest)
      await placing(guest).dblclick()
      await isThanked(guest)
      assert.equal(await ordersOf(sku), 1)
      assert.equal(await visits.journey.freeUnits(sku), 8)
    })
  })

  test('by who reloads while it is being sent', async () => {
    const { slug, sku } = await visits.aProduct(9)
    await visits.visit({ size: 'phone' }, async (guest) => {
      const { page, main } = guest
      await putsInCart(guest, slug)
      await goesToReview(guest)
      const sent = page.waitForRequest(
        (request) => request.method() === 'POST' && request.url().includes('/checkout/review'),
      )
      await placing(guest).click({ noWaitAfter: true })
      await sent
      await page.reload()
      // Where the reload was faster there is the step again, and what is sent once more is the same order.
      const ordered = page.waitForURL(/\/orders\//)
      await Promise.any([ordered, main.locator('form#place button[type=submit]').click()])
      await ordered
      // Who heard of the order before the reload is shown it, and says once more that they pay.
      await Promise.any([isThanked(guest), main.locator('button[value=pay]').click()])
      await isThanked(guest)
      assert.equal(await ordersOf(sku), 1)
      assert.equal(await visits.journey.freeUnits(sku), 8)
    })
  })

  test('by two windows that order the same cart at once', async () => {
    const { slug, sku } = await visits.aProduct(9)
    await visits.visit({ language: 'en' }, async (guest) => {
      const { visitor, page, paths } = guest
      await putsInCart(guest, slug)
      await goesToReview(guest)
      const other = await visitor.another()
      await visitor.open(paths.checkout('review'), other)
      const button = 'form#place button[type=submit]'
      await Promise.all([page.click(button), other.click(button)])
      await Promise.all([page.waitForURL(/\/orders\//), other.waitForURL(/\/orders\//)])
      assert.equal(new URL(page.url()).pathname, new URL(other.url()).pathname)
      assert.equal(await ordersOf(sku), 1)
    })
  })
})

suite('a cart', { concurrency: 2 }, () => {
  test('is the same in two windows, and each hears of the other', async () => {
    const { slug, sku } = await visits.aProduct(9)
    await visits.visit({ language: 'en' }, async (guest) => {
      const { visitor, page, main, paths, words } = guest
      await putsInCart(guest, slug)
      await visitor.open(paths.cart())
      const other = await visitor.another()
      await visitor.open(paths.cart(), other)
      const more = words.cart.more(`Ball ${sku}`)
      await other.getByRole('button', { name: more }).click()
      await main.getByText(words.cart.count(2)).waitFor()
      await page.getByRole('button', { name: words.cart.less(`Ball ${sku}`) }).click()
      await other.locator('main').getByText(words.cart.count(1)).waitFor()
    })
  })

  test('loses a unit that somebody else takes, is told so kindly, and keeps the rest', async () => {
    const last = await visits.aProduct(1)
    const rest = await visits.aProduct(9)
    await visits.visit({ size: 'phone' }, async (guest) => {
      const { visitor, main, paths, words } = guest
      await putsInCart(guest, last.slug)
      await putsInCart(guest, rest.slug)
      await lapses(last.sku)
      await othersTake(last.sku, 1)
      await visitor.open(paths.cart())
      await main.getByText(words.cart.gone).waitFor()
      await visitor.isAccessible()
      assert.equal(await main.getByRole('textbox').count(), 2, 'nothing goes by itself')
      await main.getByRole('button', { name: words.cart.clearGone }).click()
      await main.getByRole('link', { name: words.cart.toCheckout }).waitFor()
      assert.equal(await main.getByRole('textbox').count(), 1)
      await goesToReview(guest)
      await orders(guest)
      await isThanked(guest)
      assert.equal(await ordersOf(rest.sku), 1)
    })
  })

  test('that is being ordered when the last unit goes is told at the button, and nothing is ordered', async () => {
    const { slug, sku } = await visits.aProduct(1)
    await visits.visit({ language: 'en', scheme: 'dark' }, async (guest) => {
      const { visitor, main, words } = guest
      await putsInCart(guest, slug)
      await goesToReview(guest)
      await lapses(sku)
      await othersTake(sku, 1)
      await placing(guest).click()
      await main
        .getByRole('alert')
        .getByText(words.checkout.problem({ code: 'inventory.not-enough' }))
        .waitFor()
      await visitor.isAccessible()
      assert.equal(await ordersOf(sku), 0)
    })
  })

  test('shows how long its units are kept; when that is over they are kept again by a press', async () => {
    const { slug, sku } = await visits.aProduct(2)
    await visits.visit({ language: 'en' }, async (guest) => {
      const { visitor, main, paths, words } = guest
      await putsInCart(guest, slug)
      await visitor.open(paths.cart())
      assert.match(await main.getByRole('timer').innerText(), /^(29|30):\d\d$/)
      await lapses(sku)
      await visitor.open(paths.cart())
      await main.getByText(words.cart.lapsed).waitFor()
      await visitor.isAccessible()
      await main.getByRole('button', { name: words.cart.holdAgain }).click()
      await main.getByRole('timer').waitFor()
      assert.equal(await visits.journey.freeUnits(sku), 1)
    })
  })

  test('asks by itself when its clock has run down', async () => {
    const { slug, sku } = await visits.aProduct(2)
    await visits.visit({ language: 'en', size: 'phone' }, async (guest) => {
      const { visitor, main, paths, words } = guest
      await putsInCart(guest, slug)
      await visits.journey.shop.query(
        `update platform.holds set until = now() + interval '3 s' where unit = $1`,
        [sku],
      )
      await visitor.open(paths.cart())
      await main.getByRole('timer').waitFor()
      await main.getByText(words.cart.lapsed).waitFor()
    })
  })
})

suite('a price', { concurrency: 2 }, () => {
  test('that rises while another is promised is not asked for', async () => {
    const product = await visits.aProduct(9, 'demo', 100_000)
    await visits.visit({ language: 'en' }, async (guest) => {
      const { visitor, main, paths, words } = guest
      await putsInCart(guest, product.slug)
      await reprices(product, 120_000)
      await visitor.open(paths.cart())
      await main.getByText(/1,200/).waitFor()
      await visitor.isAccessible()
      await goesToReview(guest, { delivery: 'pickup' })
      assert.match(await placing(guest).innerText(), /1,000/)
      await orders(guest)
      await isThanked(guest)
      await main.getByText(words.orders.total).waitFor()
      assert.match(await main.innerText(), /1,000/)
    })
  })
})

/** The address of an order's page, or of what it shows. */
const ORDER = /\/orders\/([0-9a-f-]{36})/

test('who closes the browser after paying and never comes back has a confirmed order', async () => {
  const { slug } = await visits.aProduct(3)
  let id = ''
  await visits.visit({ language: 'en', size: 'phone' }, async (guest) => {
    const { page, visitor } = guest
    await putsInCart(guest, slug)
    await goesToReview(guest, { payment: 'card-redirect' })
    const asked = page.waitForRequest(ORDER)
    await placing(guest).click()
    id = ORDER.exec((await asked).url())?.[1] ?? ''
    const approve = page.getByRole('button', { name: 'Approve' })
    await approve.waitFor()
    // The bank has heard it, and the browser is gone before the shop's page comes.
    await Promise.all([
      page.waitForResponse((response) => response.request().method() === 'POST'),
      approve.click({ noWaitAfter: true }),
    ])
    // A window that is on its way to another page may never say that it is closed.
    await visitor.context.close()
  })
  const as = await visits.journey.token('admin')
  await eventually(
    async () => good(await visits.journey.get(`${A}/orders/${id}`, { as })),
    ({ status }) => status === 'confirmed',
  )
})

test('a price that has risen when the promise is over is asked about before anything is ordered', async () => {
  const product = await visits.aProduct(9, 'demo', 100_000)
  await visits.visit({ language: 'en' }, async (guest) => {
    const { visitor, main, words } = guest
    await putsInCart(guest, product.slug)
    await goesToReview(guest, { delivery: 'pickup' })
    await promiseEnds(product.sku)
    await reprices(product, 130_000)
    // What is written in the past no process remembers that was there.
    const { program } = visits.journey.shop
    await program.kill('SIGTERM')
    await program.start()
    await placing(guest).click()
    await main.getByRole('alert').getByText(words.checkout.newTotalMore).waitFor()
    await visitor.isAccessible()
    assert.equal(await ordersOf(product.sku), 0)
    assert.match(await placing(guest).innerText(), /1,300/)
    await orders(guest)
    await isThanked(guest)
    assert.equal(await ordersOf(product.sku), 1)
  })
})

test('after all of it no unit and no hryvnia is missing', async () => {
  await visits.journey.shop.mustBeSound()
})
