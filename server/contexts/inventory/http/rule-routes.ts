import Type from 'typebox'

import { route, shown, type Route } from '#platform/http/route'
import { accept } from '#platform/outcome'

import type { StockQueries, StockRules } from '../contract/desk.ts'
import { MOST, orNull, sku, STAFF, WORKERS } from './schemas.ts'

const threshold = Type.Integer({ minimum: 0, maximum: 1_000_000 })
const settings = Type.Object({
  allocation: Type.Union([Type.Literal('preference'), Type.Literal('fewest-parcels')], {
    description:
      'Who serves an order: the first warehouse of the order of preference that has a line, or as ' +
      'few warehouses together as can.',
  }),
  lowStock: Type.Integer({
    minimum: 0,
    maximum: 1_000_000,
    description: 'A SKU with so few free units is low.',
  }),
})

/** How a shop keeps its stock. */
export function ruleRoutes(rules: StockRules, queries: StockQueries): readonly Route[] {
  return [...ofShop(rules, queries), ...ofSku(rules)]
}

function ofShop(rules: StockRules, queries: StockQueries): Route[] {
  return [
    route({
      id: 'getStockSettings',
      method: 'GET',
      path: '/api/v1/inventory/settings',
      tag: 'inventory',
      summary: 'By which rules the shop keeps its stock',
      access: { who: WORKERS, whose: 'shop' },
      answer: { status: 200, body: settings },
      handle: async ({ tenant }) => accept({ body: await queries.settings(tenant.id) }),
    }),
    route({
      id: 'setStockSettings',
      method: 'PUT',
      path: '/api/v1/inventory/settings',
      tag: 'inventory',
      summary: 'Change the rules by which the shop keeps its stock',
      access: { who: STAFF, whose: 'shop' },
      body: settings,
      answer: { status: 200, body: settings },
      async handle({ tenant, body, cause }) {
        return shown(await rules.change(tenant.id, body, cause))
      },
    }),
    route({
      id: 'listLowStock',
      method: 'GET',
      path: '/api/v1/inventory/low-stock',
      tag: 'inventory',
      summary: 'SKUs that have become few, by SKU',
      access: { who: WORKERS, whose: 'shop' },
      query: Type.Object({
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
        after: Type.Optional(sku),
      }),
      answer: {
        status: 200,
        body: Type.Object({
          items: Type.Array(
            Type.Object({
              sku: Type.String(),
              free: Type.Integer({ description: 'When it was noticed.' }),
              threshold: Type.Integer(),
              since: Type.String({ format: 'date-time' }),
            }),
          ),
          next: orNull(Type.String()),
        }),
      },
      handle: async ({ tenant, query: { limit = 50, after } }) =>
        accept({ body: await queries.lowStock(tenant.id, limit, after) }),
    }),
  ]
}

function ofSku(rules: StockRules): Route[] {
  return [
    route({
      id: 'setBackorder',
      method: 'PUT',
      path: '/api/v1/inventory/stock/{sku}/backorder',
      tag: 'inventory',
      summary: 'How many units may be sold before they are there',
      description:
        'Back-orders, and with `availableFrom` pre-orders. The limit is of units owed and held at ' +
        'once; units that come go to the first who bought. 0 ends it.',
      access: { who: STAFF, whose: 'shop' },
      params: Type.Object({ sku }),
      body: Type.Object({
        limit: Type.Integer({ minimum: 0, maximum: MOST }),
        availableFrom: Type.Optional(orNull(Type.String({ format: 'date' }))),
      }),
      answer: {
        status: 200,
        body: Type.Object({
          sku: Type.String(),
          limit: Type.Integer(),
          availableFrom: orNull(Type.String()),
          free: Type.Integer({ description: 'May still be sold.' }),
          held: Type.Integer(),
          owed: Type.Integer({ description: 'Sold and not there yet.' }),
        }),
      },
      refusals: ['inventory.unknown-sku', 'inventory.bundle', 'inventory.promised'],
      async handle({ tenant, params, body: { limit, availableFrom = null }, cause }) {
        const ask = { sku: params.sku, limit, availableFrom }
        return shown(await rules.setBackorder(tenant.id, ask, cause))
      },
    }),
    route({
      id: 'setLowStockThreshold',
      method: 'PUT',
      path: '/api/v1/inventory/stock/{sku}/threshold',
      tag: 'inventory',
      summary: 'From how few free units on a SKU is low; null is the shop’s default',
      access: { who: STAFF, whose: 'shop' },
      params: Type.Object({ sku }),
      body: Type.Object({ lowStock: orNull(threshold) }),
      answer: {
        status: 200,
        body: Type.Object({ sku: Type.String(), lowStock: orNull(threshold) }),
      },
      refusals: ['inventory.unknown-sku', 'inventory.bundle'],
      async handle({ tenant, params, body, cause }) {
        return shown(await rules.setThreshold(tenant.id, { ...params, ...body }, cause))
      },
    }),
  ]
}
