/** What products are to one another: bundles, relations, and what indexers read of all that. */
import assert from 'node:assert/strict'
import { test } from 'node:test'

import {
  twoCatalogs,
  accepted,
  demo,
  refused,
  second,
  uah,
  type CatalogSubject,
} from './catalog.testing.ts'

const { shop, elsewhere } = await twoCatalogs()

const P = '/api/v1/products'
const guest = { role: 'guest' } as const
let made = 0

function aBall(changes: object = {}) {
  made += 1
  return { sku: `PART-${made}`, name: `М’яч ${made}`, price: uah(129_900), ...changes }
}

/** The catalog's own port, as indexers read it. */
const indexed = async (id: string) => (await shop.catalog.products.products(demo.id, [id]))[0]

await shop.call('PUT', '/api/v1/categories/sport', { name: { uk: 'Спорт', en: 'Sport' } })
await shop.call('PUT', '/api/v1/categories/running', { name: 'Біг', parent: 'sport' })
await shop.call('PUT', '/api/v1/brands/vitrohin', { name: 'Vitrohin' })
test('a bundle is made of what is sold, is no bundle itself, and is not the product’s own', async () => {
  const [ball, pump] = [aBall(), aBall()]
  const { id: ballId } = await shop.product(ball)
  const { id: pumpId } = await shop.product(pump)
  const bundle = (components: object[], changes: object = {}) => {
    const { sku, ...rest } = aBall(changes)
    return { ...rest, variants: [{ sku, components }] }
  }
  const set = bundle([
    { sku: ball.sku, quantity: 2 },
    { sku: pump.sku, quantity: 1 },
  ])
  const { id } = await shop.product(set)
  const sku = set.variants[0]!.sku
  const offer = async () => (await shop.catalog.offers.offers(demo.id, [sku])).get(sku)
  assert.deepEqual((await offer())?.components, [
    { sku: ball.sku, quantity: 2 },
    { sku: pump.sku, quantity: 1 },
  ])
  const placeOf = (each: string): number => [ball.sku, pump.sku].indexOf(each)
  const told = async () => {
    const { componentProducts } = accepted(await shop.call('GET', `${P}/${id}`, undefined, guest))
    return componentProducts
      .toSorted((one, other) => placeOf(one.sku) - placeOf(other.sku))
      .map((each) => [each.sku, each.product.name])
  }
  assert.deepEqual(await told(), [
    [ball.sku, ball.name],
    [pump.sku, pump.name],
  ])
  const hidden = { ...pump, publication: { status: 'hidden' } }
  accepted(await shop.call('PUT', `${P}/${pumpId}`, hidden))
  assert.deepEqual(await told(), [[ball.sku, ball.name]], 'what is hidden is not told of')
  accepted(await shop.call('PUT', `${P}/${pumpId}`, pump))

  const wrong: [string, object[]][] = [
    ['a bundle of a bundle', [{ sku, quantity: 1 }]],
    ['of nothing known', [{ sku: 'NO-SUCH', quantity: 1 }]],
    [
      'of one thing named twice',
      [
        { sku: ball.sku, quantity: 1 },
        { sku: ball.sku, quantity: 1 },
      ],
    ],
  ]
  for (const [why, components] of wrong) {
    const answer = await shop.call('POST', P, bundle(components))
    assert.equal(answer.body.code, 'catalog.component-wrong', why)
  }
  const own = {
    ...bundle([]),
    variants: [
      { sku: 'OWN-1' },
      {
        sku: 'OWN-2',
        options: [{ code: 'set', valueCode: 'two' }],
        components: [{ sku: 'OWN-1', quantity: 2 }],
      },
    ],
  }
  refused(await shop.call('POST', P, own), 422, 'catalog.component-wrong')
  const become = {
    variants: [{ sku: ball.sku, price: uah(1), components: [{ sku: pump.sku, quantity: 1 }] }],
  }
  refused(await shop.call('PATCH', `${P}/${ballId}`, become), 409, 'catalog.component-of-bundle')

  await shop.call('DELETE', `${P}/${ballId}`)
  assert.equal((await offer())?.status, 'archived', 'a bundle is sold although a part of it is not')
  const cheaper = await shop.call('PATCH', `${P}/${id}`, { price: uah(7) })
  assert.equal(accepted(cheaper).variants[0]?.price.amount, 7)
  refused(
    await shop.call('POST', P, bundle([{ sku: ball.sku, quantity: 1 }])),
    422,
    'catalog.component-wrong',
  )
})

