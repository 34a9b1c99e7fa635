/** A third shop of any size, loaded as rows: what lists read, without a history of how it came about. */
import type pg from 'pg'

import type { Texts, Variant } from '../../server/contexts/catalog/contract.ts'
import type { CardSource } from '../../server/contexts/catalog/domain/card.ts'
import { whole } from '../../server/contexts/catalog/domain/whole.ts'
import { listingRows } from '../../server/contexts/catalog/store/listing-rows.ts'
import { createShop } from '../../server/contexts/tenants/store/shops.ts'

export const BIG_SHOP_HOST = 'bench.localhost'

export interface BigShop {
  readonly seconds: number
  /** Paths of pages of 20, each another, in no order: some in a category, some of a brand. */
  readonly pages: readonly string[]
}

const CATEGORIES = 40
const BRANDS = 50

/**
 * Makes the shop with so many products of two variants each and their stock in one warehouse, a
 * second between any two, and as many different pages to ask for. Connect as the superuser.
 */
export async function loadBigShop(
  database: pg.Client,
  products: number,
  pages: number,
): Promise<BigShop> {
  const since = performance.now()
  const { id: tenant } = await createShop(database, {
    slug: 'bench',
    host: BIG_SHOP_HOST,
    name: 'Benchmark',
    currency: 'EUR',
    languages: ['en', 'uk'],
    holdMinutes: 30,
    timeZone: 'Europe/Kyiv',
    delivery: { post: 500 },
  })
  await database.query('begin')
  await database.query(placesSql, [tenant, CATEGORIES, BRANDS])
  for (const sql of [productsSql, skusSql, slugsSql, accountsSql]) {
    const values = sql === productsSql ? [tenant, products, CATEGORIES, BRANDS] : [tenant]
    await database.query(sql, values)
  }
  await database.query('commit')
  await writeListing(database, tenant)
  // As autovacuum does in its own time: statistics for the planner, hints for index-only scans.
  await database.query(
    'vacuum (analyze) catalog.products, catalog.cards, catalog.listed, catalog.listed_terms, catalog.skus, catalog.slugs, platform.accounts',
  )
  const { rows } = await database.query<{ path: string }>(pagesSql, [tenant, pages])
  return {
    seconds: (performance.now() - since) / 1_000,
    pages: rows.map(({ path }) => path),
  }
}

const LANGUAGES = ['en', 'uk'] as const
const PRODUCTS_AT_ONCE = 2_000

interface Source {
  readonly id: string
  readonly slug: string
  readonly name: Texts
  readonly description: Texts
  readonly category: string
  readonly brand: string
  readonly variants: readonly Variant[]
  readonly created_ms: number
}

/** What lists read, made by the program's own function as a product is put on sale. */
async function writeListing(database: pg.Client, tenant: number): Promise<void> {
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    const { rows } = await database.query<Source>(
      `select id, slug, name, description, category, brand, variants,
         floor(date_part('epoch', created_at) * 1000) as created_ms
       from catalog.products where tenant_id = $1 and id > $2 order by id limit ${PRODUCTS_AT_ONCE}`,
      [tenant, after],
    )
    const last = rows.at(-1)
    if (last === undefined) return
    after = last.id
    const writes = rows.flatMap((row) => listingRows(sourceOf(row), LANGUAGES))
    for (const [table, each] of Map.groupBy(writes, (write) => write.table.name)) {
      const columns = Object.keys(each[0]?.row ?? {}).join(', ')
      await database.query(
        `insert into ${table} (tenant_id, ${columns}) select $1, ${columns}
         from jsonb_populate_recordset(null::${table}, $2::jsonb)`,
        [tenant, JSON.stringify(each.map(({ row }) => row))],
      )
    }
  }
}

function sourceOf({ id, created_ms, ...row }: Source): CardSource {
  const createdAt = new Date(created_ms).toISOString()
  return {
    productId: id,
    version: 1,
    createdAt,
    updatedAt: createdAt,
    facts: whole(row),
  }
}

const placesSql = `
  with categories as (
    insert into catalog.categories (tenant_id, slug, parent, name, position)
    select $1, 'category-' || n, null, jsonb_build_object('en', 'Category ' || n), n
    from generate_series(0, $2::int - 1) as n
  ), brands as (
    insert into catalog.brands (tenant_id, slug, name, story)
    select $1, 'brand-' || n, 'Brand ' || n, '{}' from generate_series(0, $3::int - 1) as n
  )
  insert into inventory.warehouses (tenant_id, code, name, position) values ($1, 'main', 'Main', 0)`

/** Texts as long as the demo's. */
const productsSql = `
  insert into catalog.products (tenant_id, id, slug, name, description, category, brand, variants,
    status, version, created_at, updated_at)
  select $1, gen_random_uuid(), 'product-' || n,
    jsonb_build_object('en', 'Trail shoe number ' || n, 'uk', 'Трейлове взуття номер ' || n),
    jsonb_build_object(
      'en', 'Light shoe ' || n || repeat(' with a sole that grips on wet rock and dry dust', 4),
      'uk', 'Легке взуття ' || n || repeat(' з підошвою, що тримає на мокрому камені й пилу', 4)),
    'category-' || n % $3::int, 'brand-' || n / 7 % $4::int,
    (select jsonb_agg(jsonb_build_object('sku', 'BENCH-' || n || '-' || size,
       'options', jsonb_build_array(jsonb_build_object('code', 'size', 'valueCode', size::text,
         'name', jsonb_build_object('en', 'Size', 'uk', 'Розмір'),
         'value', jsonb_build_object('en', size::text, 'uk', size::text))),
       'price', jsonb_build_object('amount', 5000 + n % 9000, 'currency', 'EUR'),
       'weightGrams', 300 + n % 500))
     from generate_series(42, 43) as size),
    'active', 1, now() - n * interval '1 s', now() - n * interval '1 s'
  from generate_series(1, $2::int) as n`

const skusSql = `
  insert into catalog.skus (tenant_id, sku, product_id, options, price_amount, currency,
    weight_grams, is_sold)
  select p.tenant_id, v->>'sku', p.id, v->'options', (v->'price'->>'amount')::bigint, 'EUR',
    (v->>'weightGrams')::int, true
  from catalog.products p, jsonb_array_elements(p.variants) as v where p.tenant_id = $1`

const slugsSql = `
  insert into catalog.slugs (tenant_id, slug, product_id)
  select tenant_id, slug, id from catalog.products where tenant_id = $1`

const accountsSql = `
  insert into platform.accounts (tenant_id, unit, name, posted, held)
  select tenant_id, sku, 'on-hand/main', 100, 0 from catalog.skus where tenant_id = $1`

const pagesSql = `
  select '/api/v1/products?limit=20&after='
    || floor(extract(epoch from created_at) * 1000)::bigint || '.' || id
    || case n % 4 when 0 then '&category=' || category when 1 then '&brand=' || brand else '' end as path
  from (
    select *, row_number() over () as n from (
      select * from catalog.products, generate_series(1, 2) where tenant_id = $1
      order by random() limit $2
    ) as picked
  ) as numbered`
