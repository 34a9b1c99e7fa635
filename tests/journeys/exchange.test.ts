/** Tables in and out: what a file says is what the shop has afterwards, and the other way round. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import { undocumented } from './documented.ts'
import { A, good, Journey, refused, type Answer, type Json } from './journey.ts'

let journey: Journey
let as: string
before(async () => {
  journey = await Journey.begin()
  as = await journey.token('admin')
})
after(() => journey?.[Symbol.asyncDispose]())

const tag = (): string => crypto.randomUUID().slice(0, 8).toUpperCase()

/** Sends a table and waits until it has been read. */
async function send(query: string, body: string): Promise<Json> {
  const headers = { 'content-type': 'text/csv' }
  const begun = await journey.call('POST', `${A}/admin/imports?${query}`, { as, body, headers })
  const { id } = good(begun, 202)
  // A thousand rows and more: on a machine that is busy with other tests they take their time.
  for (const late = performance.now() + 30_000; ; await sleep(25)) {
    const seen = good(await journey.get(`${A}/admin/imports/${id}`, { as }))
    if (!['waiting', 'running'].includes(seen.state)) return seen
    assert.ok(performance.now() < late, `it never ended: ${JSON.stringify(seen)}`)
  }
}

const faults = async (id: string): Promise<Json[]> =>
  good(await journey.get(`${A}/admin/imports/${id}/faults`, { as })).items

const product = async (sku: string): Promise<Json> => {
  const { items } = good(await journey.get(`${A}/admin/products?sku=${sku}`, { as }))
  return good(await journey.get(`${A}/products/${items[0].id}`, { as }))
}

const counts = ({ state, rows, applied, unchanged, failed }: Json) => ({
  state,
  rows,
  applied,
  unchanged,
  failed,
})

suite('a table of products', () => {
  test('makes products, changes them by another, and leaves alone what stays', async () => {
    const [one, two] = [tag(), tag()]
    const table = (price: string): string =>
      [
        'product;sku;name.uk;name.en;price;option.size;weightGrams',
        `tee-${one.toLowerCase()};${one}-S;Футболка;Tee;${price};s;150`,
        `tee-${one.toLowerCase()};${one}-M;;;${price};m;160`,
        `;${two};Мʼяч;Ball;1 299,50;;430`,
      ].join('\r\n')
    const trial = await send('kind=products&mode=trial', table('499,00'))
    assert.deepEqual(counts(trial), {
      state: 'done',
      rows: 3,
      applied: 3,
      unchanged: 0,
      failed: 0,
    })
    assert.deepEqual(good(await journey.get(`${A}/admin/products?sku=${one}`, { as })).items, [])

    const first = await send('kind=products', table('499,00'))
    assert.deepEqual(counts(first), counts(trial))
    assert.equal(first.progress, 1)
    const made = await product(`${one}-S`)
    assert.deepEqual(
      made.variants.map(({ sku, price, weightGrams }: Json) => [sku, price.amount, weightGrams]),
      [
        [`${one}-S`, 49_900, 150],
        [`${one}-M`, 49_900, 160],
      ],
    )
    assert.equal((await product(two)).price.amount, 129_950)

    const again = await send('kind=products', table('499,00'))
    assert.deepEqual(counts(again), { ...counts(first), applied: 0, unchanged: 3 })
    const dearer = await send('kind=products', table('549,00'))
    assert.deepEqual(counts(dearer), { ...counts(first), applied: 2, unchanged: 1 })
    const only = await send('kind=products', `sku,price\n${one}-M,599\n`)
    assert.equal(only.applied, 1)
    const after = await product(`${one}-S`)
    assert.deepEqual(
      after.variants.map(({ price }: Json) => price.amount),
      [54_900, 59_900],
    )
    assert.equal(after.name, 'Футболка')
  })

  test('says of every wrong row where and why, and applies the others', async () => {
    const [good1, used] = [tag(), tag()]
    const other = await journey.aProduct(0)
    const done = await send(
      'kind=products',
      [
        'sku,name,price,category,brand,status',
        `${good1},Ok,10.00,,,`,
        `${used}-A,No price,,,,`,
        `${used}-B,Odd,12.500,,,`,
        `${used}-C,Nowhere,5,no-such-category,,`,
        `${used}-D,Odd status,5,,,sold`,
        ',No SKU,5,,,',
        `${other.sku},Renamed,,,,`,
        `bad sku!,Bad,5,,,`,
      ].join('\n'),
    )
    assert.deepEqual(counts(done), {
      state: 'done',
      rows: 8,
      applied: 2,
      unchanged: 0,
      failed: 6,
    })
    const found = (await faults(done.id)).map(({ line, code }) => [line, code])
    assert.deepEqual(found, [
      [3, 'catalog.product-incomplete'],
      [4, 'exchange.amount-wrong'],
      [5, 'catalog.category-unknown'],
      [6, 'exchange.status-wrong'],
      [7, 'exchange.cell-missing'],
      [9, 'request.invalid'],
    ])
  })

  test('that is none is broken, and says so', async () => {
    for (const [body, code, line] of [
      ['name,price\nX,5\n', 'exchange.column-missing', 1],
      ['sku,color,sku\nX,5,6\n', 'exchange.column-unknown', 1],
      ['sku,name\nA,"open\n', 'exchange.quote-open', 2],
    ] as const) {
      const done = await send('kind=products', body)
      assert.equal(done.state, 'broken', body)
      const [first] = await faults(done.id)
      assert.deepEqual([first.code, first.line], [code, line])
    }
    const empty = await journey.call('POST', `${A}/admin/imports?kind=products`, { as })
    refused(empty, 422, 'exchange.file-empty')
  })
})

