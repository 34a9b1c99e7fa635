/** What products say besides words and prices: attributes, options, publication, addresses. */
import assert from 'node:assert/strict'
import { test } from 'node:test'

import {
  twoCatalogs,
  accepted,
  demo,
  refused,
  second,
  uah,
  type Answer,
} from './catalog.testing.ts'

const { shop } = await twoCatalogs()

const P = '/api/v1/products'
const guest = { role: 'guest' } as const
let made = 0

function aBall(changes: object = {}) {
  made += 1
  return { sku: `FACT-${made}`, name: `М’яч ${made}`, price: uah(129_900), ...changes }
}

/** The catalog's own port, as indexers read it. */
const indexed = async (id: string) => (await shop.catalog.products.products(demo.id, [id]))[0]

await shop.call('PUT', '/api/v1/categories/sport', { name: { uk: 'Спорт', en: 'Sport' } })
await shop.call('PUT', '/api/v1/categories/running', { name: 'Біг', parent: 'sport' })
await shop.call('PUT', '/api/v1/brands/vitrohin', { name: 'Vitrohin' })
const attributes: Record<string, object> = {
  material: { kind: 'text', name: { uk: 'Матеріал', en: 'Material' } },
  drop: { kind: 'number', name: 'Перепад', unit: 'mm', isFacet: true },
  waterproof: { kind: 'boolean', name: 'Не промокає' },
  season: {
    kind: 'choice',
    name: 'Сезон',
    choices: [{ code: 'summer', name: { uk: 'літо', en: 'summer' } }, { code: 'winter' }],
    isFacet: true,
  },
  surfaces: { kind: 'choices', name: 'Покриття', choices: [{ code: 'road' }, { code: 'trail' }] },
  since: { kind: 'date', name: 'Від', audience: 'staff' },
}
for (const [code, body] of Object.entries(attributes)) {
  accepted(await shop.call('PUT', `/api/v1/admin/attributes/${code}`, body))
}
const values = {
  material: ' сітка ',
  drop: 8.5,
  waterproof: false,
  season: 'summer',
  surfaces: ['road', 'trail', 'road'],
  since: '2026-02-28',
}

test('attributes are kept by the kinds of their definitions, and buyers see those meant for them', async () => {
  const { id } = await shop.product(aBall({ attributes: values }))
  const staff = accepted(await shop.call('GET', `${P}/${id}?lang=en`))
  assert.deepEqual(
    staff.attributes.map(({ code, name, value, words }) => [code, name, value, words]),
    [
      ['material', 'Material', 'сітка', []],
      ['drop', 'Перепад', 8.5, []],
      ['waterproof', 'Не промокає', false, []],
      ['season', 'Сезон', 'summer', ['summer']],
      ['surfaces', 'Покриття', ['road', 'trail'], ['road', 'trail']],
      ['since', 'Від', '2026-02-28', []],
    ].toSorted(([a], [b]) => codes(id, staff, a) - codes(id, staff, b)),
  )
  const seen = accepted(await shop.call('GET', `${P}/${id}`, undefined, guest))
  assert.equal(
    seen.attributes.some(({ code }) => code === 'since'),
    false,
    'a custom field of staff is shown to buyers',
  )
  assert.equal(seen.desk, undefined)

  const entry = await indexed(id)
  assert.equal(
    entry?.attributes.some(({ code }) => code === 'since'),
    false,
  )
  assert.deepEqual(entry?.attributes.find(({ code }) => code === 'season')?.values, [
    { code: 'summer', number: null, label: { uk: 'літо', en: 'summer' } },
  ])
  assert.equal(entry?.attributes.find(({ code }) => code === 'drop')?.values[0]?.number, 8.5)
})

/** Where an attribute stands in an answer: PostgreSQL sorts the members of an object. */
function codes(_: string, { attributes: shown }: Answer['body'], code: unknown): number {
  return shown.findIndex((each) => each.code === code)
}

