import Type from 'typebox'

import { answered, route, shown, type Route } from '#platform/http/route'
import { accept } from '#platform/outcome'

import type { StockTakes } from '../contract/desk.ts'
import { id, instant, MOST, orNull, pages, sku, warehouse, WORKERS } from './schemas.ts'

const status = Type.Union([Type.Literal('open'), Type.Literal('closed'), Type.Literal('abandoned')])
const take = { id, warehouse: Type.String(), status, createdAt: instant, updatedAt: instant }
const line = Type.Object({
  sku: Type.String(),
  expected: Type.Integer({ description: 'What the books had when the line was counted.' }),
  counted: Type.Integer(),
  variance: Type.Integer({ description: 'Counted less expected.' }),
})
const ended = Type.Object({ id, status })

/** Counting a warehouse while it sells. */
export function stockTakeRoutes(takes: StockTakes): readonly Route[] {
  return [...counting(takes), ...ending(takes), ...questions(takes)]
}

function counting(takes: StockTakes): Route[] {
  return [
    route({
      id: 'openStockTake',
      method: 'POST',
      path: '/api/v1/inventory/stock-takes',
      tag: 'inventory',
      summary: 'Begin to count a warehouse',
      access: { who: WORKERS, whose: 'shop' },
      body: Type.Object({ warehouse }),
      answer: { status: 201, body: Type.Object({ id }) },
      refusals: ['inventory.unknown-warehouse', 'inventory.stock-take-open'],
      idempotent: true,
      async handle({ tenant, body, cause }) {
        return answered(await takes.open(tenant.id, body.warehouse, cause))
      },
    }),
    route({
      id: 'countStockTakeLine',
      method: 'PUT',
      path: '/api/v1/inventory/stock-takes/{id}/lines/{sku}',
      tag: 'inventory',
      summary: 'Say how many there are; the last count of a SKU is the one that is booked',
      access: { who: WORKERS, whose: 'shop' },
      params: Type.Object({ id, sku }),
      body: Type.Object({ quantity: Type.Integer({ minimum: 0, maximum: MOST }) }),
      answer: { status: 200, body: line },
      refusals: [
        'inventory.unknown-sku',
        'inventory.bundle',
        'inventory.unknown-stock-take',
        'inventory.stock-take-over',
        'inventory.stock-take-full',
      ],
      idempotent: true,
      async handle({ tenant, params, body, cause }) {
        return answered(await takes.count(tenant.id, { ...params, ...body }, cause))
      },
    }),
  ]
}

function ending(takes: StockTakes): Route[] {
  return (['close', 'abandon'] as const).map((verb) =>
    route({
      id: `${verb}StockTake`,
      method: 'POST',
      path: `/api/v1/inventory/stock-takes/{id}/${verb}`,
      tag: 'inventory',
      summary:
        verb === 'close'
          ? 'Book all differences in one commit, or none'
          : 'Give a stock take up: nothing is booked',
      access: { who: WORKERS, whose: 'shop' },
      params: Type.Object({ id }),
      answer: { status: 200, body: ended },
      refusals: [
        'inventory.unknown-stock-take',
        'inventory.stock-take-over',
        ...(verb === 'close' ? ['inventory.held'] : []),
      ],
      idempotent: true,
      async handle({ tenant, params, cause }) {
        const how = verb === 'close' ? 'book' : 'abandon'
        return answered(await takes.close(tenant.id, params.id, how, cause))
      },
    }),
  )
}

function questions(takes: StockTakes): Route[] {
  return [
    route({
      id: 'listStockTakes',
      method: 'GET',
      path: '/api/v1/inventory/stock-takes',
      tag: 'inventory',
      summary: 'Stock takes, the newest first',
      access: { who: WORKERS, whose: 'shop' },
      query: pages,
      answer: {
        status: 200,
        body: Type.Object({ items: Type.Array(Type.Object(take)), next: orNull(Type.String()) }),
      },
      handle: async ({ tenant, query: { limit = 20, after } }) =>
        accept({ body: await takes.list(tenant.id, limit, after) }),
    }),
    route({
      id: 'getStockTake',
      method: 'GET',
      path: '/api/v1/inventory/stock-takes/{id}',
      tag: 'inventory',
      summary: 'What was counted, and how it differs from the books',
      access: { who: WORKERS, whose: 'shop' },
      params: Type.Object({ id }),
      answer: { status: 200, body: Type.Object({ ...take, lines: Type.Array(line) }) },
      refusals: ['inventory.unknown-stock-take'],
      async handle({ tenant, params }) {
        return shown(await takes.find(tenant.id, params.id))
      },
    }),
  ]
}