test('of two bundles that name each other at once, in two processes, one is refused (CATALOG-6)', async () => {
  for (let round = 0; round < 6; round += 1) {
    const [one, other] = [aBall(), aBall()]
    const [{ id: oneId }, { id: otherId }] = [await shop.product(one), await shop.product(other)]
    const make = (where: CatalogSubject, id: string, own: string, part: string) =>
      where.call('PATCH', `${P}/${id}`, {
        variants: [{ sku: own, price: uah(1), components: [{ sku: part, quantity: 1 }] }],
      })
    const answers = await Promise.all([
      make(shop, oneId, one.sku, other.sku),
      make(elsewhere, otherId, other.sku, one.sku),
    ])
    const good = answers.filter(({ status }) => status === 200)
    assert.equal(good.length <= 1, true, 'both became bundles of each other')
  }
})

test('related products are read from both sides, and dead ones from neither', async () => {
  const [shoes, socks, old] = [
    await shop.product(aBall()),
    await shop.product(aBall()),
    await shop.product(aBall()),
  ]
  const related = [
    { kind: 'goes-with', productId: socks.id },
    { kind: 'similar', productId: old.id },
  ]
  accepted(await shop.call('PATCH', `${P}/${shoes.id}`, { related }))
  const linksOf = async (id: string) => {
    const { items } = accepted(await shop.call('GET', `${P}/${id}/related`, undefined, guest))
    const links = items as unknown as { kind: string; direction: string; product: { id: string } }[]
    return links.map(({ kind, direction, product }) => [kind, direction, product.id])
  }
  assert.deepEqual(await linksOf(shoes.id), [
    ['goes-with', 'to', socks.id],
    ['similar', 'to', old.id],
  ])
  assert.deepEqual(await linksOf(socks.id), [['goes-with', 'from', shoes.id]])
  await shop.call('DELETE', `${P}/${old.id}`)
  await shop.call('PATCH', `${P}/${shoes.id}`, { publication: { status: 'hidden' } })
  assert.deepEqual(await linksOf(socks.id), [])
  await shop.call('PATCH', `${P}/${shoes.id}`, { publication: null })
  assert.deepEqual(await linksOf(shoes.id), [['goes-with', 'to', socks.id]])

  const unknown = [{ kind: 'similar', productId: '00000000-0000-4000-8000-000000000000' }]
  for (const wrong of [unknown, [{ kind: 'similar', productId: shoes.id }]]) {
    const answer = await shop.call('PATCH', `${P}/${shoes.id}`, { related: wrong })
    refused(answer, 422, 'catalog.related-unknown')
  }
  await shop.call('PATCH', `${P}/${shoes.id}`, { related: [] })
  assert.deepEqual(await linksOf(socks.id), [])
})

test('indexers read what a product is called and where it stands, in all languages', async () => {
  const { id, slug, createdAt } = await shop.product(
    aBall({
      name: { uk: 'Кросівки', en: 'Shoes' },
      category: 'running',
      brand: 'vitrohin',
      pictures: [{ asset: 'front' }],
      variants: ['41', '42'].map((size, n) => ({
        sku: `IDX-${size}`,
        options: [{ code: 'size', valueCode: size }],
        price: uah(100 + n),
      })),
      sku: 'IDX-41',
    }),
  )
  assert.deepEqual(await indexed(id), {
    id,
    slug,
    name: { uk: 'Кросівки', en: 'Shoes' },
    description: { uk: '' },
    categoryPath: [
      { slug: 'sport', name: { uk: 'Спорт', en: 'Sport' } },
      { slug: 'running', name: { uk: 'Біг' } },
    ],
    brand: { slug: 'vitrohin', name: 'Vitrohin' },
    skus: ['IDX-41', 'IDX-42'],
    minPrice: 100,
    maxPrice: 101,
    attributes: [
      {
        code: 'size',
        kind: 'choices',
        name: { uk: 'size' },
        values: ['41', '42'].map((size) => ({ code: size, number: null, label: { uk: size } })),
        isFacet: true,
        isSearched: true,
      },
    ],
    isVisible: true,
    visibleFrom: null,
    visibleUntil: null,
    createdAt,
    version: 1,
    picture: 'front',
    pictures: ['front'],
    rated: 0,
  })
  const { products } = shop.catalog
  assert.deepEqual(await products.products(second.id, [id, 'no id']), [])
  const ids: string[] = []
  for (let last: string | null = null; ;) {
    const page: readonly string[] = await products.idsAfter(demo.id, last, 7)
    if (page.length === 0) break
    ids.push(...page)
    last = page.at(-1) ?? null
  }
  assert.deepEqual(ids, [...new Set(ids)].toSorted())
  assert(ids.includes(id))
  for (const step of [1, 2, 7, ids.length - 1, ids.length, ids.length + 1]) {
    const starts = ids.filter((_, place) => place % step === 0)
    assert.deepEqual(await products.idsApart(demo.id, step, ids.length), starts)
    assert.deepEqual(await products.idsApart(demo.id, step, 2), starts.slice(0, 2))
  }
})
