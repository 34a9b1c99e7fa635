/** Hearts, and what becomes of what they keep. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import { DEMO_PASSWORD } from '../../server/demo/users.ts'
import { A, good, type Json } from '../journeys/journey.ts'
import { signsIn } from './people.ts'
import { type Guest, until, Visits } from './visits.ts'

let visits: Visits
before(async () => {
  visits = await Visits.begin()
})
after(() => visits?.[Symbol.asyncDispose]())

/** The heart of a product on its own page. */
const heartOf = ({ main, words }: Guest, name: string) =>
  main.getByRole('button', { name: words.product.wish(name), exact: true }).first()

const nameIn = ({ language }: Guest, { sku }: Json): string =>
  `${language === 'en' ? 'Ball' : 'Мʼяч'} ${sku}`

/** Presses the heart on a product's page and waits until it is kept. */
async function keeps(guest: Guest, product: Json): Promise<void> {
  const { visitor, page, paths } = guest
  await visitor.open(paths.product(product.slug))
  const kept = page.waitForResponse((answer) => answer.url().endsWith('/wishlist/change'))
  await heartOf(guest, nameIn(guest, product)).click()
  assert.equal((await kept).status(), 200)
}

async function register(): Promise<{ readonly email: string; readonly as: string }> {
  const email = `${crypto.randomUUID().slice(0, 8)}@example.test`
  const body = { email, username: 'Оксана', password: DEMO_PASSWORD, birthDate: '1990-02-28' }
  good(await visits.journey.post(`${A}/users/register`, body), 201)
  return { email, as: (await visits.journey.signIn(email, DEMO_PASSWORD)).accessToken }
}

/** As the first of which its page shows it. */
async function ofTwoVariants(): Promise<Json> {
  const as = await visits.journey.token('admin')
  const sku = `J-${crypto.randomUUID().slice(0, 13).toUpperCase()}`
  const variants = ['S', 'L'].map((valueCode, place) => ({
    sku: place === 0 ? sku : `${sku}-L`,
    price: { amount: 50_000, currency: 'UAH' },
    options: [{ code: 'size', valueCode }],
  }))
  const name = { uk: `Мʼяч ${sku}`, en: `Ball ${sku}` }
  const { id } = good(await visits.journey.post(`${A}/products`, { name, variants }, { as }), 201)
  const body = { sku, quantity: 5, reason: 'for a test' }
  good(await visits.journey.patch(`${A}/products/${id}/stock`, body, { as }))
  const { slug } = good(await visits.journey.get(`${A}/products/${id}`))
  return { id, sku, name, slug }
}

suite('a heart', { concurrency: 2 }, () => {
  for (const look of [
    { language: 'en', size: 'phone', scheme: 'dark' },
    { language: 'uk', size: 'desktop', scheme: 'light' },
  ] as const) {
    test(`keeps a product for a guest, says so, and lets it go again: in ${look.language} on a ${look.size}`, async () => {
      const product = await visits.aProduct(5)
      await visits.visit(look, async (guest) => {
        const { visitor, page, main, paths, words } = guest
        const name = nameIn(guest, product)
        await visitor.open(paths.wishlist())
        await main.getByText(words.wishlist.empty).waitFor()
        await visitor.isAccessible()
        await visitor.fits()
        await keeps(guest, product)
        await main.locator('button[aria-pressed=true]').first().waitFor()
        await visitor.isAccessible()
        await visitor.open(paths.product(product.slug))
        await main.locator('button[aria-pressed=true]').first().waitFor()
        await visitor.open(paths.wishlist())
        await main.getByRole('link', { name, exact: true }).waitFor()
        await main.getByText(words.product.availability['in-stock'] ?? '').waitFor()
        await visitor.isAccessible()
        await visitor.fits()
        await main.getByRole('button', { name: words.wishlist.removeOf(name) }).click()
        await main.getByText(words.wishlist.removed(name)).waitFor()
        await until(page, "document.activeElement === document.querySelector('main h1')")
        await visitor.isAccessible()
        await main.getByRole('button', { name: words.wishlist.undo }).click()
        await main.getByRole('link', { name, exact: true }).waitFor()
        await visitor.open(paths.product(product.slug))
        const sent = page.waitForResponse((answer) => answer.url().endsWith('/wishlist/change'))
        await main.locator('button[aria-pressed=true]').first().click()
        await main.locator('button[aria-pressed=false]').first().waitFor()
        await sent
        await visitor.open(paths.wishlist())
        await main.getByText(words.wishlist.empty).waitFor()
      })
    })
  }

  test('is pressed with the keyboard and keeps the focus', async () => {
    const product = await visits.aProduct(5)
    await visits.visit({ language: 'en' }, async (guest) => {
      const { visitor, page, paths } = guest
      await visitor.open(paths.product(product.slug))
      await heartOf(guest, nameIn(guest, product)).focus()
      await page.keyboard.press('Enter')
      await until(page, "document.activeElement?.getAttribute('aria-pressed') === 'true'")
    })
  })

  test('needs no scripts: the form keeps the product and shows the list', async () => {
    const product = await visits.aProduct(5)
    await visits.visit({ language: 'en', script: false, size: 'phone' }, async (guest) => {
      const { page, main, paths, words } = guest
      const name = nameIn(guest, product)
      await page.goto(paths.product(product.slug))
      await heartOf(guest, name).click()
      await page.waitForURL(/\/wishlist$/)
      await main.getByRole('link', { name, exact: true }).waitFor()
      await main.getByRole('button', { name: words.wishlist.removeOf(name) }).click()
      await main.getByText(words.wishlist.empty).waitFor()
    })
  })

  for (const [what, address] of [
    ['that no network carries', '**/wishlist/change'],
    ['whose script does not come', '**/send-wish*.js'],
  ] as const) {
    test(`${what} says so, and is as it was`, async () => {
      const product = await visits.aProduct(5)
      await visits.visit({ language: 'en', size: 'phone', keeps: false }, async (guest) => {
        const { visitor, page, main, paths, words } = guest
        await visitor.open(paths.product(product.slug))
        await page.route(address, (route) => route.abort('internetdisconnected'))
        await heartOf(guest, nameIn(guest, product)).click()
        await main.getByText(words.product.wishFailed).waitFor()
        await main.locator('button[aria-pressed=false]').first().waitFor()
        await visitor.isAccessible()
        visitor.isContent(/ERR_INTERNET_DISCONNECTED/)
      })
    })
  }
})

