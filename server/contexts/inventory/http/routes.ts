import Type from 'typebox'

import { answered, route, type Route } from '#platform/http/route'
import { accept } from '#platform/outcome'

import type { StockCommands } from '../contract.ts'
import type { StockQueries } from '../contract/desk.ts'
import { instant, level, MOST, orNull, reason, sku, warehouse, WORKERS } from './schemas.ts'

const corrected = Type.Object({
  sku: Type.String(),
  stock: Type.Integer({ description: 'Free units over all warehouses.' }),
  warehouses: Type.Array(level),
})

const stockView = Type.Object({
  sku: Type.String(),
  at: orNull(instant),
  stock: orNull(
    Type.Integer({
      description:
        'Free units over all warehouses; of a bundle so many as can be put together now.',
    }),
  ),
  components: Type.Array(Type.Object({ sku: Type.String(), quantity: Type.Integer() }), {
    description:
      'What one unit of a bundle is put together of; empty for what is on shelves itself.',
  }),
  warehouses: Type.Array(level),
  inTransit: Type.Array(Type.Object({ transferId: Type.String(), quantity: Type.Integer() })),
  backorder: orNull(
    Type.Object({
      limit: Type.Integer(),
      availableFrom: orNull(Type.String()),
      free: Type.Integer({ description: 'May still be sold before it is there.' }),
      held: Type.Integer(),
      owed: Type.Integer({ description: 'Sold and not there yet.' }),
    }),
  ),
  owed: Type.Array(
    Type.Object({
      holder: Type.String(),
      at: instant,
      quantity: Type.Integer(),
      filled: Type.Integer(),
    }),
    { description: 'Who has bought what is not there yet, the first to get it first.' },
  ),
  holds: Type.Array(
    Type.Object({
      holder: Type.String(),
      warehouse: Type.String({ description: 'Or `backorder`.' }),
      quantity: Type.Integer(),
      until: orNull(instant),
    }),
  ),
  why: Type.Array(
    Type.Object({
      at: instant,
      what: Type.String(),
      warehouse: Type.String(),
      change: Type.Integer(),
      quantity: Type.Integer(),
      holder: orNull(Type.String()),
      cause: Type.String(),
    }),
    { description: 'The last 20 movements in the warehouses, the newest first.' },
  ),
})

export function stockRoutes(commands: StockCommands, queries: StockQueries): readonly Route[] {
  return [...changes(commands), ...questions(queries)]
}

function changes(commands: StockCommands): Route[] {
  return [
    route({
      id: 'correctStock',
      method: 'PATCH',
      path: '/api/v1/products/{id}/stock',
      tag: 'inventory',
      summary: 'Set or correct the units of a product',
      description:
        'Either `quantity` (what was counted) or `delta`. A quantity without a warehouse is that of ' +
        'the whole shop: the main warehouse gets it and the others are counted to zero.',
      access: { who: WORKERS, whose: 'shop' },
      params: Type.Object({ id: Type.String({ maxLength: 100 }) }),
      body: Type.Union([
        Type.Object({
          quantity: Type.Integer({ minimum: 0, maximum: MOST }),
          warehouse: Type.Optional(warehouse),
          sku: Type.Optional(sku),
          reason,
        }),
        Type.Object({
          // Nothing is no correction, and would leave a reason without a movement.
          delta: Type.Integer({ minimum: -MOST, maximum: MOST, not: { const: 0 } }),
          warehouse: Type.Optional(warehouse),
          sku: Type.Optional(sku),
          reason,
        }),
      ]),
      answer: { status: 200, body: corrected },
      refusals: [
        'inventory.unknown-product',
        'inventory.unknown-sku',
        'inventory.bundle',
        'inventory.unknown-warehouse',
        'inventory.not-enough',
        'inventory.held',
      ],
      idempotent: true,
      async handle({ tenant, params, body, cause }) {
        const outcome = await commands.correct(tenant.id, params.id, body, cause)
        if (!outcome.ok) return outcome
        const { answer, replayed } = outcome.value
        return accept({ body: answer, replayed })
      },
    }),
    route({
      id: 'receiveGoods',
      method: 'POST',
      path: '/api/v1/inventory/receipts',
      tag: 'inventory',
      summary: 'Take goods in',
      access: { who: WORKERS, whose: 'shop' },
      body: Type.Object({
        sku,
        warehouse,
        quantity: Type.Integer({ minimum: 1, maximum: MOST }),
        supplierRef: Type.String({ minLength: 1, maxLength: 100 }),
      }),
      answer: { status: 201, body: level },
      refusals: ['inventory.unknown-sku', 'inventory.bundle', 'inventory.unknown-warehouse'],
      idempotent: true,
      async handle({ tenant, body, cause }) {
        return answered(await commands.receive(tenant.id, body, cause))
      },
    }),
  ]
}

