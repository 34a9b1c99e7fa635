import Type from 'typebox'

import { route, shown, type Access, type Reply, type Route } from '#platform/http/route'
import { orderAccess, orderTokenHeader, pageQuery } from '#platform/http/schemas'
import { accept, type Outcome } from '#platform/outcome'

import type { Answered, ReturnCommands, ReturnQueries, ReturnView } from '../contract.ts'
import { because, days, id, newReturn, page, returnsOfOrder, returnView, state } from './schemas.ts'

const STAFF: Access = { who: ['staff', 'admin'], whose: 'shop' }

export function returnRoutes(commands: ReturnCommands, queries: ReturnQueries): readonly Route[] {
  return [
    ...asking(commands, queries),
    ...deciding(commands),
    ...reading(queries),
    ...rule(commands, queries),
  ]
}

function told(outcome: Outcome<Answered>): Outcome<Reply<ReturnView>> {
  if (!outcome.ok) return outcome
  const { view, replayed } = outcome.value
  return accept({ body: view, replayed })
}

function asking(commands: ReturnCommands, queries: ReturnQueries): Route[] {
  return [
    route({
      id: 'getReturnsOfOrder',
      method: 'GET',
      path: '/api/v1/orders/{id}/returns',
      tag: 'returns',
      summary: 'What was asked back of an order, and what may still be',
      headers: orderTokenHeader,
      access: orderAccess,
      params: Type.Object({ id }),
      answer: { status: 200, body: returnsOfOrder },
      refusals: ['orders.unknown'],
      async handle({ tenant, actor, params, header }) {
        const asker = { actor, token: header('x-order-token') }
        return shown(await queries.ofOrder(tenant.id, params.id, asker))
      },
    }),
    route({
      id: 'requestReturn',
      method: 'POST',
      path: '/api/v1/orders/{id}/returns',
      tag: 'returns',
      summary: 'Ask to give something of an order back',
      description:
        'Within the days of the shop after the hand-over, or after the payment as long as the order is ' +
        'not handed over. Never more than was ordered and not asked back yet.',
      headers: orderTokenHeader,
      access: orderAccess,
      params: Type.Object({ id }),
      body: newReturn,
      answer: { status: 201, body: returnView },
      refusals: [
        'orders.unknown',
        'returns.not-returnable',
        'returns.too-late',
        'returns.not-ordered',
        'returns.too-many-units',
        'returns.too-many',
      ],
      idempotent: true,
      async handle({ tenant, actor, params, body, header, cause }) {
        const asker = { actor, token: header('x-order-token') }
        return told(await commands.request(tenant.id, params.id, body, asker, cause))
      },
    }),
    route({
      id: 'withdrawReturn',
      method: 'POST',
      path: '/api/v1/returns/{id}/withdraw',
      tag: 'returns',
      summary: 'Keep it after all',
      description: 'As long as the shop has not decided.',
      headers: orderTokenHeader,
      access: orderAccess,
      params: Type.Object({ id }),
      answer: { status: 200, body: returnView },
      refusals: ['returns.unknown', 'returns.not-open'],
      idempotent: true,
      async handle({ tenant, actor, params, header, cause }) {
        const asker = { actor, token: header('x-order-token') }
        return told(await commands.withdraw(tenant.id, params.id, asker, cause))
      },
    }),
  ]
}

function deciding(commands: ReturnCommands): Route[] {
  return [
    route({
      id: 'approveReturn',
      method: 'POST',
      path: '/api/v1/returns/{id}/approve',
      tag: 'returns',
      summary: 'Take it back',
      description: 'The money is given back by `refundPayment`, when the shop has the goods.',
      access: STAFF,
      params: Type.Object({ id }),
      answer: { status: 200, body: returnView },
      refusals: ['returns.unknown', 'returns.not-open'],
      idempotent: true,
      handle: async ({ tenant, params, cause }) =>
        told(await commands.approve(tenant.id, params.id, cause)),
    }),
    route({
      id: 'declineReturn',
      method: 'POST',
      path: '/api/v1/returns/{id}/decline',
      tag: 'returns',
      summary: 'Do not take it back, and say why',
      access: STAFF,
      params: Type.Object({ id }),
      body: Type.Object({ because }),
      answer: { status: 200, body: returnView },
      refusals: ['returns.unknown', 'returns.not-open'],
      idempotent: true,
      handle: async ({ tenant, params, body, cause }) =>
        told(await commands.decline(tenant.id, params.id, body.because, cause)),
    }),
  ]
}

function reading(queries: ReturnQueries): Route[] {
  return [
    route({
      id: 'listMyReturns',
      method: 'GET',
      path: '/api/v1/users/me/returns',
      tag: 'returns',
      summary: 'The own returns, the newest first',
      access: { who: 'signed-in', whose: 'own' },
      query: pageQuery,
      answer: { status: 200, body: page },
      async handle({ tenant, actor, query: { limit = 20, ...query } }) {
        if (actor.kind !== 'user') throw new Error('This route is for the signed-in.')
        return accept({ body: await queries.mine(tenant.id, actor.id, { limit, ...query }) })
      },
    }),
    route({
      id: 'listReturns',
      method: 'GET',
      path: '/api/v1/returns',
      tag: 'returns',
      summary: 'The returns of the shop in one state, the newest first',
      access: STAFF,
      query: Type.Object({ ...pageQuery.properties, state: Type.Optional(state) }),
      answer: { status: 200, body: page },
      handle: async ({ tenant, query: { limit = 20, state: asked = 'requested', ...query } }) =>
        accept({ body: await queries.inState(tenant.id, asked, { limit, ...query }) }),
    }),
  ]
}

function rule(commands: ReturnCommands, queries: ReturnQueries): Route[] {
  const settings = Type.Object({ days })
  return [
    route({
      id: 'getReturnSettings',
      method: 'GET',
      path: '/api/v1/return-settings',
      tag: 'returns',
      summary: 'For how many days the shop takes things back',
      access: STAFF,
      answer: { status: 200, body: settings },
      handle: async ({ tenant }) => accept({ body: await queries.settings(tenant.id) }),
    }),
    route({
      id: 'setReturnSettings',
      method: 'PUT',
      path: '/api/v1/return-settings',
      tag: 'returns',
      summary: 'Say for how many days the shop takes things back',
      description: 'Of orders that were placed before as well.',
      access: STAFF,
      body: settings,
      answer: { status: 200, body: settings },
      handle: async ({ tenant, body, cause }) =>
        shown(await commands.setDays(tenant.id, body.days, cause)),
    }),
  ]
}
