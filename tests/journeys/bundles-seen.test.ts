/** A bundle is seen wherever a product is, and is sold out there as soon as one of its components is. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import { openPage } from '../support/live-page.ts'
import { A, eventually, good, Journey, type Json } from './journey.ts'

let journey: Journey
let as: string
before(async () => {
  journey = await Journey.begin()
  as = await journey.token('admin')
})
after(() => journey?.[Symbol.asyncDispose]())

/** A made-up word that no other product has. */
const word = (): string =>
  Array.from(crypto.randomUUID().replaceAll('-', '').slice(0, 10), (sign) =>
    'qwzxvbnmklprstdf'.charAt(Number.parseInt(sign, 16)),
  ).join('')

const setUnits = async ({ id }: Json, quantity: number): Promise<void> => {
  const body = { quantity, reason: 'for a test' }
  good(await journey.patch(`${A}/products/${id}/stock`, body, { as }))
}
const found = async (q: string): Promise<number> =>
  good(await journey.get(`${A}/search?q=${q}`)).items.length
/** Feeds are kept for minutes, each language on its own: so one is asked for once. */
const feed = async (sku: string, lang: string): Promise<string> => {
  const { text } = await journey.get(`/feeds/google.xml?language=${lang}`)
  const item = text.split('<item>').find((each) => each.includes(`>${sku}<`)) ?? ''
  return /<g:availability>(\w+)</.exec(item)?.[1] ?? 'absent'
}
const listed = async ({ id }: Json): Promise<string> =>
  good(await journey.get(`${A}/products/${id}`)).stock > 0 ? 'there' : 'none'

/** A set of two balls and a net, of which there are enough for two sets. */
async function aSet(): Promise<{ name: string; ball: Json; sku: string; set: Json }> {
  const [ball, net] = [await journey.aProduct(5), await journey.aProduct(9)]
  const [name, sku] = [word(), `SET-${ball.sku}`]
  const components = [
    { sku: ball.sku, quantity: 2 },
    { sku: net.sku, quantity: 1 },
  ]
  const draft = {
    name: { uk: name, en: name },
    price: { amount: 300_000, currency: 'UAH' },
    variants: [{ sku, components }],
  }
  return { name, ball, sku, set: good(await journey.post(`${A}/products`, draft, { as }), 201) }
}

/** Milliseconds until it is so. */
async function until(look: () => Promise<boolean>): Promise<number> {
  const since = performance.now()
  await eventually(look, (isSo) => isSo)
  return performance.now() - since
}

suite('a bundle whose component is sold out, and is back', () => {
  test('is found accordingly within three seconds, from its beginning on', async () => {
    const { name, ball } = await aSet()
    const times = [await until(async () => (await found(name)) === 1)]
    await setUnits(ball, 1)
    times.push(await until(async () => (await found(name)) === 0))
    await setUnits(ball, 2)
    times.push(await until(async () => (await found(name)) === 1))
    assert.ok(
      times.every((ms) => ms < 3_000),
      times.map(Math.round).join(),
    )
  })

  test('is found again when its parts move in the moments after it was made', async () => {
    const { name, ball } = await aSet()
    const made = performance.now()
    await until(async () => (await found(name)) === 1)
    await setUnits(ball, 1)
    await new Promise((resolve) => setTimeout(resolve, 650 - (performance.now() - made)))
    await setUnits(ball, 2)
    assert.ok((await until(async () => (await found(name)) === 1)) < 3_000)
  })

  test('is told of to open pages, and stands so in its page and in feeds', async () => {
    const { ball, sku, set } = await aSet()
    await until(async () => (await listed(set)) === 'there')
    const page = await openPage(journey.shop.program.url)
    try {
      page.send({ subscribe: [set.id] })
      await page.next(({ productId }) => productId === set.id)
      assert.notEqual(page.heard.at(-1)?.availability, 'out')
      let heard = page.heard.length
      await setUnits(ball, 1)
      await page.next(({ availability }) => availability === 'out', heard)
      assert.equal(await listed(set), 'none')
      assert.equal(await feed(sku, 'uk'), 'out_of_stock')
      heard = page.heard.length
      await setUnits(ball, 4)
      await page.next(({ availability }) => availability !== 'out', heard)
      assert.equal(await listed(set), 'there')
      assert.equal(await feed(sku, 'en'), 'in_stock')
    } finally {
      page.close()
    }
  })
})