test('a value of the wrong kind is refused with the attribute and the reason', async () => {
  const wrong: [string, unknown][] = [
    ['material', 7],
    ['material', '  '],
    ['drop', '8'],
    ['drop', true],
    ['waterproof', 'yes'],
    ['season', 'spring'],
    ['season', ['summer']],
    ['surfaces', 'road'],
    ['surfaces', []],
    ['surfaces', ['road', 'sand']],
    ['since', '2026-02-30'],
    ['since', 'yesterday'],
  ]
  for (const [code, value] of wrong) {
    const answer = await shop.call('POST', P, aBall({ attributes: { [code]: value } }))
    refused(answer, 422, 'catalog.attribute-wrong')
    assert.match(answer.text, new RegExp(`"attribute":"${code}"`))
    assert.match(answer.text, /"reason":"[^"]+"/)
  }
  for (const code of ['size', 'constructor', 'toString']) {
    const unknown = await shop.call('POST', P, aBall({ attributes: { [code]: '42' } }))
    refused(unknown, 422, 'catalog.attribute-unknown')
  }
  const foreign = {
    ...aBall({ attributes: { material: 'x' } }),
    price: { amount: 5, currency: 'EUR' },
  }
  refused(await shop.call('POST', P, foreign, { shop: second }), 422, 'catalog.attribute-unknown')
})

test('an attribute keeps its kind and its choices; its words change, for all products at once', async () => {
  const A = '/api/v1/admin/attributes/season'
  const { id } = await shop.product(aBall({ attributes: { season: 'summer' } }))
  refused(
    await shop.call('PUT', A, { ...attributes['season'], kind: 'choices' }),
    422,
    'catalog.attribute-fixed',
  )
  const fewer = { kind: 'choice', name: 'Сезон', choices: [{ code: 'winter' }] }
  refused(await shop.call('PUT', A, fewer), 422, 'catalog.attribute-fixed')
  refused(
    await shop.call('PUT', '/api/v1/admin/attributes/none', { kind: 'choice', name: 'x' }),
    422,
    'catalog.attribute-fixed',
  )

  const more = {
    ...attributes['season'],
    choices: [{ code: 'summer', name: 'літечко' }, { code: 'winter' }, { code: 'all' }],
  }
  const stale = await shop.call('PUT', A, more, { headers: { 'if-match': '"7"' } })
  refused(stale, 412, 'catalog.version-stale')
  const set = await shop.call('PUT', A, more, { headers: { 'if-match': '"1"' } })
  assert.equal(set.headers['etag'], '"2"', set.text)
  const again = await shop.call('PUT', A, more)
  assert.equal(again.headers['etag'], '"2"', 'saying the same again is no change')
  const seen = accepted(await shop.call('GET', `${P}/${id}`))
  assert.deepEqual(seen.attributes[0]?.words, ['літечко'])

  const list = accepted(await shop.call('GET', '/api/v1/attributes?limit=3', undefined, guest))
  assert.deepEqual(
    list.items.map((each) => (each as unknown as { code: string }).code),
    ['drop', 'material', 'season'],
  )
  assert.equal(list.next, 'season')
})

test('variants choose one value of every group, and a page says what exists with what', async () => {
  const groups = [
    { code: 'size', values: [{ code: '42' }, { code: '43' }] },
    {
      code: 'color',
      name: { uk: 'Колір' },
      values: [
        { code: 'red', name: { uk: 'червоний', en: 'red' }, swatch: '#cc0000' },
        { code: 'blue' },
        { code: 'green' },
      ],
    },
  ]
  const variant = (sku: string, size: string, color: string) => ({
    sku: `${sku}-${made}`,
    options: [
      { code: 'color', valueCode: color },
      { code: 'size', valueCode: size },
    ],
  })
  const draft = (...variants: object[]) => {
    const { sku: _, ...ball } = aBall({ optionGroups: groups, variants })
    return ball
  }
  const { id } = await shop.product(
    draft(variant('R', '42', 'red'), variant('B', '42', 'blue'), variant('RR', '43', 'red')),
  )
  const page = accepted(await shop.call('GET', `${P}/${id}?lang=en`, undefined, guest))
  assert.deepEqual(
    page.optionGroups.map(({ code, values: each }) => [
      code,
      each.map(({ code: value, goesWith }) => [value, goesWith]),
    ]),
    [
      [
        'size',
        [
          ['42', { color: ['red', 'blue'] }],
          ['43', { color: ['red'] }],
        ],
      ],
      [
        'color',
        [
          ['red', { size: ['42', '43'] }],
          ['blue', { size: ['42'] }],
          ['green', { size: [] }],
        ],
      ],
    ],
  )
  assert.deepEqual(page.variants[0]?.options[1], {
    code: 'color',
    valueCode: 'red',
    name: 'Колір',
    value: 'red',
  })

  for (const stray of [
    variant('X', '44', 'red'),
    { sku: 'X-1', options: [{ code: 'size', valueCode: '42' }] },
    {
      ...variant('X', '42', 'red'),
      options: [...variant('X', '42', 'red').options, { code: 'cut', valueCode: 'slim' }],
    },
  ]) {
    refused(await shop.call('POST', P, draft(stray)), 422, 'catalog.option-unknown')
  }
})

