/** Two small shops that sell the same SKUs, so that a row of one that is taken for the other's is seen. */
import type { TenantId } from '../../server/platform/ids.ts'
import type { Tenant } from '../../server/platform/tenants.ts'
import { tenantOf, type ShopRow } from '../../server/contexts/tenants/store/shops.ts'
import { productTable, skuTable } from '../../server/contexts/catalog/store/tables.ts'
import { settings } from '../../server/contexts/inventory/store/settings.ts'
import { warehouses } from '../../server/contexts/inventory/store/warehouses.ts'
import { listPriceTable, priceListTable } from '../../server/contexts/pricing/store/price-lists.ts'
import type { Write } from '../../server/platform/write/commit.ts'
import type { MemoryStore } from '../../server/platform/write/memory-store.ts'

export const SHOPS: readonly (ShopRow & Readonly<Record<string, unknown>>)[] = [1, 2].map((id) => ({
  id,
  slug: `shop-${id}`,
  host: `shop-${id}.localhost`,
  name: `Shop ${id}`,
  currency: id === 1 ? 'UAH' : 'EUR',
  languages: ['en'],
  hold_minutes: 30,
  time_zone: 'Europe/Kyiv',
  delivery: { pickup: 0, courier: 500 },
}))

export const TENANTS: readonly Tenant[] = SHOPS.map(tenantOf)

/** What has units of its own. */
export const SHELVED = ['BALL', 'NET'] as const

/** What is sold: the shelved side by side with a bundle of them. */
export const SKUS = [...SHELVED, 'SET'] as const

/** What the bundle is put together of; the merchant changes it to another of these now and then. */
export const MAKES: readonly (readonly { readonly sku: string; readonly quantity: number }[])[] = [
  [
    { sku: 'BALL', quantity: 1 },
    { sku: 'NET', quantity: 2 },
  ],
  [{ sku: 'BALL', quantity: 2 }],
  [
    { sku: 'NET', quantity: 1 },
    { sku: 'BALL', quantity: 1 },
  ],
]

/** The merchant puts the bundle together of other parts from now on. */
export function remade(tenant: TenantId, make: number): { tenant: TenantId; write: Write } {
  const components = MAKES[make] ?? []
  return { tenant, write: { table: skuTable, verb: 'update', row: { sku: 'SET', components } } }
}
export const WAREHOUSES = ['main', 'shop'] as const

export const PRICES: Readonly<Record<string, number>> = { BALL: 1000, NET: 2500, SET: 5000 }

/** The id of the product that a SKU is of. */
export function productOf(sku: string): string {
  const place = SKUS.findIndex((each) => each === sku) + 1
  return `00000000-0000-4000-8000-00000000000${place}`
}

/** Puts products and warehouses where the product keeps them. */
export function stocked(store: MemoryStore): void {
  store.writeRows(TENANTS.flatMap(({ id: tenant, currency }) => rows(tenant, currency)))
}

function rows(tenant: TenantId, currency: string): { tenant: TenantId; write: Write }[] {
  const insert = (table: Write['table'], row: Write['row']) => ({
    tenant,
    write: { table, verb: 'insert', row } as const,
  })
  const at = new Date(0).toISOString()
  return [
    // The second shop chooses warehouses for a whole order; the first sells in euros too.
    ...(tenant === 2 ? [insert(settings, { allocation: 'fewest-parcels', low_stock: 1 })] : []),
    ...(tenant === 1
      ? [
          insert(priceListTable, { currency: 'EUR', delivery: { pickup: 0, courier: 10 } }),
          ...SKUS.map((sku) => insert(listPriceTable, { sku, currency: 'EUR', amount: 25 })),
        ]
      : []),
    ...WAREHOUSES.map((code, position) => insert(warehouses, { code, name: code, position })),
    ...SKUS.flatMap((sku) => {
      const price = { amount: PRICES[sku] ?? 1, currency }
      const components = sku === 'SET' ? (MAKES[0] ?? []) : []
      const variant = { sku, options: [], price, weightGrams: null, components, pictures: [] }
      return [
        insert(productTable, {
          id: productOf(sku),
          slug: sku.toLowerCase(),
          name: { en: sku },
          description: {},
          category: null,
          brand: null,
          variants: [variant],
          attributes: {},
          option_groups: [],
          pictures: [],
          related: [],
          seo: { title: {}, description: {} },
          is_hidden: false,
          status: 'active',
          version: 1,
          created_at: at,
          updated_at: at,
        }),
        insert(skuTable, {
          sku,
          product_id: productOf(sku),
          options: [],
          price_amount: price.amount,
          currency,
          weight_grams: null,
          components,
          is_bundle: components.length > 0,
          is_component: components.length === 0,
          is_sold: true,
        }),
      ]
    }),
  ]
}
