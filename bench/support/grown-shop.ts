/**
 * Shops that have grown: so many products, orders and shops as one likes, made of what the program
 * itself writes about one of each. `verify` finds nothing wrong with them.
 */
import { createHash, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

import type pg from 'pg'

import { DEMO_PASSWORD } from '../../server/demo/users.ts'
import { Client } from '../../tests/support/client.ts'
import { BUYER, must, type Payment, type PlacedOrder } from '../../tests/support/sale.ts'
import { copy, patternOf, type Pattern } from './copies.ts'

/** The first shop of the demo, in which the patterns are made. */
export const FIRST_SHOP = 1

export const CATEGORIES = 40

/** Units of each product, which no order of a benchmark comes to the end of. */
const UNITS = 1_000_000_000

/** Of a hundred orders so many wait for their payment, with units held, a timer and a debt. */
const WAITING_PERCENT = 10

interface Story {
  readonly pattern: Pattern
  /** What is replaced, by what it is. */
  readonly words: Readonly<Record<string, string>>
}

export interface Patterns {
  readonly shop: Pattern
  readonly product: Story
  readonly paid: Story
  readonly waiting: Story
}

/** The nth product: how it is asked for. */
export function productOf(n: number): { readonly id: string; readonly sku: string } {
  return { id: idOf('product', n), sku: `GROWN-${n}` }
}

/** The id of a copy, which the database makes of its number in the same way. */
function idOf(what: string, n: number): string {
  const digits = createHash('md5').update(`${what}-${n}`).digest('hex')
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

const idSql = (what: string): string => `md5('${what}-' || n)::uuid::text`

/** A guest and an administrator of a shop that a program serves. */
export async function openClients(url: string, host = 'demo.localhost') {
  const guest = new Client(url, host, { connections: 4 })
  const login = { email: 'admin@demo.test', password: DEMO_PASSWORD }
  const { accessToken } = must(
    await guest.post<{ accessToken: string }>('/api/v1/users/login', login),
    200,
  )
  return { guest, admin: guest.with({ authorization: `Bearer ${accessToken}` }) }
}

/**
 * Puts one product on sale, sells one and leaves another order waiting, by HTTP in a running shop with
 * the demo, and takes what that has written as patterns.
 */
export async function tellPatterns(url: string, database: pg.Client): Promise<Patterns> {
  const { guest, admin } = await openClients(url)
  for (let n = 0; n < CATEGORIES; n += 1) {
    const category = { slug: `grown-${n}`, name: `Category ${n}` }
    must(await admin.post('/api/v1/categories', category, { key: `grown-${n}` }), 201)
  }
  const product = await sellOne(admin, database)
  const story = async (words: Words, names: readonly string[]): Promise<Story> => ({
    words,
    pattern: await patternOf(
      database,
      FIRST_SHOP,
      names.map((name) => named(words, name)),
    ),
  })
  // Before anybody has bought one.
  const unsold = await story(product, ['slug', 'sku', 'product'])
  const told = { paid: await order(guest, named(product, 'sku')), waiting: {} as Words }
  await pay(guest, told.paid)
  told.waiting = await order(guest, named(product, 'sku'))
  await untilHeard(database, told)
  guest.close()

  const ids = ['cart', 'order', 'payment', 'number', 'key']
  const paid = await withDeliveries(database, told.paid)
  return {
    shop: await patternOf(database, FIRST_SHOP, [], SHOP_TABLES),
    product: unsold,
    paid: await story({ ...paid, sku: named(product, 'sku') }, Object.keys(paid)),
    waiting: await story({ ...told.waiting, sku: named(product, 'sku') }, ids),
  }
}

type Words = Readonly<Record<string, string>>

function named(words: Words, name: string): string {
  const word = words[name]
  if (word === undefined) throw new Error(`nothing is called ${name}`)
  return word
}

/** What a shop has before it has products. */
const SHOP_TABLES = ['catalog.categories', 'catalog.brands', 'inventory.warehouses']

const sized = (size: string) => [{ code: 'size', valueCode: size }]

async function sellOne(admin: Client, database: pg.Client): Promise<Words> {
  const words = { slug: `grown-slug-${randomUUID()}`, sku: `GROWN-SKU-${randomUUID()}` }
  const draft = {
    slug: words.slug,
    name: { uk: 'Трейлове взуття', en: 'Trail shoe' },
    description: {
      uk: 'Легке взуття з підошвою, що тримає на мокрому камені й пилу. '.repeat(4),
      en: 'Light shoe with a sole that grips on wet rock and dry dust. '.repeat(4),
    },
    category: 'grown-0',
    variants: [
      { sku: words.sku, options: sized('42'), price: { amount: 129_900, currency: 'UAH' } },
      { sku: `${words.sku}-B`, options: sized('43'), price: { amount: 139_900, currency: 'UAH' } },
    ],
  }
  const key = `grown-product-${randomUUID()}`
  const { id } = must(await admin.post<{ id: string }>('/api/v1/products', draft, { key }), 201)
  const count = { quantity: UNITS, reason: 'benchmark' }
  must(await admin.patch(`/api/v1/products/${id}/stock`, count, { key: `${key}-stock` }), 200)
  const { rows } = await database.query<{ place: string }>(
    'select place from catalog.listed where product_id = $1',
    [id],
  )
  const made = rows[0]?.place.split('.')[0] ?? ''
  return { ...words, product: id, made, key }
}

async function order(guest: Client, sku: string): Promise<Words> {
  const key = `grown-order-${randomUUID()}`
  const cart = must(
    await guest.post<{ id: string }>('/api/v1/carts', undefined, { key: `${key}-1` }),
    201,
  ).id
  const item = { sku, quantity: 1 }
  must(await guest.post(`/api/v1/carts/${cart}/items`, item, { key: `${key}-2` }), 201)
  const placed = must(
    await guest.post<PlacedOrder>(
      '/api/v1/orders',
      { cartId: cart, ...BUYER },
      { key: `${key}-3` },
    ),
    201,
  )
  const { id, number, payment, token } = placed
  return { cart, order: id, number, payment: payment.id, key, token }
}

async function pay(guest: Client, { payment, key, token }: Words): Promise<void> {
  const paid = await guest.post<Payment>(`/api/v1/payments/${payment}/process`, undefined, {
    headers: { 'x-order-token': token ?? '' },
    key: `${key}-4`,
  })
  if (must(paid, 200).status !== 'succeeded') throw new Error('the payment did not succeed')
}

/** Waits until the read tables show what was told. */
async function untilHeard(
  database: pg.Client,
  { paid, waiting }: { readonly paid: Words; readonly waiting: Words },
): Promise<void> {
  for (;;) {
    const { rowCount } = await database.query(
      `select from orders.summaries s join payments.summaries p using (tenant_id, order_id)
       where s.order_id = $1 and s.status = 'confirmed' and p.status = 'succeeded'
         and exists (select from payments.summaries w where w.payment_id = $2)`,
      [paid['order'], waiting['payment']],
    )
    if (rowCount === 1) break
    await sleep(50)
  }
  // Deliveries of the provider and reactions that write nothing anybody waits for.
  await sleep(1_000)
}

/** With what the provider called the charge and its deliveries. */
async function withDeliveries(database: pg.Client, words: Words): Promise<Words> {
  const { rows } = await database.query<{ charge: string; deliveries: string[] | null }>(
    `select data ->> 'transactionId' as charge,
       (select array_agg(delivery_id) from payments.inbox where payment_id = $2::uuid) as deliveries
     from platform.events where stream = 'payment/' || $1 and type = 'payment.succeeded'`,
    [words['payment'], words['payment']],
  )
  const [row] = rows
  if (row === undefined) throw new Error('the order was not paid')
  const deliveries = (row.deliveries ?? []).map((id, n) => [`delivery${n}`, id] as const)
  const { token: _, ...rest } = words
  return { ...rest, charge: row.charge, ...Object.fromEntries(deliveries) }
}

/** So many products more; with `tenant`, SQL of the shop that product `n` is in. */
export async function growProducts(
  database: pg.Client,
  { product: { pattern, words } }: Patterns,
  count: number,
  tenant?: string,
): Promise<void> {
  await copy(database, pattern, {
    first: 0,
    count,
    ...(tenant === undefined ? {} : { tenant }),
    later: `n * interval '-1 ms'`,
    instead: {
      [named(words, 'product')]: idSql('product'),
      [named(words, 'slug')]: `'grown-slug-' || n`,
      [named(words, 'sku')]: `'GROWN-' || n`,
      [named(words, 'key')]: `'grown-product-' || n`,
      [named(words, 'made')]: `${words['made']}::bigint - n`,
      'grown-0': `'grown-' || n % ${CATEGORIES}`,
    },
  })
}

/** Orders that are made before their neighbors in time, and how many of the last have answers. */
const AT_ONCE = 20_000
const ANSWERED = 100_000

/** Those of a kind that are a share of the whole, in a stretch of it. */
function spread(from: number, to: number, share: number): { first: number; count: number } {
  const first = Math.round(from * share)
  return { first, count: Math.round(to * share) - first }
}

/** When copy `n` of so many was ordered: spread over twenty days, the last of them now. */
const agedBy = (count: number): string => `(n - ${count}) * interval '${20 * 86_400} s' / ${count}`

/**
 * So many orders more, of so many products in turn: of every hundred ninety are paid and ten wait.
 * The readers of the log are set behind them.
 */
export async function growOrders(
  database: pg.Client,
  { paid, waiting }: Patterns,
  { orders, products }: { readonly orders: number; readonly products: number },
  onProgress?: (orders: number) => void,
): Promise<void> {
  const left = Math.floor((orders * WAITING_PERCENT) / 100)
  const sold = orders - left
  const insteadOf = (what: string, words: Words): Record<string, string> =>
    Object.fromEntries(
      Object.entries(words).map(([name, word]) => [word, otherWord(what, name, products)]),
    )
  const { token: _, ...words } = waiting.words
  // In the order in which they happened: the log knows no other.
  for (let from = 0; from < orders; from += AT_ONCE) {
    const to = Math.min(from + AT_ONCE, orders)
    const ofPaid = spread(from, to, sold / orders)
    const ofWaiting = spread(from, to, left / orders)
    const isAnswered = to > orders - ANSWERED
    await copy(database, paid.pattern, {
      ...ofPaid,
      later: agedBy(sold),
      withAnswers: isAnswered ? ofPaid.count : 0,
      instead: insteadOf('paid', paid.words),
    })
    await copy(database, waiting.pattern, {
      ...ofWaiting,
      later: agedBy(left),
      withAnswers: isAnswered ? ofWaiting.count : 0,
      instead: insteadOf('waiting', words),
    })
    onProgress?.(to)
  }
  await settleStock(database, { sold, left, products })
  await overtake(database)
}

function otherWord(what: string, name: string, products: number): string {
  if (name === 'sku') return `'GROWN-' || n % ${products}`
  if (name === 'key') return `'grown-order-${what}-' || n`
  if (name === 'number') return `'${what === 'paid' ? 'P' : 'W'}' || lpad(to_hex(n), 13, '0')`
  if (name === 'charge' || name.startsWith('delivery')) return `'grown_${name}_' || n`
  return idSql(`${what}-${name}`)
}

/** Takes off the shelves what the orders took. */
async function settleStock(
  database: pg.Client,
  { sold, left, products }: { sold: number; left: number; products: number },
): Promise<void> {
  await database.query(
    `update platform.accounts a set posted = posted - sold, held = held + left_over
     from (
       select 'GROWN-' || p as sku, (($1 - 1 - p) / $3 + 1) * (p < $1)::int as sold,
         (($2 - 1 - p) / $3 + 1) * (p < $2)::int as left_over
       from generate_series(0, $3::int - 1) as p) as each
     where a.tenant_id = $4 and a.unit = each.sku and starts_with(a.name, 'on-hand/') and posted > 0`,
    [sold, left, products, FIRST_SHOP],
  )
}

/** Sets every reader behind all there is, as if it had read it: what it writes was copied as well. */
async function overtake(database: pg.Client): Promise<void> {
  await database.query(
    `update platform.subscriptions s set era = last.era, xid = last.xid, position = last.position
     from (select era, xid, position from (
         (select era, xid, position from platform.events order by era desc, xid desc, position desc limit 1)
         union all
         (select era, xid, position from platform.transfers
          order by era desc, xid desc, position desc limit 1)) as both_tables
       order by era desc, xid desc, position desc limit 1) as last`,
  )
}

/** So many shops more beside the two of the demo, with categories, warehouses and products. */
export async function growShops(
  database: pg.Client,
  patterns: Patterns,
  { shops, products }: { readonly shops: number; readonly products: number },
): Promise<readonly number[]> {
  const { rows } = await database.query<{ id: number }>(
    `insert into tenants.shops (slug, host, name, currency, languages, hold_minutes, time_zone, delivery)
     select 'grown-' || n, 'grown-' || n || '.localhost', name, currency, languages, hold_minutes,
       time_zone, delivery
     from tenants.shops cross join generate_series(0, $1::int - 1) as n where id = $2
     order by n returning id`,
    [shops, FIRST_SHOP],
  )
  const ids = rows.map(({ id }) => id)
  const first = Math.min(...ids)
  await copy(database, patterns.shop, {
    first: 0,
    count: shops,
    tenant: `n + ${first}`,
    instead: {},
  })
  await growProducts(database, patterns, shops * products, `${first} + n / ${products}`)
  await overtake(database)
  return ids
}
