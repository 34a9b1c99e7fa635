import Type from 'typebox'

import type { Instant } from '#platform/clock'
import { route, type Route } from '#platform/http/route'
import { accept, refuse } from '#platform/outcome'

import type { OrderQueries } from '../contract.ts'
import { orderView, summary } from './schemas.ts'

const id = Type.String({ format: 'uuid' })

/** How a guest shows that an order is the own one. */
const ORDER_TOKEN = {
  'X-Order-Token': 'The `token` of the order, for who is not signed in as its buyer.',
}

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
      headers: ORDER_TOKEN,
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
    route({
      id: 'listOrdersOfUser',
      method: 'GET',
      path: '/api/v1/orders/user/{userId}',
      tag: 'orders',
      summary: 'The orders of a user, newest first',
      access: { who: 'signed-in', whose: 'own' },
      params: Type.Object({ userId: id }),
      query: Type.Object({
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
        after: Type.Optional(
          Type.String({
            pattern: '^\\d{1,13}\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$',
            description: '`next` of the page before.',
          }),
        ),
      }),
      answer: {
        status: 200,
        body: Type.Object({
          items: Type.Array(summary),
          next: Type.Union([Type.String(), Type.Null()]),
        }),
      },
      refusals: ['auth.forbidden'],
      async handle({ tenant, actor, params, query: { limit = 20, ...query } }) {
        const isStaff =
          actor.kind === 'user' && actor.roles.some((role) => role === 'staff' || role === 'admin')
        const isOwn = actor.kind === 'user' && actor.id === params.userId
        if (!isStaff && !isOwn) return refuse({ code: 'auth.forbidden' })
        const page = await queries.ofUser(tenant.id, params.userId, { limit, ...query })
        return accept({ body: page })
      },
    }),
  ]
}
