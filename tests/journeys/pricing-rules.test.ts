/** Groups, tiers, sales, markets and taxes, from the rule to the order. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import { undocumented } from './documented.ts'
import { A, good, Journey, refused, TERMS, type Answer, type Json } from './journey.ts'

let journey: Journey
let as: string
let shopper: string
before(async () => {
  journey = await Journey.begin()
  as = await journey.token('admin', 'second')
  shopper = await journey.token('shopper', 'second')
})
after(() => journey?.[Symbol.asyncDispose]())

/** The second shop sells in euros and has no rules of its own in the demo. */
const IN = { in: 'second' } as const
const RULES = `${A}/price-rules`
const SPECIALS = `${A}/special-prices`
const eur = (amount: number) => ({ amount, currency: 'EUR' })

function put(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  return journey.call('PUT', path, { ...IN, body, as, headers })
}

function remove(path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return journey.call('DELETE', path, { ...IN, as, headers })
}

const list = (rest: object = {}) => ({
  kind: 'special-list',
  name: 'x',
  currency: 'EUR',
  group: null,
  market: null,
  from: null,
  until: null,
  isSale: false,
  ...rest,
})
const zone = (country: string) => ({
  kind: 'zone',
  name: country,
  places: [{ country, postalPrefixes: [] as string[] }],
})
const rate = (of: string, partsPerMillion: number, rest: object = {}) => ({
  kind: 'rate',
  name: `VAT ${partsPerMillion / 10_000} %`,
  zone: of,
  category: 'standard',
  partsPerMillion,
  from: null,
  until: null,
  ...rest,
})
const tax = (rest: object = {}) => ({
  kind: 'tax',
  doPricesIncludeTax: true,
  rounding: 'half-up',
  homeCountry: 'LT',
  rates: 'own',
  ...rest,
})

async function priceOf(sku: string, quantity = 1, token?: string, rest = ''): Promise<Json> {
  const ask = token === undefined ? IN : { ...IN, as: token }
  const { items } = good(
    await journey.get(`${A}/prices?skus=${sku}&quantity=${quantity}${rest}`, ask),
  )
  return items[0]
}

/** What is ordered of one SKU, sent to a country. */
async function order(sku: string, quantity: number, country: string, rest: object = {}) {
  const { shippingAddress: address, ...terms } = TERMS
  const shippingAddress = { ...address, country }
  const body = { sku, quantity, ...terms, shippingAddress, ...rest }
  return good(await journey.post(`${A}/orders`, body, IN), 201)
}

