import type { Check } from './check.ts'
import { TOUCHED_STREAMS } from './since.ts'

/** Every table that says whose its rows are, as it is written in SQL. */
export const TENANT_TABLES = `
  select format('%I.%I', n.nspname, c.relname) as name
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid
  where a.attname = 'tenant_id' and not a.attisdropped and c.relkind = 'r'
    and n.nspname not like 'pg\\_%'
  order by 1`

/** The shops of a table, each found by one look into its key: the rows of a shop are not walked. */
const shopsIn = (table: string): string => `
  with recursive found as (
    (select tenant_id from ${table} order by tenant_id limit 1)
    union all
    select (select t.tenant_id from ${table} t where t.tenant_id > found.tenant_id
      order by t.tenant_id limit 1)
    from found where found.tenant_id is not null
  ) select tenant_id from found where tenant_id is not null`

/** Rows of a shop that does not exist. */
export function ofNobody(table: string): Check {
  return {
    id: 'I15',
    promise: `every row of ${table} is of a shop that exists`,
    walk: 'whole',
    sql: `select case when s.id is null then format(
        '${table}: expected no rows of shop %s, which does not exist, found %s', r.tenant_id,
        (select count(*) from ${table} t where t.tenant_id = r.tenant_id))
        end as said
      from (${shopsIn(table)}) as r left join tenants.shops s on s.id = r.tenant_id`,
  }
}

interface Child {
  readonly table: string
  /** SQL of the child's row `c`: the stream it belongs to, null when it belongs to none. */
  readonly parent: string
  /** SQL of the child's row `c`: what it is called. */
  readonly name: string
  readonly where?: string
}

/** Rows that belong to a stream, which no foreign key can say. */
const CHILDREN: readonly Child[] = [
  { table: 'orders.contacts', parent: `'order/' || c.order_id`, name: 'c.order_id' },
  { table: 'orders.summaries', parent: `'order/' || c.order_id`, name: 'c.order_id' },
  { table: 'orders.archived_summaries', parent: `'order/' || c.order_id`, name: 'c.order_id' },
  { table: 'payments.summaries', parent: `'payment/' || c.payment_id`, name: 'c.payment_id' },
  {
    table: 'payments.inbox',
    parent: `'payment/' || c.payment_id`,
    name: `c.provider || ' ' || c.delivery_id`,
  },
  {
    table: 'platform.timers',
    parent: `split_part(c.id, '/', 1) || '/' || split_part(c.id, '/', 2)`,
    name: 'c.id',
    where: `c.id like 'order/%' or c.id like 'payment/%'`,
  },
  {
    table: 'platform.events',
    parent: `'payment/' || (c.data ->> 'paymentId')`,
    name: 'c.stream',
    where: `c.type in ('order.created', 'order.payment-replaced', 'order.confirmed')`,
  },
  {
    table: 'platform.events',
    parent: `'order/' || (c.data ->> 'orderId')`,
    name: 'c.stream',
    where: `c.type in ('payment.opened', 'cart.closed')`,
  },
  {
    table: 'platform.events',
    parent: `'cart/' || (c.data ->> 'cartId')`,
    name: 'c.stream',
    where: `c.type = 'order.created'`,
  },
]

const sameShop = ({ table, parent, name, where = 'true' }: Child, which: string): string => `
  select case when s.stream is null then format(
      '${table}: %s of shop %s belongs to %s, found no such stream of that shop', ${name},
      c.tenant_id, ${parent}) end as said
    from ${table} c left join platform.streams s
      on s.tenant_id = c.tenant_id and s.stream = ${parent}
    where ${parent} is not null and (${where}) and ${which}`

/** A parent that is another shop's, or nobody's. */
export const PARENT_CHECKS: readonly Check[] = CHILDREN.map((child) => ({
  id: 'I15',
  promise: `what ${child.table} belongs to is of the same shop (${/'(\w+)\//.exec(child.parent)?.[1] ?? 'stream'})`,
  walk: 'whole',
  sql: sameShop(child, 'true'),
  since: sameShop(
    child,
    child.table === 'platform.events'
      ? `(c.tenant_id, c.stream) in (${TOUCHED_STREAMS})`
      : `${child.parent} in (select stream from (${TOUCHED_STREAMS}) as touched)`,
  ),
}))

/** Rows of products, by table: SQL of what the row `c` is called. */
const OF_PRODUCTS = {
  'catalog.skus': 'c.sku',
  'catalog.slugs': 'c.slug',
  'catalog.related': 'c.position',
  'catalog.listed': 'c.place',
  'catalog.listed_terms': 'c.term',
  'catalog.cards': 'c.language',
}

const ofProduct = (table: string, name: string, which: string): string => `
  select case when p.id is null then format(
      '${table}: product %s of shop %s has the row %s, found no such product of that shop',
      c.product_id, c.tenant_id, ${name}) end as said
    from ${table} c left join catalog.products p
      on p.tenant_id = c.tenant_id and p.id = c.product_id
    where ${which}`

/**
 * Rows of a product that is not there. No foreign key says it: PostgreSQL would look each new product up
 * and lock it once more for each of its rows, though they are written in one commit and it never goes.
 */
export const PRODUCT_CHECKS: readonly Check[] = Object.entries(OF_PRODUCTS).map(
  ([table, name]) => ({
    id: 'I15',
    promise: `what ${table} belongs to is a product of the same shop`,
    walk: 'whole',
    sql: ofProduct(table, name, 'true'),
    since: ofProduct(
      table,
      name,
      `(c.tenant_id, 'product/' || c.product_id) in (${TOUCHED_STREAMS})`,
    ),
  }),
)
