/**
 * The statements that the way of a sale asks, answered from a memory store: one small pure function
 * for each name. A statement that is not here throws, so nothing is answered by guess;
 * `reads.db.test.ts` compares every answer with PostgreSQL's.
 */
import type { TenantId } from '../../server/platform/ids.ts'
import type { MemoryStore } from '../../server/platform/write/memory-store.ts'
import { keyed } from '../../server/platform/write/settle.ts'
import type { Shadow } from './shadow.ts'

export interface Memory {
  readonly store: MemoryStore
  readonly shadow: Shadow
  /** Rows of `tenants.shops`. */
  readonly shops: readonly Row[]
}

type Row = Readonly<Record<string, unknown>>
/** What a statement is asked with; each function knows the types of its own. */
type Values = readonly [never, never, never, never, never]
type Answer = (memory: Memory, values: Values) => unknown[]

/** Answers a statement by its name. */
export function answer(memory: Memory, name: string, values: readonly unknown[]): unknown[] {
  const found = ANSWERS[name]
  if (found === undefined) throw new Error(`the memory does not know the statement ${name}`)
  memory.shadow.catchUp()
  return found(memory, values as unknown as Values)
}

function rowsOf({ store }: Memory, table: string, tenant: TenantId): Row[] {
  return store.tables.rows(table).filter((row) => row['tenant_id'] === tenant)
}

function only(row: Row, columns: readonly string[]): Row {
  return Object.fromEntries(columns.map((column) => [column, row[column] ?? null]))
}

function instant(value: unknown): Date | null {
  return value === null || value === undefined ? null : new Date(value as string)
}

/** When a product is shown. */
function shown(product: Row): Row {
  return {
    ...only(product, ['is_hidden']),
    from_ms: instant(product['visible_from'])?.getTime() ?? null,
    until_ms: instant(product['visible_until'])?.getTime() ?? null,
  }
}

/** Texts in the order of their bytes, as a column with collation "C" has them. */
function byText(one: unknown, other: unknown): number {
  const [a, b] = [String(one), String(other)]
  return a < b ? -1 : a > b ? 1 : 0
}

interface Level {
  readonly unit: string
  readonly name: string
  readonly posted: number
  readonly held: number
}

function levels(
  { store, shadow }: Memory,
  tenant: TenantId,
  units: readonly string[],
  prefix: string,
): Level[] {
  return [...new Set(units)].flatMap((unit) =>
    [...(shadow.accounts.get(keyed(tenant, unit)) ?? [])].flatMap((name) => {
      const found = name.startsWith(prefix)
        ? store.balances.get(keyed(tenant, unit, name))
        : undefined
      return found === undefined ? [] : [{ unit, name, posted: found.posted, held: found.held }]
    }),
  )
}

function free(found: readonly Level[]): { unit: string; free: number }[] {
  const sums = new Map<string, number>()
  for (const { unit, posted, held } of found) {
    sums.set(unit, (sums.get(unit) ?? 0) + posted - held)
  }
  return [...sums].map(([unit, sum]) => ({ unit, free: sum }))
}

const newestFirst = (at: string, id: string) => (one: Row, other: Row) =>
  byText(other[at], one[at]) || byText(other[id], one[id])

/** Whether a row comes after a place, newest first. */
function isAfter(row: Row, at: string, id: string, placeAt: number, placeId: string): boolean {
  const time = Date.parse(String(row[at]))
  return time < placeAt || (time === placeAt && String(row[id]) < placeId)
}

const standing: Answer = (memory, [tenant, threshold, prefix, skus]) =>
  free(levels(memory, tenant, skus, prefix)).map(({ unit: sku, free: left }) => {
    const setting = rowsOf(memory, 'inventory.sku_settings', tenant).find(
      (row) => row['sku'] === sku,
    )
    return {
      sku,
      free: left,
      threshold: setting?.['low_stock'] ?? threshold,
      is_low: rowsOf(memory, 'inventory.low_stock', tenant).some((row) => row['sku'] === sku),
      seen: String(memory.store.horizon.xid),
    }
  })

