import assert from 'node:assert/strict'
import { test } from 'node:test'

import {
  assembleShop,
  type DemoShop,
  type DemoVariant,
  type Language,
  loadDemo,
  type Text,
} from './catalog.ts'
import { parseProducts, readOptions, readShop } from './files.ts'

const LANGUAGES = ['uk', 'ru', 'en'] as const satisfies readonly Language[]

const shops = loadDemo()
const products = shops.flatMap((shop) => shop.products)
const variants = products.flatMap((product) => product.variants)

/** What is wrong with a text of a language, in words. */
function faultsOf(language: Language, text: string): string[] {
  const forbidden = {
    uk: /[ыэъё]/iu,
    ru: /[іїєґ]/iu,
    en: /\p{Script=Cyrillic}/u,
  }[language]
  const faults: string[] = []
  if (text.trim() === '') faults.push('is empty')
  if (text !== text.trim() || text.includes('  ')) faults.push('has stray spaces')
  if (text !== text.normalize('NFC')) faults.push('is not in normal form')
  if (forbidden.test(text)) faults.push('has a letter of another language')
  if (language !== 'en' && !/\p{Script=Cyrillic}/u.test(text)) faults.push('is not translated')
  // A Latin i in a Ukrainian word looks right and is never found by a search.
  for (const [word] of text.matchAll(/\p{L}+/gu)) {
    if (/\p{Script=Cyrillic}/u.test(word) && /\p{Script=Latin}/u.test(word)) {
      faults.push(`mixes two alphabets in ${word}`)
    }
  }
  if (text.includes("'")) faults.push('has a typewriter apostrophe')
  return faults
}

function checkText(what: string, text: Text): void {
  for (const language of LANGUAGES) {
    assert.deepEqual(faultsOf(language, text[language]), [], `${what} in ${language}`)
  }
}

function assertUnique(what: string, values: readonly string[]): void {
  const seen = new Set<string>()
  for (const value of values) {
    assert(!seen.has(value), `the ${what} ${value} occurs twice`)
    seen.add(value)
  }
}

const sentences = (text: string): string[] => text.split(/(?<=[.!?])\s+/u)

const units = ({ stock }: DemoVariant): number => Object.values(stock).reduce((a, b) => a + b, 0)

test('two shops of different currency and language sell about 600 products', () => {
  assert.deepEqual(
    shops.map(({ slug }) => slug),
    ['demo', 'second'],
  )
  assert.deepEqual(
    shops.map(({ currency }) => currency),
    ['UAH', 'EUR'],
  )
  assert.deepEqual(
    shops.map(({ languages }) => languages[0]),
    ['uk', 'en'],
  )
  assert(products.length >= 560 && products.length <= 640, `${products.length} products`)
  for (const shop of shops) {
    assert.deepEqual([...shop.languages].toSorted(), [...LANGUAGES].toSorted())
    assert.doesNotThrow(() => new Intl.DateTimeFormat('en', { timeZone: shop.timeZone }))
    assert(Object.values(shop.delivery).some((price) => price > 0))
  }
})

test('slugs and SKUs are unique, SKUs over both shops', () => {
  assertUnique(
    'SKU',
    variants.map(({ sku }) => sku),
  )
  for (const shop of shops) {
    for (const list of [shop.products, shop.brands, shop.categories]) {
      assertUnique(
        'slug',
        list.map(({ slug }) => slug),
      )
    }
    assertUnique(
      'warehouse',
      shop.warehouses.map(({ code }) => code),
    )
  }
})

test('every text is written in all three languages and in their own letters', () => {
  for (const shop of shops) {
    for (const { slug, name, description } of shop.products) {
      checkText(`the name of ${slug}`, name)
      checkText(`the description of ${slug}`, description)
    }
    for (const { slug, story } of shop.brands) checkText(`the story of ${slug}`, story)
    for (const { slug, name } of shop.categories) checkText(`the category ${slug}`, name)
    for (const { code, name } of shop.warehouses) checkText(`the warehouse ${code}`, name)
  }
  for (const [code, { name, values }] of Object.entries(readOptions())) {
    checkText(`the option ${code}`, name)
    for (const [value, text] of Object.entries(values ?? {})) checkText(`${code} ${value}`, text)
  }
})

