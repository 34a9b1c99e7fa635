/** Finding things: by words, by categories, by filters; and finding back to them. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import { type Guest, until, Visits } from './visits.ts'

let visits: Visits
before(async () => {
  visits = await Visits.begin()
})
after(() => visits?.[Symbol.asyncDispose]())

const cards = ({ main }: Guest) => main.getByRole('article')

/** What the button and everybody who listens are told of how many there are. */
async function total({ main }: Guest): Promise<number> {
  return Number(/\d+/.exec(await main.locator('output').first().innerText())?.[0])
}

suite('suggestions', { concurrency: 2 }, () => {
  test('are read out, chosen by arrows, closed by Escape, and Enter seeks what was typed', () =>
    visits.visit({ language: 'en' }, async (guest) => {
      const { visitor, page, paths, words, main } = guest
      await visitor.open(paths.home())
      const field = page.getByRole('combobox', { name: words.shell.search }).first()
      await page.locator('#q').focus()
      await page.keyboard.type('ball', { delay: 10 })
      await page.getByRole('listbox').waitFor()
      const count = await page.getByRole('option').count()
      await page.locator('search output').getByText(words.search.count(count)).waitFor()
      await page.keyboard.press('ArrowDown')
      await page.locator('[role=option][aria-selected=true]').waitFor()
      assert.equal(await field.getAttribute('aria-expanded'), 'true')
      await page.keyboard.press('ArrowUp')
      await page.keyboard.press('Escape')
      await page.getByRole('listbox').waitFor({ state: 'detached' })
      assert.equal(await page.locator('#q').inputValue(), 'ball')
      assert.equal(await page.evaluate('document.activeElement.id'), 'q', 'the focus stays')
      await page.keyboard.press('Enter')
      await page.waitForURL(/search\?q=ball$/)
      await main.getByRole('heading', { name: words.search.results('ball') }).waitFor()
    }))

  test('know what was meant in the wrong keyboard layout', () =>
    visits.visit({ size: 'phone', scheme: 'dark' }, async (guest) => {
      const { visitor, page, paths } = guest
      await visitor.open(paths.search('rhjcsdrb'))
      assert.ok((await cards(guest).count()) > 0)
      await page.locator('#q').fill('')
      await visitor.isAccessible()
      await visitor.fits()
    }))
})

