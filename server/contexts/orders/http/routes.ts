import Type from 'typebox'

import { maySeeOf } from '#platform/actor'
import type { Instant } from '#platform/clock'
import { route, type Route } from '#platform/http/route'
import { orderTokenHeader, pageQuery } from '#platform/http/schemas'
import { accept, refuse } from '#platform/outcome'

import type { OrderQueries } from '../contract.ts'
import { orderView, page } from './schemas.ts'

const id = Type.String({ format: 'uuid' })

/** JavaScript knows no leap second (RFC 3339 section 5.6): it counts as the second before it. */
function instantOf(dateTime: string): Instant {
  return Date.parse(dateTime.replace(/:60(?=[.Zz+-])/, ':59'))
}

export function orderRoutes(queries: OrderQueries): readonly Route[] {
  return [
    route({
      id: 'getOrder',
      method: 'GET',
      path: '/api/v1/orders/{id}',
      tag: 'orders',
      summary: 'An order, as it is or as it was',
      description:
        'For its buyer, for staff, and for whoever shows the token of the order in `X-Order-Token`. ' +
        '`asOf` folds the events up to that instant.',
      headers: orderTokenHeader,
      access: { who: 'anyone', whose: 'bearer' },
      params: Type.Object({ id }),
      query: Type.Object({ asOf: Type.Optional(Type.String({ format: 'date-time' })) }),
      answer: { status: 200, body: orderView },
      refusals: ['orders.unknown'],
      async handle({ tenant, actor, params, query, header }) {
        const asOf = query.asOf === undefined ? undefined : instantOf(query.asOf)
        const asker = { actor, token: header('x-order-token') }
        const outcome = await queries.view(tenant.id, params.id, asker, asOf)
        if (!outcome.ok) return outcome
        return accept({ body: outcome.value })
      },
    }),
    ...lists(queries),
  ]
}

function lists(queries: OrderQueries): Route[] {
  return [
    route({
      id: 'listOrders',
      method: 'GET',
      path: '/api/v1/orders',
      tag: 'orders',
      summary: 'The orders of the shop, newest first',
      access: { who: ['staff', 'admin'], whose: 'shop' },
      query: pageQuery,
      answer: { status: 200, body: page },
      async handle({ tenant, query: { limit = 20, ...query } }) {
        return accept({ body: await queries.list(tenant.id, { limit, ...query }) })
      },
    }),
    route({
      id: 'listOrdersOfUser',
      method: 'GET',
      path: '/api/v1/orders/user/{userId}',
      tag: 'orders',
      summary: 'The orders of a user, newest first',
      access: { who: 'signed-in', whose: 'own' },
      params: Type.Object({ userId: id }),
      query: pageQuery,
      answer: { status: 200, body: page },
      refusals: ['auth.forbidden'],
      async handle({ tenant, actor, params, query: { limit = 20, ...query } }) {
        if (!maySeeOf(actor, params.userId)) return refuse({ code: 'auth.forbidden' })
        return accept({ body: await queries.list(tenant.id, { ...params, limit, ...query }) })
      },
    }),
  ]
}
