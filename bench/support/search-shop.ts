/** A shop to be searched, loaded as rows of the index: what searches read, and stock for every product. */
import type pg from 'pg'

import type { IndexedProduct } from '../../server/contexts/catalog/contract.ts'
import type { Entry } from '../../server/contexts/search/domain/entry.ts'
import { entryOf } from '../../server/contexts/search/domain/make-entry.ts'
import { createShop } from '../../server/contexts/tenants/store/shops.ts'

type Words = readonly [uk: string, ru: string, en: string]

/** Nouns with their gender in Ukrainian and Russian left out: a search compares stems. */
const KINDS: readonly Words[] = [
  ['Кросівки', 'Кроссовки', 'Running shoes'],
  ['Бутси', 'Бутсы', 'Football boots'],
  ['Футболка', 'Футболка', 'T-shirt'],
  ['Шорти', 'Шорты', 'Shorts'],
  ['Куртка', 'Куртка', 'Jacket'],
  ['Рюкзак', 'Рюкзак', 'Backpack'],
  ['Намет', 'Палатка', 'Tent'],
  ['Спальний мішок', 'Спальный мешок', 'Sleeping bag'],
  ['Ракетка', 'Ракетка', 'Racket'],
  ['М’яч', 'Мяч', 'Ball'],
  ['Гантелі', 'Гантели', 'Dumbbells'],
  ['Килимок для йоги', 'Коврик для йоги', 'Yoga mat'],
  ['Велосипед', 'Велосипед', 'Bicycle'],
  ['Шолом', 'Шлем', 'Helmet'],
  ['Рукавиці', 'Перчатки', 'Gloves'],
  ['Шкарпетки', 'Носки', 'Socks'],
  ['Лижі', 'Лыжи', 'Skis'],
  ['Ковзани', 'Коньки', 'Skates'],
  ['Окуляри для плавання', 'Очки для плавания', 'Swimming goggles'],
  ['Термобілизна', 'Термобельё', 'Thermal underwear'],
]
const FOR: readonly Words[] = [
  ['для бігу', 'для бега', 'for running'],
  ['для трейлу', 'для трейла', 'for trail'],
  ['для залу', 'для зала', 'for gym'],
  ['для походів', 'для походов', 'for hiking'],
  ['для дітей', 'для детей', 'for kids'],
  ['для змагань', 'для соревнований', 'for racing'],
  ['для щоденних тренувань', 'для ежедневных тренировок', 'for daily training'],
  ['для зими', 'для зимы', 'for winter'],
]
const COLORS: readonly Words[] = [
  ['червоний', 'красный', 'red'],
  ['синій', 'синий', 'blue'],
  ['чорний', 'чёрный', 'black'],
  ['білий', 'белый', 'white'],
  ['зелений', 'зелёный', 'green'],
  ['жовтий', 'жёлтый', 'yellow'],
  ['сірий', 'серый', 'gray'],
  ['помаранчевий', 'оранжевый', 'orange'],
]
const MATERIALS: readonly Words[] = [
  ['бавовна', 'хлопок', 'cotton'],
  ['поліестер', 'полиэстер', 'polyester'],
  ['шкіра', 'кожа', 'leather'],
  ['гума', 'резина', 'rubber'],
  ['мерино', 'мерино', 'merino'],
]
const BRANDS = 50
const GENDERS: readonly Words[] = [
  ['чоловікам', 'мужчинам', 'men'],
  ['жінкам', 'женщинам', 'women'],
  ['дітям', 'детям', 'kids'],
]

const texts = ([uk, ru, en]: Words) => ({ uk, ru, en })
const at = <T>(list: readonly T[], place: number): T => list[place % list.length] as T

/** So many products have words of their own; each further one shares those of one of them, analyzed once. */
const WORDED = 6_000

