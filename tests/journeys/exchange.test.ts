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
  return over(good(begun, 202).id)
}

async function over(id: string): Promise<Json> {
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

suite('a trial', () => {
  test('sees what rows of one table say of the same thing, before anything is made', async () => {
    const [one, two] = [tag(), tag()]
    const slug = `tee-${one.toLowerCase()}`
    const table = [
      'product,sku,name,price',
      `${slug},${one}-S,Tee,5`,
      `,${two},Ball,5`,
      `${slug},${one}-M,Tee,5`,
      `,${two},Ball,6`,
    ].join('\n')
    const trial = await send('kind=products&mode=trial', table)
    assert.deepEqual([trial.rows, trial.applied, trial.failed], [4, 3, 1])
    const expected = [
      [4, 'catalog.slug-taken'],
      [5, 'exchange.said-twice'],
    ]
    const found = (await faults(trial.id)).map(({ line, code }) => [line, code])
    assert.deepEqual(found, expected)
    // What it foretold is what becomes of it.
    const done = await send('kind=products', table)
    assert.deepEqual([done.applied, done.failed], [3, 1])
    const [only] = await faults(done.id)
    assert.deepEqual([only.line, only.code], expected[0])
    assert.equal((await product(two)).price.amount, 600)

    const stock = await send(
      'kind=stock&mode=trial',
      `sku,warehouse,quantity\n${two},kyiv,1\n${two},kyiv,2\n`,
    )
    assert.deepEqual(
      (await faults(stock.id)).map(({ line }) => line),
      [3],
    )
  })
})

test('a broken byte costs its row, and names it', async () => {
  const [one, two] = [tag(), tag()]
  const text = `sku,name,price\n${one},Мяч,5\n${two},Мяч,5\n`
  const bytes = Buffer.from(text)
  bytes[text.indexOf(two) + two.length + 4] = 0xff
  const answer = await fetch(`${journey.shop.program.url}${A}/admin/imports?kind=products`, {
    method: 'POST',
    headers: { authorization: `Bearer ${as}`, 'content-type': 'text/csv' },
    body: bytes,
  })
  const { id } = (await answer.json()) as Json
  const done = await over(id)
  assert.deepEqual([done.state, done.applied, done.failed], ['done', 1, 1])
  const [lost] = await faults(id)
  assert.deepEqual([lost.line, lost.column, lost.code], [3, 'name', 'exchange.encoding-broken'])
  assert.equal((await product(one)).name, 'Мяч')
})

test('a table whose cells hold what is no text names those rows and takes the others', async () => {
  const sku = tag()
  const { id } = await journey.aProduct(3)
  const { variants } = good(await journey.get(`${A}/products/${id}`))
  const known = variants[0].sku
  for (const [kind, head, end] of [
    ['prices', 'sku,currency,price', 'UAH,'],
    ['prices', 'sku,currency,price', 'UAH,5.00'],
    ['stock', 'sku,warehouse,quantity', 'kyiv,3'],
  ] as const) {
    const rows = [
      `${sku}\u0000,${end}`,
      `${sku}\u001E,${end}`,
      `${known},${end.replace(/,$/, ',7.00')}`,
    ]
    const done = await send(`kind=${kind}`, [head, ...rows].join('\n'))
    assert.deepEqual([done.state, done.rows, done.failed], ['done', 3, 2], kind)
    const named = (await faults(done.id)).map(({ line, column, code }) => [line, column, code])
    assert.deepEqual(
      named,
      [2, 3].map((line) => [line, 'sku', 'exchange.encoding-broken']),
    )
  }
})

test('a table that is sent again under its key is the same import; another table is not', async () => {
  const key = crypto.randomUUID()
  const made = await journey.aProduct(0)
  const sent = (quantity: number): Promise<Answer> =>
    journey.call('POST', `${A}/admin/imports?kind=stock`, {
      as,
      key,
      body: `sku,warehouse,quantity\n${made.sku},kyiv,${quantity}\n`,
      headers: { 'content-type': 'text/csv' },
    })
  const { id } = good(await sent(3), 202)
  await over(id)
  const again = await sent(3)
  assert.equal(good(again, 202).id, id)
  assert.equal(again.headers['idempotent-replayed'], 'true')
  refused(await sent(4), 422, 'request.key-reused')
  assert.equal(await journey.freeUnits(made.sku), 3)
})

test('bundles come in behind what they are put together from, and go out as they came', async () => {
  const [ball, pump, set] = [tag(), tag(), tag()]
  const table = [
    'sku;name;price;components',
    `${ball};Ball;5;`,
    `${pump};Pump;3;`,
    `${set};Set;10;"${ball}*2; ${pump}"`,
    `${set}-X;Odd;10;"${ball} 2"`,
  ].join('\n')
  const done = await send('kind=products', table)
  assert.deepEqual([done.applied, done.failed], [3, 1])
  const [odd] = await faults(done.id)
  assert.deepEqual([odd.line, odd.code], [5, 'exchange.components-wrong'])
  const { variants } = await product(set)
  assert.deepEqual(variants[0].components, [
    { sku: ball, quantity: 2 },
    { sku: pump, quantity: 1 },
  ])
  const { text } = await journey.get(`${A}/admin/exports/products`, { as })
  const line = (sku: string): number => text.split('\r\n').findIndex((each) => each.includes(sku))
  assert.match(text, new RegExp(`${ball}\\*2;${pump}`))
  assert.ok(line(`,${set},`) > line(`,${pump},`))
})

suite('tables of prices and stock', () => {
  test('set what they say, once, and name what they cannot', async () => {
    const made = await journey.aProduct(5)
    good(await journey.call('PUT', `${A}/price-lists/PLN`, { as, body: { delivery: {} } }))
    const prices = await send(
      'kind=prices',
      `sku,currency,price\n${made.sku},PLN,29.90\n${made.sku},CHF,1\nNONE,PLN,5\n`,
    )
    assert.deepEqual([prices.applied, prices.failed], [1, 2])
    const { items } = good(await journey.get(`${A}/price-lists/PLN?limit=100`))
    assert.equal(items.find(({ sku }: Json) => sku === made.sku).price.amount, 2_990)

    // Those of the main currency are its product's.
    const main = (price: string): string =>
      `sku,currency,price\n${made.sku},UAH,${price}\nNONE,UAH,5\n`
    const set = await send('kind=prices', main('1250.50'))
    assert.deepEqual([set.applied, set.failed], [1, 1])
    assert.equal((await product(made.sku)).price.amount, 125_050)
    const same = await send('kind=prices', main('1250.50'))
    assert.deepEqual([same.unchanged, same.failed], [1, 1])
    const dear = await send('kind=prices', main('10000001'))
    assert.equal((await faults(dear.id))[0].code, 'exchange.amount-wrong')

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
      assert.ok(done.rows >= 200, `${kind}: ${done.rows}`)
      if (kind === 'products') assert.match(text, /[0-9a-f-]{36}\|[0-9a-f-]{36}/, 'pictures')
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