suite('a wishlist', { concurrency: 2 }, () => {
  for (const who of ['a guest', 'a user']) {
    test(`puts back what ${who} took off as it was, as the same variant`, async () => {
      const [plain, variants] = [await visits.aProduct(5), await ofTwoVariants()]
      const { email, as } = await register()
      await visits.visit({ language: 'en' }, async (guest) => {
        const { visitor, page, main, paths, words } = guest
        if (who === 'a user') {
          await visitor.open(paths.signInFor(paths.wishlist()))
          await signsIn(guest, email, DEMO_PASSWORD)
          await page.waitForURL(/\/wishlist$/)
        }
        await keeps(guest, variants)
        await keeps(guest, plain)
        await visitor.open(paths.wishlist())
        const card = main.getByRole('article').filter({ hasText: variants.sku })
        const shown = await card.innerText()
        assert.match(shown, /^S$/m)
        for (const product of [variants, plain]) {
          const name = nameIn(guest, product)
          await main.getByRole('button', { name: words.wishlist.removeOf(name) }).click()
          await main.getByRole('button', { name: words.wishlist.undo }).click()
          await main.getByRole('link', { name, exact: true }).waitFor()
        }
        assert.equal(await card.innerText(), shown)
      })
      if (who === 'a guest') return
      const { items } = good(await visits.journey.get(`${A}/users/me/wishes`, { as }))
      const kept = (items as Json[]).map(({ productId, sku }) => [productId, sku])
      assert.deepEqual(kept, [
        [plain.id, plain.sku],
        [variants.id, variants.sku],
      ])
    })
  }

  test('puts back a product without a variant as that, and one whose variant is gone', async () => {
    const [product, other] = [await visits.aProduct(5), await visits.aProduct(5)]
    const { email, as } = await register()
    const path = `${A}/users/me/wishes/${product.id}`
    good(await visits.journey.call('PUT', path, { as, body: {} }), 204)
    await visits.visit({ language: 'en' }, async (guest) => {
      const { visitor, page, main, paths, words } = guest
      await visitor.open(paths.signInFor(paths.wishlist()))
      await signsIn(guest, email, DEMO_PASSWORD)
      await page.waitForURL(/\/wishlist$/)
      const name = nameIn(guest, product)
      await main.getByRole('button', { name: words.wishlist.removeOf(name) }).click()
      await main.getByRole('button', { name: words.wishlist.undo }).click()
      await main.getByRole('link', { name, exact: true }).waitFor()
      const said = await page.evaluate(
        async ([to, product]) => {
          const body = new URLSearchParams({ intent: 'add', product: product ?? '', sku: 'GONE' })
          return (await fetch(to ?? '', { method: 'POST', body })).text()
        },
        [paths.wish(), other.id],
      )
      assert.equal(said, '{"problem":""}')
    })
    const { items } = good(await visits.journey.get(`${A}/users/me/wishes`, { as }))
    const kept = (items as Json[]).map(({ productId, sku }) => [productId, sku])
    assert.deepEqual(kept, [
      [other.id, null],
      [product.id, null],
    ])
  })

  test('comes along at sign-in, and is the same in another browser', async () => {
    const [first, second, other] = [
      await visits.aProduct(5),
      await visits.aProduct(5),
      await visits.aProduct(5),
    ]
    const { email, as } = await register()
    const path = `${A}/users/me/wishes/${other.id}`
    good(await visits.journey.call('PUT', path, { as, body: {} }), 204)
    await visits.visit({ language: 'en', size: 'phone' }, async (guest) => {
      const { visitor, page, main, paths } = guest
      await keeps(guest, first)
      await keeps(guest, second)
      await visitor.open(paths.signInFor(paths.wishlist()))
      await signsIn(guest, email, DEMO_PASSWORD)
      await page.waitForURL(/\/wishlist$/)
      const names = await main.getByRole('article').getByRole('heading').allTextContents()
      assert.deepEqual(
        names,
        [second, first, other].map((each) => nameIn(guest, each)),
      )
    })
    await visits.visit({ language: 'en' }, async (guest) => {
      const { visitor, page, main, paths, words } = guest
      await visitor.open(paths.signIn())
      await signsIn(guest, email, DEMO_PASSWORD)
      await page.waitForURL(/account/)
      await main.getByRole('link', { name: words.account.parts.wishlist }).click()
      await page.waitForURL(/\/wishlist$/)
      await main.getByRole('link', { name: nameIn(guest, first), exact: true }).waitFor()
      assert.equal(await main.getByText(words.wishlist.guest).count(), 0)
    })
    const { productIds } = good(await visits.journey.get(`${A}/users/me/wished-products`, { as }))
    assert.deepEqual(productIds, [second.id, first.id, other.id])
  })

  test('says of each whether it is to be had, and moves what is to the cart', async () => {
    const [there, out, gone] = [
      await visits.aProduct(5),
      await visits.aProduct(0),
      await visits.aProduct(5),
    ]
    const { email, as } = await register()
    for (const { id } of [there, out, gone]) {
      good(await visits.journey.call('PUT', `${A}/users/me/wishes/${id}`, { as, body: {} }), 204)
    }
    const staff = { as: await visits.journey.token('admin') }
    good(await visits.journey.call('DELETE', `${A}/products/${gone.id}`, staff), 204)
    await visits.visit({ size: 'phone' }, async (guest) => {
      const { visitor, page, main, paths, words } = guest
      await visitor.open(paths.signInFor(paths.wishlist()))
      await signsIn(guest, email, DEMO_PASSWORD)
      await page.waitForURL(/\/wishlist$/)
      const card = (product: Json) => main.getByRole('article').filter({ hasText: product.sku })
      await card(gone).getByText(words.wishlist.gone).waitFor()
      assert.equal(await card(gone).getByRole('link').count(), 0)
      await card(out).getByText(words.wishlist.soldOut).waitFor()
      assert.equal(await card(out).locator('button[value=cart]').count(), 0)
      await visitor.isAccessible()
      await visitor.fits()
      const name = nameIn(guest, there)
      await main.getByRole('button', { name: words.wishlist.toCartOf(name) }).click()
      await main.getByText(words.wishlist.moved(name)).waitFor()
      await card(there).waitFor({ state: 'detached' })
      await visitor.isAccessible()
      await main.getByRole('link', { name: words.wishlist.openCart }).click()
      await page.waitForURL(/cart$/)
      await main.getByRole('link', { name, exact: true }).first().waitFor()
    })
    assert.equal(await visits.journey.freeUnits(there.sku), 4)
  })

  test('of a guest has thirty products, and says why it takes no more', async () => {
    await visits.visit({ language: 'en' }, async (guest) => {
      const { visitor, page, main, paths, words } = guest
      await visitor.open(paths.wishlist())
      const send = (product: string) =>
        page.evaluate(
          async ([path, id]) => {
            const body = new URLSearchParams({ intent: 'add', product: id ?? '' })
            return (await fetch(path ?? '', { method: 'POST', body })).text()
          },
          [paths.wish(), product],
        )
      for (let n = 0; n < 30; n += 1) {
        assert.equal(await send(crypto.randomUUID()), '{"problem":""}')
      }
      assert.match(await send(crypto.randomUUID()), /Thirty products are kept/)
      await visitor.open(paths.wishlist())
      assert.equal(await main.getByText(words.wishlist.gone, { exact: true }).count(), 30)
      await visitor.isAccessible()
    })
  })
})