test('the check of letters finds what it looks for', () => {
  assert.deepEqual(faultsOf('uk', 'М’яч для зали'), [])
  assert.deepEqual(faultsOf('uk', 'Мы їдемо'), ['has a letter of another language'])
  assert.deepEqual(faultsOf('ru', 'Мяч із зала'), ['has a letter of another language'])
  assert.deepEqual(faultsOf('ru', 'A ball'), ['is not translated'])
  assert.deepEqual(faultsOf('en', 'A мяч'), ['has a letter of another language'])
  assert.deepEqual(faultsOf('uk', 'Вiтер'), ['mixes two alphabets in Вiтер'])
  assert.deepEqual(faultsOf('uk', "М'яч"), ['has a typewriter apostrophe'])
  assert.deepEqual(faultsOf('en', ' '), ['is empty', 'has stray spaces'])
})

test('descriptions have substance and no two share as much as a sentence', () => {
  for (const language of LANGUAGES) {
    for (const { slug, description } of products) {
      const text = description[language]
      assert(text.length >= 60, `${slug} in ${language} has ${text.length} characters`)
      const count = sentences(text).length
      assert(count >= 1 && count <= 3, `${slug} in ${language} has ${count} sentences`)
      assert(text.endsWith('.'), `${slug} in ${language} ends without a full stop`)
    }
    assertUnique(
      'description',
      products.map(({ description }) => description[language]),
    )
    assertUnique(
      'sentence',
      products.flatMap(({ description }) => sentences(description[language])),
    )
    assertUnique(
      'name',
      products.map(({ name }) => name[language]),
    )
  }
})

test('a product names its brand and stands in a category without children', () => {
  for (const shop of shops) {
    const brands = new Map(shop.brands.map((brand) => [brand.slug, brand.name]))
    const parents = new Set(shop.categories.map(({ parent }) => parent))
    for (const { slug, brand, category, name } of shop.products) {
      const brandName = brands.get(brand)
      assert(brandName, `${slug} has no brand`)
      for (const language of LANGUAGES) assert(name[language].includes(brandName), slug)
      assert(
        shop.categories.some((known) => known.slug === category),
        slug,
      )
      assert(!parents.has(category), `${slug} is in the parent category ${category}`)
    }
    for (const brand of brands.keys()) {
      assert(
        shop.products.some((product) => product.brand === brand),
        `${brand} makes nothing`,
      )
    }
  }
})

test('prices are in the currency of the shop and weights are of this world', () => {
  for (const shop of shops) {
    for (const { sku, price, weightGrams } of shop.products.flatMap((each) => each.variants)) {
      assert.equal(price.currency, shop.currency, sku)
      assert(Number.isSafeInteger(price.amount) && price.amount > 0, sku)
      assert(weightGrams > 0 && weightGrams <= 60_000, sku)
    }
  }
})

test('variants of a product differ by the same options', () => {
  for (const { slug, variants: own } of products) {
    const [first] = own
    const codes = first?.options.map(({ code }) => code)
    for (const { sku, options } of own) {
      assert.deepEqual(
        options.map(({ code }) => code),
        codes,
        sku,
      )
      for (const { value } of options) assert(LANGUAGES.every((each) => value[each] !== ''))
    }
    assert(own.length === 1 || codes?.length !== 0, `the variants of ${slug} are all alike`)
    assertUnique(
      `variant of ${slug}`,
      own.map(({ options }) => JSON.stringify(options.map(({ valueCode }) => valueCode))),
    )
  }
  const several = products.filter(({ variants: own }) => own.length >= 2 && own.length <= 6)
  assert(several.length >= 40, `${several.length} products with a choice`)
})

