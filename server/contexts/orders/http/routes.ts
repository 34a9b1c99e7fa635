import Type from 'typebox'

import { maySeeOf } from '#platform/actor'
import type { Instant } from '#platform/clock'
import { languageOf } from '#platform/http/language'
import { route, shown, type Route } from '#platform/http/route'
import { orderAccess, orderTokenHeader, pageQuery } from '#platform/http/schemas'
import { accept, refuse } from '#platform/outcome'

import type { OrderFilter, OrderQueries, OrderStatus } from '../contract.ts'
import { historyPage, narrowed, orderView, page } from './schemas.ts'

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
      access: orderAccess,
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

function historyOf(queries: OrderQueries): Route {
  return route({
    id: 'getOrderHistory',
    method: 'GET',
    path: '/api/v1/orders/{id}/history',
    tag: 'orders',
    summary: 'What happened to an order, in words',
    description:
      'Oldest first, for whoever may see the order. Staff are also told whose request or which ' +
      'part of the system brought each thing about. In the language of `Accept-Language` where ' +
      'the shop speaks it.',
    headers: orderTokenHeader,
    access: orderAccess,
    params: Type.Object({ id }),
    query: Type.Object({
      limit: pageQuery.properties.limit,
      after: Type.Optional(
        Type.String({ pattern: '^\\d{1,9}$', description: '`next` of the page before.' }),
      ),
    }),
    answer: { status: 200, body: historyPage },
    refusals: ['orders.unknown'],
    async handle({ tenant, actor, params, query: { limit = 20, ...query }, header }) {
      const asker = { actor, token: header('x-order-token') }
      const language = languageOf(tenant, undefined, header('accept-language'))
      const page = { limit, ...query }
      return shown(await queries.history(tenant.id, params.id, asker, language, page))
    },
  })
}

interface Asked {
  readonly status?: OrderStatus
  readonly from?: string
  readonly to?: string
  readonly number?: string
  readonly userId?: string
}

/** Numbers are taken as people type them: in small letters, with or without hyphens. */
function filterOf({ from, to, number, ...asked }: Asked): OrderFilter {
  const digits = number?.toUpperCase().replaceAll('-', '')
  return {
    ...asked,
    ...(from === undefined ? {} : { from: instantOf(from) }),
    ...(to === undefined ? {} : { to: instantOf(to) }),
    ...(digits === undefined ? {} : { number: digits.replace(/(.{4})(?=.)/g, '$1-') }),
  }
}

function lists(queries: OrderQueries): Route[] {
  return [
    historyOf(queries),
    route({
      id: 'listOrders',
      method: 'GET',
      path: '/api/v1/orders',
      tag: 'orders',
      summary: 'The orders of the shop, newest first',
      description: 'Archived orders are in it like all others.',
      access: { who: ['staff', 'admin'], whose: 'shop' },
      query: Type.Object({
        ...pageQuery.properties,
        ...narrowed,
        userId: Type.Optional(id),
        number: Type.Optional(
          Type.String({
            pattern: '^[0-9A-Za-z]{4}-?[0-9A-Za-z]{4}-?[0-9A-Za-z]{4}$',
            description: 'The number that people are shown, such as 7K3M-Q9XT-B2ZD.',
          }),
        ),
      }),
      answer: { status: 200, body: page },
      async handle({ tenant, query: { limit = 20, after, ...asked } }) {
        const at = { limit, ...(after === undefined ? {} : { after }) }
        return accept({ body: await queries.list(tenant.id, filterOf(asked), at) })
      },
    }),
    route({
      id: 'listOrdersOfUser',
      method: 'GET',
      path: '/api/v1/orders/user/{userId}',
      tag: 'orders',
      summary: 'The orders of a user, newest first',
      description: 'Archived orders are in it like all others.',
      access: { who: 'signed-in', whose: 'own', besides: ['staff', 'admin'] },
      params: Type.Object({ userId: id }),
      query: Type.Object({ ...pageQuery.properties, ...narrowed }),
      answer: { status: 200, body: page },
      refusals: ['auth.forbidden'],
      async handle({ tenant, actor, params, query: { limit = 20, after, ...asked } }) {
        if (!maySeeOf(actor, params.userId)) return refuse({ code: 'auth.forbidden' })
        const at = { limit, ...(after === undefined ? {} : { after }) }
        const filter = filterOf({ ...asked, ...params })
        return accept({ body: await queries.list(tenant.id, filter, at) })
      },
    }),
  ]
}