suite('a list', { concurrency: 2 }, () => {
  test('that was loaded further is as long, and as far down, after Back and reload', () =>
    visits.visit({ language: 'en' }, async (guest) => {
      const { visitor, page, main, paths, words } = guest
      await visitor.open(paths.search())
      const first = await cards(guest).count()
      await main.getByRole('link', { name: words.browse.more }).click()
      await page.waitForURL(/after=/)
      await cards(guest).nth(first).waitFor()
      const long = await cards(guest).count()
      assert.ok(long > first)
      const link = cards(guest)
        .nth(long - 2)
        .getByRole('link')
      const name = await link.innerText()
      await link.scrollIntoViewIfNeeded()
      const down = await page.evaluate<number>('scrollY')
      await link.click()
      await page.waitForURL(/\/p\//)
      await page
        .getByRole('heading', { level: 1 })
        .filter({ hasText: name.slice(0, 12) })
        .waitFor()
      await page.goBack()
      await cards(guest)
        .nth(long - 1)
        .waitFor()
      assert.equal(await cards(guest).count(), long)
      await until(page, `Math.abs(scrollY - ${down}) < 50`)
      await page.reload()
      await visitor.isAwake()
      await cards(guest)
        .nth(long - 1)
        .waitFor()
    }))

  test('is narrowed by facets, by prices and turned around, all of it in its address', () =>
    visits.visit({ language: 'en' }, async (guest) => {
      const { visitor, page, main, paths, words } = guest
      await visitor.open(paths.category('running-shoes'))
      const all = await total(guest)
      const brand = main.locator('input[name=brand]').first()
      const value = await brand.inputValue()
      await brand.check()
      await page.waitForURL(new RegExp(`brand=${value}`))
      await until(page, `!document.querySelector('main output').innerText.startsWith('${all} ')`)
      const narrowed = await total(guest)
      assert.ok(narrowed > 0 && narrowed < all, `${narrowed} of ${all}`)
      assert.equal(
        await page.evaluate('document.activeElement.value'),
        value,
        'the focus stays on what was pressed',
      )
      await main.getByLabel(words.browse.sort).selectOption('price-up')
      await page.waitForURL(/sort=price-up/)
      const slider = main.getByRole('slider', { name: words.browse.lowest })
      await slider.focus()
      for (let press = 0; press < 5; press += 1) await page.keyboard.press('ArrowRight')
      await page.waitForURL(/min=\d+/)
      await visitor.isAccessible()
      await page.reload()
      await visitor.isAwake()
      assert.ok(await main.locator(`input[name=brand][value="${value}"]`).isChecked())
      const prices = await main.locator('.product-card-price').allInnerTexts()
      assert.ok(prices.length > 1)
      const amounts = prices.map((each) => Number(each.replaceAll(/[^\d.]/g, '')))
      assert.deepEqual(
        amounts,
        amounts.toSorted((a, b) => a - b),
      )
      await main.getByRole('link', { name: words.browse.clear }).click()
      await page.waitForURL((url) => !url.search.includes('brand'))
      await until(page, `document.querySelector('main output').innerText.startsWith('${all} ')`)
      await page.goBack()
      await page.waitForURL(/brand=/)
    }))

  test('has its filters in a panel on a phone, which takes the focus and gives it back', () =>
    visits.visit({ size: 'phone', scheme: 'dark', shop: 'second' }, async (guest) => {
      const { visitor, page, main, paths, words } = guest
      await visitor.open(paths.category('trail-shoes'))
      const opener = main.getByRole('button', { name: words.browse.filters, exact: true })
      await opener.click()
      const close = main.getByRole('button', { name: words.browse.close })
      await close.waitFor()
      await visitor.isAccessible()
      await main.locator('details[open] input[type=checkbox]').first().click()
      await page.waitForURL(/\?f\.|\?brand=/)
      await main.locator('form#filters .button').click()
      await close.waitFor({ state: 'hidden' })
      await visitor.fits()
      await visitor.isAccessible()
    }))

  test('writes no values of a facet that is closed until it is opened, by keyboard as well', () =>
    visits.visit({ language: 'en' }, async (guest) => {
      const { visitor, page, main, paths } = guest
      await visitor.open(paths.category('running'))
      const facet = main.locator('details:not([open])').first()
      const values = main.locator('details').nth(await main.locator('details[open]').count())
      assert.equal(await facet.getByRole('checkbox').count(), 0)
      await facet.locator('summary').focus()
      await page.keyboard.press('Enter')
      await values.getByRole('checkbox').first().waitFor()
      assert.equal(await values.locator('button').count(), 0)
      await visitor.isAccessible()
      await page.keyboard.press('Tab')
      await page.keyboard.press('Space')
      await page.waitForURL(/\?f\./)
    }))

  test('keeps what is chosen of a facet that is closed, also when Back chose it', () =>
    visits.visit({ language: 'en' }, async (guest) => {
      const { visitor, page, main, paths, words } = guest
      await visitor.open(paths.category('running-shoes'))
      const brand = main.locator('input[name=brand]').first()
      const isBrandIn = (url: URL) => url.searchParams.has('brand')
      const facet = main
        .locator('details')
        .filter({ has: page.locator('summary', { hasText: words.browse.brand }) })
      const summary = facet.locator('summary')
      const sort = main.getByLabel(words.browse.sort)
      await brand.check()
      await page.waitForURL(isBrandIn)
      await summary.click()
      assert.equal(await facet.getAttribute('open'), null)
      // The page hears of it a moment later.
      await page.evaluate('new Promise((heard) => setTimeout(heard, 100))')
      await sort.selectOption('price-up')
      await page.waitForURL(/sort=price-up/)
      assert.ok(isBrandIn(new URL(page.url())), page.url())
      await summary.click()
      await brand.uncheck()
      await page.waitForURL((url) => !isBrandIn(url))
      await summary.click()
      await facet.locator('button').waitFor({ state: 'attached' })
      await page.goBack()
      await page.waitForURL(isBrandIn)
      await summary.locator('.badge').waitFor()
      await sort.selectOption('price-down')
      await page.waitForURL(/sort=price-down/)
      assert.ok(isBrandIn(new URL(page.url())), page.url())
      await visitor.isAccessible()
    }))

  test('keeps the focus in a facet that was opened before its values could be written', () =>
    visits.visit({ language: 'en' }, async (guest) => {
      const { visitor, page, main, paths } = guest
      const scripts = Promise.withResolvers<void>()
      await page.route('**/*.js', async (route) => {
        await scripts.promise
        await route.continue()
      })
      await page.goto(paths.category('running'), { waitUntil: 'domcontentloaded' })
      await main.locator('details:not([open]) summary').last().click()
      const more = main.locator('details[open] button')
      await more.focus()
      scripts.resolve()
      await visitor.isAwake()
      await more.waitFor({ state: 'detached' })
      assert.equal(await page.evaluate('document.activeElement.localName'), 'summary')
    }))

  test('is asked once for what an address says twice', () =>
    visits.visit({ language: 'en' }, async (guest) => {
      const { visitor, page, main, paths } = guest
      await visitor.open(`${paths.category('running')}?all=brand&all=brand`)
      assert.equal(await main.locator('input[name=all]').count(), 1)
      await main.locator('input[name=brand]').first().check()
      await page.waitForURL(/brand=/)
      assert.deepEqual(new URL(page.url()).searchParams.getAll('all'), ['brand'])
    }))

  test('asks for a closed facet without scripts, and keeps what is ticked', () =>
    visits.visit({ language: 'en', script: false }, async (guest) => {
      const { page, main, paths, words } = guest
      await page.goto(paths.category('running'))
      const brand = main.locator('input[name=brand]').first()
      const value = await brand.inputValue()
      await brand.check()
      // Facets that few of a brand's products have are not offered once it is chosen.
      await main.getByLabel(words.browse.priceTo('UAH')).press('Enter')
      await page.waitForURL(/brand=/)
      await main.getByLabel(words.browse.sort).selectOption('price-up')
      const names: string[] = []
      for (const _ of ['one', 'another']) {
        await main.locator('details:not([open]) summary').last().click()
        const more = main.locator('details[open] button')
        names.push((await more.getAttribute('value')) ?? '')
        await more.click()
        await page.waitForURL((url) => url.searchParams.getAll('all').length === names.length)
      }
      for (const name of names) await main.locator(`input[name="${name}"]`).first().waitFor()
      assert.ok(await main.locator(`input[name=brand][value="${value}"]`).isChecked())
      assert.equal(await main.getByLabel(words.browse.sort).inputValue(), 'price-up')
      await main.getByLabel(words.browse.priceTo('UAH')).press('Enter')
      await page.waitForURL(/\?all=[^&]+&all=[^&]+&min=/)
      assert.deepEqual(new URL(page.url()).searchParams.getAll('all').toSorted(), names.toSorted())
    }))

  test('with nothing in it says so and shows a way out', () =>
    visits.visit({ language: 'en', size: 'phone' }, async (guest) => {
      const { visitor, main, paths, words } = guest
      await visitor.open(paths.search('qqqzzzxxx'))
      await main.getByText(words.search.nothing('qqqzzzxxx')).waitFor()
      assert.ok((await main.getByRole('link').count()) > 3)
      await visitor.isAccessible()
    }))
})

suite('a product', { concurrency: 2 }, () => {
  test('is looked at closely by keyboard, and the focus comes back', () =>
    visits.visit({ language: 'en', scheme: 'dark' }, async (guest) => {
      const { visitor, page, main, paths, words } = guest
      await visitor.open(paths.category('running-shoes'))
      await cards(guest).first().getByRole('link').click()
      await page.waitForURL(/\/p\//)
      const zoom = main.getByRole('button', { name: words.productPage.zoom })
      await zoom.focus()
      await page.keyboard.press('Enter')
      await page.getByRole('dialog').waitFor()
      await visitor.isAccessible()
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'hidden' })
      await zoom.and(page.locator(':focus')).waitFor()
    }))

  test('that sells out while it is looked at says so without a reload', async () => {
    const { slug, sku } = await visits.aProduct(1)
    await visits.visit({ language: 'en' }, async (guest) => {
      const { visitor, main, paths, words } = guest
      await visitor.open(paths.product(slug))
      await main.getByRole('button', { name: words.productPage.add }).waitFor()
      await visits.journey.aCart(sku, 1)
      await main.getByRole('button', { name: /Sold out/ }).waitFor()
      await visitor.isAccessible()
    })
  })

  test('that is gone, and any wrong address, is told within the shop and as 404', () =>
    visits.visit({ size: 'phone' }, async (guest) => {
      const { visitor, page, main, paths, words } = guest
      const answer = await page.goto(paths.product('there-is-no-such-thing'))
      assert.equal(answer?.status(), 404)
      await main.getByRole('heading', { name: words.faults.notFound }).waitFor()
      await visitor.isAwake()
      await visitor.isAccessible()
      await visitor.fits()
      visitor.isContent(/404/)
    }))
})

test('what is counted in words is counted right in Ukrainian', () =>
  visits.visit({ size: 'desktop' }, async (guest) => {
    const { visitor, main, paths, words } = guest
    await visitor.open(paths.category('running-shoes'))
    const said = await main.locator('output').first().innerText()
    assert.equal(said, words.browse.products(await total(guest)))
    assert.match(said, /^\d+ товар(и|ів)?$/)
  }))