test('each shop has three warehouses with much, little, nothing and a run of 500', () => {
  for (const shop of shops) {
    const own = shop.products
      .flatMap((product) => product.variants)
      .filter(({ components }) => components.length === 0)
    assert.equal(shop.warehouses.length, 3)
    for (const { stock } of own) assert.equal(Object.keys(stock).length, 3)

    const total = own.map(units)
    assert(total.includes(500), `${shop.slug} has no run of 500`)
    assert(total.includes(0), `${shop.slug} has nothing sold out`)
    assert(
      own.some((variant) => units(variant) > 0 && units(variant) <= 3),
      `${shop.slug} has nothing scarce`,
    )
    assert(
      own.some(({ stock }) => Object.values(stock).includes(0)),
      `${shop.slug} has everything everywhere`,
    )
  }
})

test('files that disagree are refused with the name at fault', () => {
  const options = readOptions()
  const read = readShop('second')
  // Nobody names anybody, so that products can come and go.
  const folder = {
    ...read,
    products: new Map(
      [...read.products].map(([file, each]) => [
        file,
        each.map((product) => ({ ...product, related: [] })),
      ]),
    ),
  }
  const [snow] = folder.products.get('snow') ?? []
  assert(snow)
  const [spare] = snow.variants
  assert(spare)

  const assemble = (category: string, change: object): DemoShop =>
    assembleShop(
      {
        ...folder,
        products: new Map([...folder.products, [category, [{ ...snow, ...change }]]]),
      },
      options,
    )
  const named = (product: string) => ({ related: [{ kind: 'similar', product }] })
  const bundled = (sku: string) => ({
    variants: [{ sku: 'SPG-BUNDLE', components: [{ sku, quantity: 2 }] }],
  })
  const varied = (change: object): object => ({ variants: [{ ...spare, ...change }] })

  assert.equal(assemble('snow', {}).products.at(-1)?.slug, snow.slug)
  assert.throws(() => assemble('curling', {}), /no category curling/)
  assert.throws(() => assemble('camping', {}), /no category camping to put/)
  assert.throws(() => assemble('snow', { brand: 'nobody' }), /of the brand nobody/)
  assert.throws(() => assemble('snow', { kind: 'anvil' }), /the kind anvil/)
  assert.throws(() => assemble('snow', { color: 'plaid' }), /no known color: plaid/)
  assert.throws(() => assemble('snow', { attributes: { age: 3 } }), /the attribute age/)
  assert.throws(() => assemble('snow', named('no-such')), /names no-such as related/)
  assert.throws(() => assemble('snow', bundled('NO-SUCH')), /no plain SKU/)
  assert.throws(() => assemble('snow', varied({ stock: [1, 2] })), /one number for each warehouse/)
  assert.throws(() => assemble('snow', varied({ options: { taste: 'x' } })), /the option taste/)
  assert.throws(() => assemble('snow', varied({ options: { color: 'x' } })), /the color x/)
  assert.throws(
    () => assembleShop({ ...folder, products: new Map() }, options),
    /nothing to sell in the category trail-shoes/,
  )
})

test('a malformed file is refused with the place of the mistake', () => {
  const [product] = readShop('demo').products.get('yoga-mats') ?? []
  assert(product)
  const check = (change: object, expected: RegExp) =>
    assert.throws(() => parseProducts([{ ...product, ...change }], 'yoga-mats.json'), expected)

  assert.equal(parseProducts([product], 'yoga-mats.json').length, 1)
  check({ descripton: 'lost' }, /^Error: yoga-mats\.json/)
  check({ price: -1 }, /^Error: yoga-mats\.json\/0\/price/)
  check({ price: 10.5 }, /^Error: yoga-mats\.json\/0\/price/)
  check({ slug: 'Не слаг' }, /^Error: yoga-mats\.json\/0\/slug/)
  check({ name: { uk: 'Лише одна' } }, /^Error: yoga-mats\.json\/0\/name/)
  check({ variants: [] }, /^Error: yoga-mats\.json\/0\/variants/)
  const long = { sku: 'A'.repeat(33), stock: [1, 1, 1] }
  check({ variants: [long] }, /^Error: yoga-mats\.json\/0\/variants\/0\/sku/)
})