suite('a rule', () => {
  test('is set by staff, listed by code, and not written over unseen', async () => {
    const [club, resellers] = [
      { kind: 'group', name: 'Club' },
      { kind: 'group', name: 'Resellers' },
    ]
    const made = good(await put(`${RULES}/group.club`, club, { 'if-match': '"0"' }))
    assert.deepEqual(made.rule, { code: 'club', ...club })
    good(await put(`${RULES}/group.resellers`, resellers))
    const page = good(await journey.get(`${RULES}?kind=group&limit=1`, { ...IN, as }))
    assert.deepEqual(page, { items: [made], next: 'group.club' })
    const next = good(await journey.get(`${RULES}?limit=1&after=group.club`, { ...IN, as }))
    assert.deepEqual(
      [next.items.length, next.items[0].rule.code, next.next],
      [1, 'resellers', null],
    )

    const tag = { 'if-match': `"${made.version}"` }
    const renamed = good(await put(`${RULES}/group.club`, { ...club, name: 'The club' }, tag))
    assert(renamed.version > made.version)
    refused(await put(`${RULES}/group.club`, club, tag), 412, 'pricing.version-stale')
    refused(await remove(`${RULES}/group.club`, tag), 412, 'pricing.version-stale')
    refused(
      await put(`${RULES}/group.club`, club, { 'if-match': '"0"' }),
      412,
      'pricing.version-stale',
    )
    assert.deepEqual(
      good(await journey.get(`${RULES}?kind=group`, { as: await journey.token('admin') })),
      {
        items: (await demoGroups()).items,
        next: null,
      },
    )
  })

  test('that contradicts itself or names what is not there is refused', async () => {
    const path = `${RULES}/special-list.odd`
    refused(await put(path, list({ group: 'nobody' })), 404, 'pricing.rule-unknown')
    refused(await put(path, list({ currency: 'USD' })), 404, 'pricing.list-unknown')
    refused(await put(path, { kind: 'group', name: 'x' }), 422, 'pricing.rule-wrong')
    const [from, until] = ['2026-02-01T00:00:00Z', '2026-01-01T00:00:00Z']
    refused(await put(path, list({ from, until })), 422, 'pricing.rule-wrong')
    refused(await put(`${RULES}/rate.x`, rate('nowhere', 1)), 404, 'pricing.rule-unknown')
    refused(await put(`${RULES}/tax.other`, tax()), 422, 'pricing.rule-wrong')
    refused(await remove(`${RULES}/zone.nowhere`), 404, 'pricing.rule-unknown')
    for (const body of [
      {},
      rate('z', -1),
      rate('z', 1_000_001),
      rate('z', 0.5),
      tax({ rounding: 'down' }),
      list({ from: 'tomorrow' }),
      { ...zone('LT'), places: [] },
      { ...zone('lt') },
      { kind: 'group', name: '' },
      { kind: 'group', name: 'x'.repeat(101) },
      { kind: 'group', name: 'x', extra: 1 },
    ]) {
      refused(await put(`${RULES}/rate.x`, body), 422, 'request.invalid')
    }
    for (const code of ['A', '-a', 'a--b', 'x'.repeat(80), '%2e%2e']) {
      refused(
        await put(`${RULES}/group.${code}`, { kind: 'group', name: 'x' }),
        422,
        'request.invalid',
      )
    }
  })

  test('that another one names stays, and the code of an ended list is not used again', async () => {
    good(await put(`${RULES}/special-list.short`, list({ group: 'resellers' })))
    const kept = refused(await remove(`${RULES}/group.resellers`), 409, 'pricing.rule-used')
    assert.equal(kept.by, 'special-list.short')
    good(await remove(`${RULES}/special-list.short`), 204)
    refused(await put(`${RULES}/special-list.short`, list()), 422, 'pricing.rule-wrong')
    good(await remove(`${RULES}/group.resellers`), 204)
  })
})

async function demoGroups(): Promise<Json> {
  return good(await journey.get(`${RULES}?kind=group`, { as: await journey.token('admin') }))
}