/** A product of the shop as the index has it. */
function searchedEntry(number: number, worded: Map<number, Entry>): Entry {
  const product = searchedProduct(number)
  const known = worded.get(number % WORDED) ?? entryOf(product)
  if (known === undefined) throw new Error('Every product of the benchmark is visible.')
  worded.set(number % WORDED, known)
  const { id, slug, skus, minPrice, maxPrice } = product
  return { ...known, id, slug, skus, minPrice, maxPrice, createdAt: Date.parse(product.createdAt) }
}

/** A product of the shop by its number, with as many words as one of the demo has. */
export function searchedProduct(number: number): IndexedProduct {
  const kind = at(KINDS, number)
  const purpose = at(FOR, Math.floor(number / 20))
  const color = at(COLORS, Math.floor(number / 3))
  const material = at(MATERIALS, Math.floor(number / 7))
  const brand = Math.floor(number / 11) % BRANDS
  const series = `${String.fromCharCode(65 + (number % 26))}${1 + (number % 900)}`
  const name = (place: 0 | 1 | 2): string =>
    `${kind[place]} ${purpose[place]} Brand${brand} ${series}`
  const description = (place: 0 | 1 | 2, more: string): string =>
    `${kind[place]} ${purpose[place]}, ${color[place]}, ${material[place]}. ${more} ${number}.`
  const choice = (code: string, words: readonly Words[], place: number) => ({
    code,
    name: { en: code },
    kind: 'choice' as const,
    values: [{ code: at(words, place)[2], number: null, label: texts(at(words, place)) }],
    isFacet: true,
    isSearched: true,
  })
  const place = KINDS.indexOf(kind)
  return {
    id: `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`,
    slug: `product-${number}`,
    name: { uk: name(0), ru: name(1), en: name(2) },
    description: {
      uk: description(0, 'Легка модель з міцного матеріалу, що тримає форму після прання та дощу'),
      ru: description(1, 'Лёгкая модель из прочного материала, держит форму после стирки и дождя'),
      en: description(
        2,
        'A light model of a strong fabric that keeps its shape after washing and rain',
      ),
    },
    categoryPath: [
      { slug: `group-${place % 5}`, name: { uk: `Група ${place % 5}`, en: `Group ${place % 5}` } },
      { slug: `kind-${place}`, name: texts(kind) },
    ],
    brand: { slug: `brand-${brand}`, name: `Brand${brand}` },
    skus: [`BENCH-${number}-S`, `BENCH-${number}-M`],
    minPrice: 5_000 + ((number * 7_919) % 900_000),
    maxPrice: 5_000 + ((number * 7_919) % 900_000) + 1_000,
    attributes: [
      choice('color', COLORS, Math.floor(number / 3)),
      choice('material', MATERIALS, Math.floor(number / 7)),
      choice('gender', GENDERS, Math.floor(number / 13)),
      {
        code: 'weight',
        name: { en: 'Weight' },
        kind: 'number',
        values: [
          { code: String(number % 40), number: number % 40, label: { '': String(number % 40) } },
        ],
        isFacet: true,
        isSearched: false,
      },
    ],
    isVisible: true,
    visibleFrom: null,
    visibleUntil: null,
    createdAt: new Date(1_700_000_000_000 + number * 1_000).toISOString(),
    version: 1,
    picture: null,
    pictures: [],
    rated: 0,
  }
}

/** Words a shopper types, by number: one or two, in one of three languages, at times slipped. */
export function searchedText(number: number): string {
  const place = (number % 3) as 0 | 1 | 2
  const kind = at(KINDS, number)[place].toLowerCase()
  const more = [
    '',
    ` ${at(COLORS, Math.floor(number / 20))[place]}`,
    ` brand${number % BRANDS}`,
    ` ${at(FOR, Math.floor(number / 20))[place]}`,
  ]
  return `${kind}${at(more, Math.floor(number / 7))}`
}

