import Type from 'typebox'

import { answered, route, shown, type Route } from '#platform/http/route'
import { accept } from '#platform/outcome'

import type { StockTransfers } from '../contract/desk.ts'
import { id, instant, lines, orNull, pages, reason, warehouse, WORKERS } from './schemas.ts'

const status = Type.Union([
  Type.Literal('on-the-way'),
  Type.Literal('received'),
  Type.Literal('cancelled'),
])
const transfer = {
  id,
  from: Type.String(),
  to: Type.String(),
  status,
  createdAt: instant,
  updatedAt: instant,
}
const moved = Type.Object({ id, status })

/** Goods on their way from one warehouse to another. */
export function transferRoutes(transfers: StockTransfers): readonly Route[] {
  return [...changes(transfers), ...questions(transfers)]
}

function changes(transfers: StockTransfers): Route[] {
  return [
    route({
      id: 'sendTransfer',
      method: 'POST',
      path: '/api/v1/inventory/transfers',
      tag: 'inventory',
      summary: 'Send units to another warehouse',
      description: 'They leave the first at once and are on the way until they are received.',
      access: { who: WORKERS, whose: 'shop' },
      body: Type.Object({ from: warehouse, to: warehouse, lines }),
      answer: { status: 201, body: Type.Object({ id }) },
      refusals: [
        'inventory.same-warehouse',
        'inventory.sku-twice',
        'inventory.unknown-warehouse',
        'inventory.unknown-sku',
        'inventory.bundle',
        'inventory.not-enough',
      ],
      idempotent: true,
      async handle({ tenant, body, cause }) {
        return answered(await transfers.send(tenant.id, body, cause))
      },
    }),
    route({
      id: 'receiveTransfer',
      method: 'POST',
      path: '/api/v1/inventory/transfers/{id}/receipts',
      tag: 'inventory',
      summary: 'Take in what has come, all or part',
      description:
        'Without `lines` everything that is still on its way. With `lostReason` what has not come ' +
        'after that is lost and the transfer is over.',
      access: { who: WORKERS, whose: 'shop' },
      params: Type.Object({ id }),
      body: Type.Object({ lines: Type.Optional(lines), lostReason: Type.Optional(reason) }),
      answer: { status: 201, body: moved },
      refusals: [
        'inventory.unknown-transfer',
        'inventory.transfer-over',
        'inventory.not-sent',
        'inventory.sku-twice',
        'inventory.not-enough',
      ],
      idempotent: true,
      async handle({ tenant, params, body, cause }) {
        return answered(await transfers.receive(tenant.id, { ...params, ...body }, cause))
      },
    }),
    route({
      id: 'cancelTransfer',
      method: 'POST',
      path: '/api/v1/inventory/transfers/{id}/cancel',
      tag: 'inventory',
      summary: 'Take back what is still on its way',
      access: { who: WORKERS, whose: 'shop' },
      params: Type.Object({ id }),
      body: Type.Object({ reason }),
      answer: { status: 200, body: moved },
      refusals: ['inventory.unknown-transfer', 'inventory.transfer-over', 'inventory.not-enough'],
      idempotent: true,
      async handle({ tenant, params, body, cause }) {
        return answered(await transfers.cancel(tenant.id, { ...params, ...body }, cause))
      },
    }),
  ]
}

function questions(transfers: StockTransfers): Route[] {
  return [
    route({
      id: 'listTransfers',
      method: 'GET',
      path: '/api/v1/inventory/transfers',
      tag: 'inventory',
      summary: 'Transfers between warehouses, the newest first',
      access: { who: WORKERS, whose: 'shop' },
      query: pages,
      answer: {
        status: 200,
        body: Type.Object({
          items: Type.Array(Type.Object(transfer)),
          next: orNull(Type.String()),
        }),
      },
      handle: async ({ tenant, query: { limit = 20, after } }) =>
        accept({ body: await transfers.list(tenant.id, limit, after) }),
    }),
    route({
      id: 'getTransfer',
      method: 'GET',
      path: '/api/v1/inventory/transfers/{id}',
      tag: 'inventory',
      summary: 'What was sent, and what became of it',
      access: { who: WORKERS, whose: 'shop' },
      params: Type.Object({ id }),
      answer: {
        status: 200,
        body: Type.Object({
          ...transfer,
          lines: Type.Array(
            Type.Object({
              sku: Type.String(),
              sent: Type.Integer(),
              received: Type.Integer(),
              lost: Type.Integer(),
              returned: Type.Integer(),
            }),
          ),
          reason: orNull(Type.String()),
        }),
      },
      refusals: ['inventory.unknown-transfer'],
      async handle({ tenant, params }) {
        return shown(await transfers.find(tenant.id, params.id))
      },
    }),
  ]
}