suite('a special price', () => {
  test('is for a group alone, and the cart and the order of its customers have it', async () => {
    const { sku } = await journey.aProduct(50, 'second', 10_000)
    good(await put(`${RULES}/special-list.club`, list({ group: 'club' })))
    const tiers = [{ fromQuantity: 1, amount: 9_000 }]
    good(await put(`${SPECIALS}/club/${sku}`, { tiers }))
    const member = `${A}/users/${await journey.userId('shopper', 'second')}/price-group`
    assert.equal(good(await journey.get(member, { ...IN, as })).group, null)
    assert.deepEqual((await priceOf(sku, 1, shopper)).unitPrice, eur(10_000))
    refused(await put(member, { group: 'nobody' }), 404, 'pricing.rule-unknown')
    const nobody = `${A}/users/${crypto.randomUUID()}/price-group`
    refused(await put(nobody, { group: 'club' }), 404, 'pricing.customer-unknown')
    refused(await journey.get(nobody, { ...IN, as }), 404, 'pricing.customer-unknown')
    good(await put(member, { group: 'club' }))

    assert.deepEqual((await priceOf(sku, 1, shopper)).unitPrice, eur(9_000))
    assert.deepEqual((await priceOf(sku)).unitPrice, eur(10_000))
    const own = { ...IN, as: shopper }
    const cartId = await journey.aCart(sku, 2, own)
    const cart = good(await journey.get(`${A}/carts/${cartId}`, own))
    assert.deepEqual([cart.total, cart.totalNow, cart.lines[0].was], [eur(18_000), null, null])
    const placed = good(await journey.post(`${A}/orders`, { cartId, ...TERMS }, own), 201)
    assert.deepEqual(placed.items, eur(18_000))
    assert.deepEqual((await order(sku, 2, 'LT')).items, eur(20_000))
    good(await put(member, { group: null }))
  })

  test('of many units is not that of one: who puts units back pays the price of fewer', async () => {
    const { sku } = await journey.aProduct(100, 'second', 10_000)
    good(await put(`${RULES}/special-list.volume`, list()))
    const tiers = [
      { fromQuantity: 5, amount: 8_000 },
      { fromQuantity: 10, amount: 7_000 },
    ]
    const view = good(await put(`${SPECIALS}/volume/${sku}`, { tiers }))
    assert.deepEqual(view, { list: 'volume', sku, tiers })
    assert.deepEqual(await priceOf(sku, 2), {
      sku,
      unitPrice: eur(10_000),
      was: null,
      lowestBefore: null,
      tiers: [
        { fromQuantity: 5, unitPrice: eur(8_000) },
        { fromQuantity: 10, unitPrice: eur(7_000) },
      ],
    })
    const cartId = await journey.aCart(sku, 10, IN)
    const path = `${A}/carts/${cartId}/items/${sku}`
    const total = async () => good(await journey.get(`${A}/carts/${cartId}`, IN)).total
    assert.deepEqual(await total(), eur(70_000))
    const fewer = good(await journey.patch(path, { quantity: 4 }, IN))
    assert.deepEqual([fewer.line.unitPrice, fewer.total], [eur(10_000), eur(40_000)])
    const more = good(
      await journey.post(`${A}/carts/${cartId}/items`, { sku, quantity: 1 }, IN),
      201,
    )
    assert.deepEqual(more.line.unitPrice, eur(8_000))
    const placed = good(await journey.post(`${A}/orders`, { cartId, ...TERMS }, IN), 201)
    assert.deepEqual(placed.items, eur(40_000))
  })

  test('is refused where its tiers contradict each other, and is gone once it is removed', async () => {
    const { sku } = await journey.aProduct(0, 'second', 10_000)
    const path = `${SPECIALS}/volume/${sku}`
    const rising = [
      { fromQuantity: 1, amount: 100 },
      { fromQuantity: 2, amount: 100 },
    ]
    refused(await put(path, { tiers: rising }), 422, 'pricing.tiers-wrong')
    refused(await put(path, { tiers: rising.toReversed() }), 422, 'pricing.tiers-wrong')
    for (const tiers of [
      [],
      [{ fromQuantity: 0, amount: 1 }],
      [{ fromQuantity: 1, amount: 0 }],
      {},
    ]) {
      refused(await put(path, { tiers }), 422, 'request.invalid')
    }
    const tiers = [{ fromQuantity: 1, amount: 1 }]
    refused(await put(`${SPECIALS}/volume/NOPE`, { tiers }), 404, 'pricing.sku-unknown')
    refused(await put(`${SPECIALS}/nope/${sku}`, { tiers }), 404, 'pricing.rule-unknown')
    refused(await remove(path), 404, 'pricing.special-unknown')
    good(await put(path, { tiers }))
    const { items } = good(await journey.get(`${SPECIALS}/volume`, { ...IN, as }))
    assert.deepEqual(
      items.filter((each: Json) => each.sku === sku),
      [{ list: 'volume', sku, tiers }],
    )
    good(await remove(path), 204)
    assert.deepEqual((await priceOf(sku)).unitPrice, eur(10_000))
    refused(await journey.get(`${SPECIALS}/nope`, { ...IN, as }), 404, 'pricing.rule-unknown')
  })

  test('of a sale is shown with the price before and the lowest of 30 days, and ends by itself', async () => {
    const product = await journey.aProduct(9, 'second', 10_000)
    const { sku, id, name } = product
    await priceIs(sku, 10_000)
    const body = { sku, name, price: eur(12_000) }
    good(await put(`${A}/products/${id}`, body))
    await priceIs(sku, 12_000)
    const [from, until] = [Date.now(), Date.now() + 3_000].map((at) => new Date(at).toISOString())
    good(await put(`${RULES}/special-list.sale`, list({ isSale: true, from, until })))
    good(await put(`${SPECIALS}/sale/${sku}`, { tiers: [{ fromQuantity: 1, amount: 9_500 }] }))
    const price = await priceOf(sku)
    assert.deepEqual(
      [price.unitPrice, price.was, price.lowestBefore],
      [eur(9_500), eur(12_000), eur(10_000)],
    )
    const cartId = await journey.aCart(sku, 1, IN)
    const [line] = good(await journey.get(`${A}/carts/${cartId}`, IN)).lines
    assert.deepEqual([line.unitPrice, line.was], [eur(9_500), eur(12_000)])
    await sleep(Math.max(0, Date.parse(String(until)) - Date.now()) + 50)
    assert.deepEqual((await priceOf(sku)).unitPrice, eur(12_000))
    // The price that was shown is kept though the sale is over (N-22).
    const placed = good(await journey.post(`${A}/orders`, { cartId, ...TERMS }, IN), 201)
    assert.deepEqual(placed.items, eur(9_500))
  })
})