test('what is hidden, not published yet or no more is there for staff alone', async () => {
  const now = Date.now()
  const iso = (offset: number) => new Date(now + offset).toISOString()
  const cases: [object, boolean][] = [
    [{ status: 'hidden' }, false],
    [{ from: iso(60_000) }, false],
    [{ until: iso(-60_000) }, false],
    [{ from: iso(-60_000), until: iso(60_000) }, true],
    [{}, true],
  ]
  for (const [publication, isVisible] of cases) {
    const body = aBall({ publication })
    const { id, slug } = await shop.product(body)
    const seen = (path: string) => shop.call('GET', path, undefined, guest)
    for (const path of [`${P}/${id}`, `${P}/by-slug/${slug}`, `${P}/${id}/related`]) {
      assert.equal(
        (await seen(path)).status,
        isVisible ? 200 : 404,
        `${path} ${JSON.stringify(publication)}`,
      )
    }
    const staff = accepted(await shop.call('GET', `${P}/${id}`))
    assert.equal(staff.desk?.isVisible, isVisible)
    const listed = accepted(await seen(`${P}?limit=5`)).items.some((each) => each.id === id)
    assert.equal(listed, isVisible, `listed: ${JSON.stringify(publication)}`)
    assert.equal((await indexed(id))?.isVisible, isVisible)
    const offer = (await shop.catalog.offers.offers(demo.id, [body.sku])).get(body.sku)
    assert.equal(offer?.status, isVisible ? 'active' : 'hidden')
  }
  for (const publication of [
    { from: iso(5), until: iso(5) },
    { from: 'tomorrow at noon o’clock' },
    { from: '2026-02-30T10:00:00Z' },
    { until: '+020000-01-01T00:00:00Z' },
  ]) {
    refused(await shop.call('POST', P, aBall({ publication })), 422, 'catalog.publication-wrong')
  }
})

test('a product appears and goes when its time comes, with nobody doing anything', async () => {
  const from = new Date(Date.now() + 700).toISOString()
  const until = new Date(Date.now() + 2_200).toISOString()
  const { id } = await shop.product(aBall({ publication: { from, until } }))
  const status = async () => (await shop.call('GET', `${P}/${id}`, undefined, guest)).status
  const seen: number[] = [await status()]
  while (Date.now() < Date.parse(until) + 300) {
    const next = await status()
    if (next !== seen.at(-1)) seen.push(next)
  }
  assert.deepEqual(seen, [404, 200, 404])
})

test('a former address leads to the one of today, and to nothing when nobody may see the product', async () => {
  const { id, slug } = await shop.product(aBall())
  await shop.call('PATCH', `${P}/${id}`, { slug: 'new-home' })
  const old = await shop.call('GET', `${P}/by-slug/${slug}?lang=en`, undefined, guest)
  assert.equal(old.status, 301)
  assert.equal(old.headers['location'], `${P}/by-slug/new-home?lang=en`)
  const found = await shop.call('GET', `${P}/by-slug/new-home`, undefined, guest)
  assert.equal(accepted(found).id, id)
  refused(
    await shop.call('GET', `${P}/by-slug/no-such`, undefined, guest),
    404,
    'catalog.product-unknown',
  )
  refused(await shop.call('POST', P, aBall({ slug })), 409, 'catalog.slug-taken')

  await shop.call('PATCH', `${P}/${id}`, { publication: { status: 'hidden' } })
  assert.equal((await shop.call('GET', `${P}/by-slug/${slug}`, undefined, guest)).status, 404)
  await shop.call('PATCH', `${P}/${id}`, { publication: null, slug })
  assert.equal((await shop.call('GET', `${P}/by-slug/${slug}`, undefined, guest)).status, 200)
  assert.equal((await shop.call('GET', `${P}/by-slug/new-home`, undefined, guest)).status, 301)
})