/** Four filters, each of another facet, by number. */
export function searchedFilters(number: number): string {
  const pick = <T>(list: readonly T[], step: number): T =>
    at(list, Math.floor(number / step) + number)
  const brands = [0, 1, 2, 3, 4, 5].map((each) => `brand-${(number + each * 8) % BRANDS}`).join(',')
  const colors = [...new Set([pick(COLORS, 3)[2], pick(COLORS, 5)[2], pick(COLORS, 7)[2]])].join(
    ',',
  )
  return (
    `category=group-${(number % KINDS.length) % 5}&brand=${brands}` +
    `&attributes=color:${colors};weight:${number % 20}..${20 + (number % 20)}&minPrice=${1000 + (number % 997)}`
  )
}

export interface SearchShop {
  readonly seconds: number
  readonly host: string
}

const ROWS_AT_ONCE = 2_000

const SHOP = {
  name: 'Search',
  currency: 'UAH',
  languages: ['uk', 'ru', 'en'],
  holdMinutes: 30,
  timeZone: 'Europe/Kyiv',
  delivery: {},
} as const

/** Makes a shop with so many products in three languages. Connect as the superuser. */
export async function loadSearchShop(
  database: pg.Client,
  products: number,
  slug = 'search',
): Promise<SearchShop> {
  const since = performance.now()
  const worded = new Map<number, Entry>()
  const host = `${slug}.localhost`
  const { id: tenant } = await createShop(database, { ...SHOP, slug, host })
  for (let first = 0; first < products; first += ROWS_AT_ONCE) {
    const some = Array.from({ length: Math.min(ROWS_AT_ONCE, products - first) }, (_, place) =>
      searchedProduct(first + place),
    )
    const entries = some.map((_, place) => JSON.stringify(searchedEntry(first + place, worded)))
    await database.query(insertSql, [
      tenant,
      some.map(({ id }) => id),
      entries,
      some.flatMap(({ skus }) => skus),
    ])
  }
  await database.query('vacuum (analyze) search.documents, search.availability, platform.accounts')
  return { seconds: (performance.now() - since) / 1_000, host }
}

/**
 * Makes another shop like one that `loadSearchShop` made; returns its host. Its products have ids and
 * names of their own, so that nothing that is remembered of one shop serves another.
 */
export async function copySearchShop(
  database: pg.Client,
  from: string,
  slug: string,
): Promise<string> {
  const host = `${slug}.localhost`
  const { id } = await createShop(database, { ...SHOP, slug, host })
  await database.query(copySql, [id, from])
  return host
}

/** The same for all that is said of a product in a shop. */
const ownId = `md5(product_id || '/' || $1::int)::uuid`

const copySql = `
  with original as (
    select id from tenants.shops where slug = $2
  ), word as (
    select 'shop' || $1::int as own
  ), documents as (
    insert into search.documents (tenant_id, product_id, entry, version)
    select $1, ${ownId}, (
      jsonb_set(before, '{terms,name}', before #> '{terms,name}' || to_jsonb(own)) || jsonb_build_object(
        'id', ${ownId},
        'name', (
          select jsonb_object_agg(language, text || ' ' || own)
          from jsonb_each_text(before -> 'name') as name (language, text)
        )
      )
    )::text, version
    from search.documents, word, lateral (select entry::jsonb as before) as parsed
    where tenant_id = (select id from original)
  ), availability as (
    insert into search.availability (tenant_id, product_id, is_available)
    select $1, ${ownId}, is_available from search.availability
    where tenant_id = (select id from original)
  )
  insert into platform.accounts (tenant_id, unit, name, posted, held)
  select $1, unit, name, posted, held from platform.accounts
  where tenant_id = (select id from original)`

const insertSql = `
  with documents as (
    insert into search.documents (tenant_id, product_id, entry, version)
    select $1, id, entry, 1 from unnest($2::uuid[], $3::text[]) as given (id, entry)
  ), availability as (
    insert into search.availability (tenant_id, product_id, is_available)
    select $1, id, true from unnest($2::uuid[]) as given (id)
  )
  insert into platform.accounts (tenant_id, unit, name, posted, held)
  select $1, sku, 'on-hand/main', 100, 0 from unnest($4::text[]) as given (sku)`