/** What follows the log has the price, and so has whoever remembers it for a second. */
async function priceIs(sku: string, amount: number): Promise<void> {
  for (let looks = 0; looks < 100; looks += 1) {
    const [row] = await journey.shop.query(
      `select amount from pricing.price_points where sku = $1 order by at desc limit 1`,
      [sku],
    )
    const { unitPrice } = (await priceOf(sku)) ?? { unitPrice: undefined }
    if (Number((row as Json)?.amount) === amount && unitPrice?.amount === amount) return
    await sleep(50)
  }
  assert.fail(`${sku} does not cost ${amount}`)
}

suite('a market', () => {
  test('has prices of its own, in its currency, for carts that go to its countries', async () => {
    const { sku } = await journey.aProduct(50, 'second', 10_000)
    good(await put(`${A}/price-lists/PLN`, { delivery: { post: 1_500 } }))
    good(await put(`${A}/price-lists/PLN/${sku}`, { amount: 45_000 }))
    const market = {
      kind: 'market',
      name: 'Poland',
      countries: ['PL'],
      currency: 'PLN',
      languages: ['en'],
      doPricesIncludeTax: null,
    }
    good(await put(`${RULES}/market.poland`, market))
    const again = await put(`${RULES}/market.other`, { ...market, countries: ['PL'] })
    assert.equal(refused(again, 422, 'pricing.rule-wrong').field, 'countries')
    good(await put(`${RULES}/special-list.poland`, list({ currency: 'PLN', market: 'poland' })))
    const tiers = [{ fromQuantity: 1, amount: 42_000 }]
    good(await put(`${SPECIALS}/poland/${sku}`, { tiers }))

    const pln = (amount: number) => ({ amount, currency: 'PLN' })
    assert.deepEqual((await priceOf(sku, 1, undefined, '&country=PL')).unitPrice, pln(42_000))
    assert.deepEqual((await priceOf(sku, 1, undefined, '&currency=PLN')).unitPrice, pln(45_000))
    refused(
      await journey.get(`${A}/prices?skus=${sku}&currency=USD`, IN),
      404,
      'pricing.list-unknown',
    )
    const cart = good(await journey.post(`${A}/carts`, { country: 'PL' }, IN), 201)
    assert.deepEqual([cart.market, cart.currency], ['poland', 'PLN'])
    const items = `${A}/carts/${cart.id}/items`
    const added = good(await journey.post(items, { sku, quantity: 1 }, IN), 201)
    assert.deepEqual(added.total, pln(42_000))
    const abroad = { cartId: cart.id, ...TERMS }
    const outside = await journey.post(`${A}/orders`, abroad, IN)
    assert.equal(refused(outside, 409, 'pricing.country-outside').country, 'UA')
    const shippingAddress = { ...TERMS.shippingAddress, country: 'PL' }
    const placed = good(await journey.post(`${A}/orders`, { ...abroad, shippingAddress }, IN), 201)
    assert.deepEqual(placed.total, pln(43_500))
    refused(await remove(`${RULES}/market.poland`), 409, 'pricing.rule-used')
    const elsewhere = good(await journey.post(`${A}/carts`, { country: 'JP' }, IN), 201)
    assert.deepEqual([elsewhere.market, elsewhere.currency], [null, 'EUR'])
  })
})