test('what was on sale and is no longer says so at its addresses, and what never was says nothing', async () => {
  const at = (slug: string) => shop.call('GET', `${P}/by-slug/${slug}?lang=uk`, undefined, guest)
  const sold = await shop.product(aBall({ name: { uk: 'Мʼяч' }, category: 'running' }))
  await shop.call('PATCH', `${P}/${sold.id}`, { slug: `${sold.slug}-2` })
  await shop.call('DELETE', `${P}/${sold.id}`)
  for (const slug of [sold.slug, `${sold.slug}-2`]) {
    const answer = await at(slug)
    refused(answer, 410, 'catalog.product-gone')
    assert.partialDeepStrictEqual(answer.body, {
      productId: sold.id,
      name: 'Мʼяч',
      category: 'running',
    })
    assert.equal((await shop.call('GET', `${P}/by-slug/${slug}`)).status === 410, false, 'staff')
  }
  const draft = await shop.product(aBall({ publication: { status: 'hidden' } }))
  await shop.call('DELETE', `${P}/${draft.id}`)
  refused(await at(draft.slug), 404, 'catalog.product-unknown')
})

test('a patch changes what it names, takes away what is null and leaves the rest to the letter', async () => {
  const { id } = await shop.product(
    aBall({
      name: { uk: 'Кросівки', en: 'Shoes' },
      description: { uk: 'Легкі.' },
      category: 'running',
      brand: 'vitrohin',
      attributes: { drop: 8, season: 'summer' },
      pictures: [{ asset: 'front', alt: { uk: 'спереду' } }, { asset: 'side' }],
      taxCategory: 'shoes',
      seo: { title: { uk: 'Купити кросівки', en: 'Buy shoes' } },
    }),
  )
  const before = accepted(await shop.call('GET', `${P}/${id}`))
  const same = accepted(await shop.call('PATCH', `${P}/${id}`, {}))
  assert.deepEqual(same, before)

  const patched = accepted(
    await shop.call('PATCH', `${P}/${id}`, {
      name: { en: null, ru: 'Кроссовки' },
      attributes: { season: null, waterproof: true },
      brand: null,
      price: uah(5),
      seo: { title: { en: null } },
    }),
  )
  assert.deepEqual(patched.texts?.name, { uk: 'Кросівки', ru: 'Кроссовки' })
  assert.deepEqual(Object.fromEntries(patched.attributes.map(({ code, value }) => [code, value])), {
    drop: 8,
    waterproof: true,
  })
  assert.equal(patched.brand, null)
  assert.deepEqual(patched.variants[0]?.price, uah(5))
  assert.deepEqual(patched.texts?.seo.title, { uk: 'Купити кросівки' })
  assert.deepEqual(
    [patched.category, patched.description, patched.pictures, patched.desk?.taxCategory],
    ['running', 'Легкі.', before.pictures, 'shoes'],
  )
  assert.equal(patched.version, 2)

  const stale = await shop.call(
    'PATCH',
    `${P}/${id}`,
    { slug: 'x' },
    { headers: { 'if-match': '"1"' } },
  )
  refused(stale, 412, 'catalog.version-stale')
  refused(await shop.call('PATCH', `${P}/${id}`, { name: null }), 422, 'catalog.text-missing')
  refused(
    await shop.call('PATCH', `${P}/${id}`, { name: { uk: null } }),
    422,
    'catalog.text-missing',
  )
  const put = accepted(await shop.call('PUT', `${P}/${id}`, aBall({ sku: patched.sku })))
  assert.deepEqual(
    put.pictures,
    before.pictures,
    'what came later stays when a PUT is silent of it',
  )
})

test('texts are shown in the first of the reader’s languages that has them', async () => {
  const { id } = await shop.product(
    aBall({ name: { uk: 'Укр', ru: 'Рус' }, description: { uk: 'у', en: 'e' } }),
  )
  const told = async (accept: string) => {
    const headers = { 'accept-language': accept }
    const { name, description } = accepted(
      await shop.call('GET', `${P}/${id}`, undefined, { ...guest, headers }),
    )
    return [name, description]
  }
  assert.deepEqual(await told('en-GB, ru;q=0.5, uk;q=0.1'), ['Рус', 'e'])
  assert.deepEqual(await told('ru'), ['Рус', 'у'])
  assert.deepEqual(await told('en'), ['Укр', 'e'])
})