suite('tables of prices and stock', () => {
  test('set what they say, once, and name what they cannot', async () => {
    const made = await journey.aProduct(5)
    good(await journey.call('PUT', `${A}/price-lists/EUR`, { as, body: { delivery: {} } }))
    const prices = await send(
      'kind=prices',
      `sku,currency,price\n${made.sku},EUR,29.90\n${made.sku},CHF,1\nNONE,EUR,5\n`,
    )
    assert.deepEqual([prices.applied, prices.failed], [1, 2])
    const { items } = good(await journey.get(`${A}/price-lists/EUR?limit=100`))
    assert.equal(items.find(({ sku }: Json) => sku === made.sku).price.amount, 2_990)

    const stock = (quantity: number): string =>
      `sku\twarehouse\tquantity\n${made.sku}\tkyiv\t${quantity}\n${made.sku}\tnowhere\t3\n`
    const first = await send('kind=stock', stock(42))
    assert.deepEqual([first.applied, first.failed], [1, 1])
    assert.equal(await journey.freeUnits(made.sku), 42)
    const second = await send('kind=stock', stock(42))
    assert.deepEqual([second.unchanged, second.failed], [1, 1])
  })
})

suite('an export', () => {
  const exported = (kind: string, format = 'csv'): Promise<Answer> =>
    journey.get(`${A}/admin/exports/${kind}?format=${format}`, { as })

  test('imported again changes nothing', async () => {
    for (const kind of ['products', 'prices', 'stock']) {
      const { text, status } = await exported(kind)
      assert.equal(status, 200)
      const done = await send(`kind=${kind}`, text)
      const report = await faults(done.id)
      assert.deepEqual(report.slice(0, 3), [], kind)
      assert.equal(done.unchanged, done.rows, kind)
      assert.ok(done.rows >= (kind === 'prices' ? 1 : 200), `${kind}: ${done.rows}`)
    }
  })

  test('is for staff alone, and is never a formula', async () => {
    const denied = await journey.get(`${A}/admin/exports/products`, {
      as: await journey.token('shopper'),
    })
    refused(denied, 403, 'auth.forbidden')
    const sku = tag()
    await send('kind=products', `sku,name,price\n${sku},"=HYPERLINK(""http://x"")",5\n`)
    const { text } = await exported('products')
    const line = text.split('\r\n').find((each) => each.includes(sku))
    assert.match(line ?? '', /'=HYPERLINK/)
    assert.equal((await exported('products', 'xlsx')).text.slice(0, 2), 'PK')
  })
})

test('all that was said here is documented', async () => {
  assert.deepEqual(await undocumented(journey), [])
})