const ANSWERS: Readonly<Record<string, Answer>> = {
  'tenants.list': ({ shops }) => [...shops],

  'catalog.skus-by-code': (memory, [tenant, skus]) => {
    const products = rowsOf(memory, 'catalog.products', tenant)
    return rowsOf(memory, 'catalog.skus', tenant).flatMap((row) => {
      const product = products.find((each) => each['id'] === row['product_id'])
      if (product === undefined || !(skus as unknown[]).includes(row['sku'])) return []
      const columns = ['sku', 'product_id', 'options', 'price_amount', 'currency', 'weight_grams']
      const is_active = row['is_sold'] === true && product['status'] === 'active'
      return [
        {
          ...only(row, [...columns, 'components']),
          name: product['name'],
          ...only(product, ['tax_category']),
          ...shown(product),
          is_active,
        },
      ]
    })
  },
  'catalog.products-by-id': (memory, [tenant, ids]) =>
    rowsOf(memory, 'catalog.products', tenant)
      .filter((row) => (ids as unknown[]).includes(row['id']))
      .map((row) => ({
        ...only(row, ['id', 'slug', 'name', 'description', 'category', 'brand']),
        ...only(row, ['variants', 'status', 'version', 'attributes', 'option_groups', 'pictures']),
        ...only(row, ['related', 'seo', 'tax_category']),
        ...shown(row),
        created_ms: Date.parse(String(row['created_at'])),
        updated_ms: Date.parse(String(row['updated_at'])),
      })),

  'pricing.terms': (memory, [tenant]) => [
    ...rowsOf(memory, 'pricing.price_lists', tenant).map((row) => ({
      kind: 'price-list',
      code: row['currency'],
      rule: row['delivery'],
    })),
    ...rowsOf(memory, 'pricing.rules', tenant).map((row) => only(row, ['kind', 'code', 'rule'])),
  ],
  'pricing.prices-of-skus': (memory, [tenant, currencies, skus]) =>
    rowsOf(memory, 'pricing.list_prices', tenant)
      .filter((row) => (currencies as unknown[]).includes(row['currency']))
      .filter((row) => (skus as unknown[]).includes(row['sku']))
      .map((row) => only(row, ['sku', 'currency', 'amount'])),

  'inventory.warehouses': (memory, [tenant]) =>
    rowsOf(memory, 'inventory.warehouses', tenant)
      .sort((one, other) => Number(one['position']) - Number(other['position']))
      .slice(0, 8)
      .map((row) => only(row, ['code', 'name', 'position'])),
  'inventory.settings': (memory, [tenant]) =>
    rowsOf(memory, 'inventory.settings', tenant).map((row) =>
      only(row, ['allocation', 'low_stock']),
    ),
  'inventory.backorders': (memory, [tenant]) =>
    rowsOf(memory, 'inventory.sku_settings', tenant)
      .filter(
        (row) => Number(row['backorder_limit'] ?? 0) + Number(row['backorder_filled'] ?? 0) > 0,
      )
      .map((row) => only(row, ['sku'])),
  'inventory.backorder-books': (memory, [tenant, sku, account]) =>
    rowsOf(memory, 'inventory.sku_settings', tenant)
      .filter((row) => row['sku'] === sku)
      .map((row) => {
        const found = memory.store.balances.get(keyed(tenant, sku, account))
        return {
          limit: row['backorder_limit'] ?? 0,
          filled: row['backorder_filled'] ?? 0,
          posted: found?.posted ?? 0,
          held: found?.held ?? 0,
          available_from: row['available_from'] ?? null,
        }
      }),
  'inventory.standing': standing,

  'ledger.balances': (memory, [tenant, units, prefix]) =>
    levels(memory, tenant, units, prefix).sort(
      (one, other) => byText(one.unit, other.unit) || byText(one.name, other.name),
    ),
  'ledger.holds-by-id': ({ store }, [tenant, ids]) =>
    (ids as string[]).flatMap((id) => {
      const found = store.holds.get(keyed(tenant, id))
      if (found === undefined) return []
      const { account, amount, since, until } = found
      return [{ id, unit: account.unit, account: account.name, amount, since, until }]
    }),
  'ledger.account-posted-from': ({ shadow }, [tenant, unit, hold]) => {
    const found = shadow.soldFrom.get(keyed(tenant, hold))
    return found !== undefined && found.unit === unit ? [{ account: found.account }] : []
  },

  'log.state-of': ({ shadow }, [tenant, stream, asOf, _fold, after]) => {
    const found = shadow.events.get(keyed(tenant, stream)) ?? []
    return found
      .filter(({ version, at }) => version > after && (asOf === null || at <= asOf))
      .map(({ version, at, event: { type, ...data } }) => ({ version, type, data, at }))
  },

  'timers.named': ({ store }, [tenant, ids]) =>
    [...new Set(ids as string[])]
      .flatMap((id) => store.timers.get(keyed(tenant, id)) ?? [])
      .map(({ timer: { set: id, kind }, dueAt, attempts, lastError = null }) => ({
        id,
        kind,
        dueAt,
        attempts,
        lastError: lastError?.split('\n')[0]?.slice(0, 200) ?? null,
      }))
      .sort((one, other) => one.dueAt - other.dueAt || byText(one.id, other.id)),

  'cart.open-carts-of-user': (memory, [tenant, user, at, id, limit]) =>
    rowsOf(memory, 'cart.open_carts', tenant)
      .filter((row) => row['user_id'] === user && isAfter(row, 'opened_at', 'cart_id', at, id))
      .sort(newestFirst('opened_at', 'cart_id'))
      .slice(0, limit)
      .map((row) => ({
        ...only(row, ['cart_id', 'currency']),
        opened_at: instant(row['opened_at']),
      })),

  'orders.contact': (memory, [tenant, order]) =>
    rowsOf(memory, 'orders.contacts', tenant)
      .filter((row) => row['order_id'] === order)
      .map((row) => only(row, ['email', 'shipping_address'])),

  'payments.unfinished': (memory, [tenant, before, limit]) =>
    rowsOf(memory, 'payments.summaries', tenant)
      .filter((row) => row['status'] === 'processing')
      .filter((row) => Date.parse(String(row['attempted_at'])) < before)
      .sort((one, other) => byText(one['attempted_at'], other['attempted_at']))
      .slice(0, limit)
      .map((row) => only(row, ['payment_id'])),
}

/** The names that are answered, for the test that compares them with PostgreSQL. */
export const KNOWN: readonly string[] = Object.keys(ANSWERS)