suite('taxes', () => {
  test('are nought where none are configured, and said to be', async () => {
    const { sku } = await journey.aProduct(9, 'second', 12_100)
    const placed = await order(sku, 1, 'LT')
    assert.deepEqual(placed.tax, eur(0))
    assert.deepEqual(placed.taxes, { areIncluded: true, zone: null, source: 'none', rates: [] })
  })

  test('are in the price or come on top, by line and by rate, and the buyer pays the total', async () => {
    const { sku } = await journey.aProduct(50, 'second', 12_100)
    good(await put(`${RULES}/zone.lithuania`, zone('LT')))
    good(await put(`${RULES}/rate.lithuania`, rate('lithuania', 210_000)))
    const future = { from: new Date(Date.now() + 3_600_000).toISOString() }
    good(await put(`${RULES}/rate.lithuania-later`, rate('lithuania', 220_000, future)))
    good(await put(`${RULES}/tax.shop`, tax()))
    // 390 of delivery holds 67.69.
    const inside = await order(sku, 1, 'LT')
    assert.deepEqual([inside.total, inside.tax], [eur(12_490), eur(2_168)])
    assert.deepEqual(inside.lines[0], {
      ...inside.lines[0],
      tax: eur(2_100),
      taxRate: 210_000,
      taxName: 'VAT 21 %',
      total: eur(12_100),
      delivery: eur(390),
      deliveryTax: eur(68),
    })
    const rates = [
      { name: 'VAT 21 %', partsPerMillion: 210_000, net: eur(10_322), tax: eur(2_168) },
    ]
    assert.deepEqual(inside.taxes, { areIncluded: true, zone: 'lithuania', source: 'own', rates })
    const pickup = { deliveryMethod: 'pickup' }
    assert.deepEqual((await order(sku, 1, 'JP', pickup)).tax, eur(2_100), 'taxed at home')
    const abroad = await order(sku, 1, 'JP')
    assert.deepEqual([abroad.tax, abroad.taxes.zone], [eur(0), null])

    good(await put(`${RULES}/tax.shop`, tax({ doPricesIncludeTax: false })))
    // 21 % of 121.00 is 25.41, of 3.90 is 0.819.
    const onTop = await order(sku, 1, 'LT')
    assert.deepEqual([onTop.items, onTop.tax, onTop.total], [eur(12_100), eur(2_623), eur(15_113)])
    assert.deepEqual(onTop.taxes.rates[0].net, eur(12_490))
    const paying = { ...IN, orderToken: onTop.token }
    const paid = good(
      await journey.post(`${A}/payments/${onTop.paymentId}/process`, undefined, paying),
    )
    assert.deepEqual([paid.status, paid.amount], ['succeeded', eur(15_113)])
    const seen = good(await journey.get(`${A}/orders/${onTop.id}`, paying))
    assert.deepEqual(seen.taxes, onTop.taxes)
    const body = { sku, quantity: 1, ...TERMS, expectedTotal: eur(12_490) }
    const shippingAddress = { ...TERMS.shippingAddress, country: 'LT' }
    const other = await journey.post(`${A}/orders`, { ...body, shippingAddress }, IN)
    assert.deepEqual(refused(other, 409, 'pricing.changed').total, eur(15_113))
  })

  test('of a provider that is not there are the shop’s own, and the order says so', async () => {
    const { sku } = await journey.aProduct(9, 'second', 12_100)
    good(await put(`${RULES}/tax.shop`, tax({ rates: 'outside' })))
    const placed = await order(sku, 1, 'LT')
    assert.deepEqual([placed.taxes.source, placed.tax], ['own-instead', eur(2_168)])
  })

  test('follow the tax category of the product', async () => {
    good(await put(`${RULES}/tax.shop`, tax()))
    good(await put(`${RULES}/rate.books`, rate('lithuania', 90_000, { category: 'books' })))
    const sku = `J-${crypto.randomUUID().slice(0, 13).toUpperCase()}`
    const draft = { sku, name: 'Book', price: eur(10_900), taxCategory: 'books' }
    const { id } = good(await journey.post(`${A}/products`, draft, { ...IN, as }), 201)
    const stock = { quantity: 5, reason: 'for a test' }
    good(await journey.patch(`${A}/products/${id}/stock`, stock, { ...IN, as }))
    const placed = await order(sku, 1, 'LT', { deliveryMethod: 'pickup' })
    assert.deepEqual([placed.tax, placed.lines[0].taxRate], [eur(900), 90_000])
  })
})

test('the database is sound afterwards', () => journey.shop.mustBeSound())

test('no answer of this journey is missing in the documentation', async () => {
  assert.deepEqual(await undocumented(journey), [])
})
