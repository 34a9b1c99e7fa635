import { statement } from '#platform/db/statement'
import type { TenantId } from '#platform/ids'
import type { Tenant } from '#platform/tenants'

import type { NewShop } from '../contract.ts'

/** A row of `tenants.shops`. */
export interface ShopRow {
  readonly id: number
  readonly slug: string
  readonly host: string
  readonly name: string
  readonly currency: string
  readonly languages: readonly string[]
  readonly hold_minutes: number
  readonly time_zone: string
  readonly delivery: Readonly<Record<string, number>>
}

const COLUMNS = 'id, slug, host, name, currency, languages, hold_minutes, time_zone, delivery'

export const sql = {
  byHost: statement<ShopRow>(
    'tenants.by-host',
    `select ${COLUMNS} from tenants.shops where host = $1`,
  ),
  byId: statement<ShopRow>('tenants.by-id', `select ${COLUMNS} from tenants.shops where id = $1`),
  first: statement<ShopRow>(
    'tenants.first',
    `select ${COLUMNS} from tenants.shops order by id limit 1`,
  ),
  list: statement<ShopRow>(
    'tenants.list',
    `select ${COLUMNS} from tenants.shops where id > $1 order by id limit $2`,
  ),
}

export function tenantOf(row: ShopRow): Tenant {
  return {
    id: row.id as TenantId,
    slug: row.slug,
    name: row.name,
    currency: row.currency,
    languages: row.languages,
    holdMinutes: row.hold_minutes,
    timeZone: row.time_zone,
    delivery: row.delivery,
  }
}

/** What `pg` clients and pools have in common. */
export interface Administrator {
  query(text: string, values: unknown[]): Promise<{ rows: unknown[] }>
}

/**
 * Creates a shop, or returns the one that already has this slug, unchanged. Only the tables' owner
 * may: `database` connects as the administrator of the database, not as a role that serves requests.
 */
export async function createShop(database: Administrator, shop: NewShop): Promise<Tenant> {
  const host = shop.host ?? `${shop.slug}.localhost`
  await database.query(
    `insert into tenants.shops
       (slug, host, name, currency, languages, hold_minutes, time_zone, delivery)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (slug) do nothing`,
    [
      shop.slug,
      host,
      shop.name,
      shop.currency,
      JSON.stringify(shop.languages),
      shop.holdMinutes,
      shop.timeZone,
      JSON.stringify(shop.delivery),
    ],
  )
  const { rows } = await database.query(`select ${COLUMNS} from tenants.shops where slug = $1`, [
    shop.slug,
  ])
  return tenantOf(rows[0] as ShopRow)
}
