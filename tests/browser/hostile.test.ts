/** What merchants and buyers write to break a page: it is shown as text, runs nothing and breaks nothing. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { bearer, tokenOf } from '../authorization/people.ts'
import { jsonLdOf } from '../journeys/html.ts'
import { A, good, type Json } from '../journeys/journey.ts'
import { Visits } from './visits.ts'

let visits: Visits
before(async () => {
  visits = await Visits.begin()
})
after(() => visits?.[Symbol.asyncDispose]())

/** Whichever of these runs makes a sign that is looked for. */
const RUNS = 'globalThis.torgRan=1;document.body.dataset.ran=1'
const LINK = `javascript:${RUNS}`
const HOSTILE = [
  `</script><script>${RUNS}</script>`,
  `<img src=x onerror="${RUNS}">`,
  `<svg onload="${RUNS}"><animate onbegin="${RUNS}" attributeName=x dur=1s></svg>`,
  `<a href="${LINK}">press</a> [press](${LINK})`,
  `<!--<script>--></title></style></textarea><iframe srcdoc="<script>${RUNS}</script>">`,
  `"'><math><mtext></form><style>*{display:none}</style><base href="//evil.example/">`,
].join(' ')
const LONG = 'неймовірнодовгеслово'.repeat(20)
const BIDI = 'left \u202Egnorw\u202D \u2067 מילים בעברית كلمات عربية \u2066'
const EMOJI = '👩‍👩‍👧‍👦🏳️‍🌈🇺🇦'.repeat(30)
const ALL = `${HOSTILE} ${LONG} ${BIDI} ${EMOJI}`

/** A product every word of which is hostile, with an option that is, too. */
async function aHostileProduct(): Promise<Json> {
  const as = await visits.journey.token('admin')
  const sku = `H-${crypto.randomUUID().slice(0, 13).toUpperCase()}`
  const name = `${HOSTILE.slice(0, 60)} ${LONG.slice(0, 100)}`
  const group = {
    code: 'size',
    valueCode: 'x',
    name: 'Size</script>',
    value: `${LONG.slice(0, 60)}`,
  }
  const made = good(
    await visits.journey.post(
      `${A}/products`,
      {
        slug: sku.toLowerCase(),
        name,
        description: ALL,
        seo: { title: HOSTILE.slice(0, 100), description: HOSTILE.slice(0, 500) },
        price: { amount: 100_000, currency: 'UAH' },
        variants: [
          { sku, options: [group] },
          { sku: `${sku}-2`, options: [{ ...group, valueCode: 'y', value: '<b onclick=1>' }] },
        ],
      },
      { as },
    ),
    201,
  )
  const who = { id: crypto.randomUUID() }
  const headers = bearer(tokenOf(who, ['shopper']))
  const names = { name: `${BIDI} <script>`.slice(0, 60) }
  for (const [kind, body] of [
    ['reviews', { ...names, title: `${HOSTILE.slice(0, 100)}`, text: ALL, rating: 1 }],
    ['questions', { ...names, text: ALL }],
  ] as const) {
    const said = await visits.journey.post(`${A}/products/${made.id}/${kind}`, body, { headers })
    const { id } = good(said, 201)
    good(await visits.journey.post(`${A}/contributions/${id}/show`, undefined, { as }))
  }
  return { ...made, name }
}

test('hostile words on the page of a product are shown as they were written, run nothing and keep to a phone’s width', async () => {
  const product = await aHostileProduct()
  for (const size of ['phone', 'desktop'] as const) {
    await visits.visit({ size, language: 'uk' }, async ({ visitor, page, main, paths }) => {
      await visitor.open(paths.product(product.slug))
      assert.equal(await main.getByRole('heading', { level: 1 }).innerText(), product.name)
      const shown = await main.innerText()
      for (const part of ['onerror=', 'javascript:', '<svg onload', 'srcdoc', 'בעברית']) {
        assert.ok(shown.split(part).length > 3, `${part} is in description, review and question`)
      }
      assert.equal(
        await page.evaluate('globalThis.torgRan ?? document.body.dataset.ran'),
        undefined,
      )
      const made =
        'iframe, base, main style, main script, main math, [onerror], [onload], [onclick]'
      assert.equal(await page.locator(made).count(), 0)
      assert.equal(await page.locator('a[href^="javascript"]').count(), 0)
      await visitor.fits()
      await visitor.isAccessible()
    })
  }
})

test('hostile words in the head and in structured data are data, and end no script early', async () => {
  const product = await aHostileProduct()
  const { text } = await visits.journey.get(`/p/${product.slug}`, {
    headers: { accept: 'text/html' },
  })
  const [said] = jsonLdOf(text)
  assert.equal(said.name, product.name)
  assert.equal(said.description, ALL)
  assert.ok(!text.includes(`<script>${RUNS}`))
  assert.ok(!text.includes(`onerror="${RUNS}`))
})