function questions(queries: StockQueries): Route[] {
  return [
    route({
      id: 'listWarehouses',
      method: 'GET',
      path: '/api/v1/inventory/warehouses',
      tag: 'inventory',
      summary: 'The warehouses in order of preference',
      access: { who: WORKERS, whose: 'shop' },
      answer: {
        status: 200,
        body: Type.Object({
          items: Type.Array(
            Type.Object({ code: Type.String(), name: Type.String(), isMain: Type.Boolean() }),
          ),
          next: Type.Null(),
        }),
      },
      handle: async ({ tenant }) =>
        accept({ body: { items: await queries.warehouses(tenant.id), next: null } }),
    }),
    route({
      id: 'getStock',
      method: 'GET',
      path: '/api/v1/inventory/stock/{sku}',
      tag: 'inventory',
      summary: 'What is where, who holds it, and why; as of now or of any instant',
      access: { who: WORKERS, whose: 'shop' },
      params: Type.Object({ sku }),
      query: Type.Object({ at: Type.Optional(instant) }),
      answer: { status: 200, body: stockView },
      refusals: ['inventory.unknown-sku'],
      async handle({ tenant, params, query: { at } }) {
        const asOf = at === undefined ? undefined : Date.parse(at)
        const outcome = await queries.stockOf(tenant.id, params.sku, asOf)
        if (!outcome.ok) return outcome
        return accept({ body: outcome.value })
      },
    }),
    route({
      id: 'listMovements',
      method: 'GET',
      path: '/api/v1/inventory/stock/{sku}/movements',
      tag: 'inventory',
      summary: 'Why is it 47? Every movement of a SKU in one warehouse, newest first',
      description:
        'The main warehouse unless `warehouse` is given. The changes sum to what is on hand.',
      access: { who: WORKERS, whose: 'shop' },
      params: Type.Object({ sku }),
      query: Type.Object({
        warehouse: Type.Optional(warehouse),
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
        after: Type.Optional(Type.String({ pattern: '^\\d{1,18}\\.\\d{1,15}$' })),
      }),
      answer: {
        status: 200,
        body: Type.Object({
          items: Type.Array(
            Type.Object({
              at: Type.String({ format: 'date-time' }),
              what: Type.String(),
              change: Type.Integer(),
              quantity: Type.Integer(),
              after: Type.Integer({ description: 'Units on hand once this had happened.' }),
              reason: Type.Union([Type.String(), Type.Null()]),
              holder: Type.Union([Type.String(), Type.Null()]),
              cause: Type.String(),
            }),
          ),
          next: Type.Union([Type.String(), Type.Null()]),
        }),
      },
      refusals: ['inventory.unknown-sku', 'inventory.unknown-warehouse'],
      async handle({ tenant, params, query: { limit = 50, ...query } }) {
        const outcome = await queries.movementsOf(tenant.id, { ...params, ...query, limit })
        if (!outcome.ok) return outcome
        return accept({ body: outcome.value })
      },
    }),
  ]
}
