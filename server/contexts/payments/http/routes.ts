import { Buffer } from 'node:buffer'
import { hash } from 'node:crypto'

import Type from 'typebox'

import { maySeeOf } from '#platform/actor'
import { languageOf } from '#platform/http/language'
import { answered, route, shown, type Route } from '#platform/http/route'
import { orderAccess, orderTokenHeader, pageQuery } from '#platform/http/schemas'
import { accept, refuse } from '#platform/outcome'

import type { PaymentCommands, PaymentQueries } from '../contract.ts'
import { orderMoney, page, paymentView, waysView } from './schemas.ts'

const id = Type.String({ format: 'uuid' })

export function paymentRoutes(
  commands: PaymentCommands,
  queries: PaymentQueries,
): readonly Route[] {
  return [
    route({
      id: 'getPayment',
      method: 'GET',
      path: '/api/v1/payments/{id}',
      tag: 'payments',
      summary: 'A payment and how far it is',
      headers: orderTokenHeader,
      access: orderAccess,
      params: Type.Object({ id }),
      answer: { status: 200, body: paymentView },
      refusals: ['payments.unknown'],
      async handle({ tenant, actor, params, header }) {
        const asker = { actor, token: header('x-order-token') }
        return shown(await queries.view(tenant.id, params.id, asker))
      },
    }),
    route({
      id: 'refundPayment',
      method: 'POST',
      path: '/api/v1/payments/{id}/refund',
      tag: 'payments',
      summary: 'Give all or part of a payment back',
      description: 'Without `amount`, all that has not been given back yet.',
      access: { who: ['staff', 'admin'], whose: 'shop' },
      params: Type.Object({ id }),
      body: Type.Object({
        amount: Type.Optional(
          Type.Object({
            amount: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
            currency: Type.String({ pattern: '^[A-Z]{3}$' }),
          }),
        ),
        reason: Type.String({ minLength: 1, maxLength: 500 }),
      }),
      answer: { status: 200, body: paymentView },
      refusals: [
        'payments.unknown',
        'payments.not-paid',
        'payments.wrong-currency',
        'payments.refund-above-paid',
        'payments.declined',
        'payments.provider-down',
      ],
      idempotent: true,
      async handle({ tenant, params, body, cause }) {
        return answered(await commands.refund(tenant.id, params.id, body, cause))
      },
    }),
    ...lists(queries),
    waysRoute(queries),
  ]
}

function lists(queries: PaymentQueries): Route[] {
  return [
    route({
      id: 'getOrderMoney',
      method: 'GET',
      path: '/api/v1/orders/{id}/money',
      tag: 'payments',
      summary: 'The books of an order: what is owed, paid, set aside and given back, and why',
      description:
        'Every figure is a sum over the entries of a double-entry ledger: each moves an amount from one account to another.',
      access: { who: ['staff', 'admin'], whose: 'shop' },
      params: Type.Object({ id }),
      answer: { status: 200, body: orderMoney },
      refusals: ['orders.unknown'],
      async handle({ tenant, params }) {
        return shown(await queries.moneyOf(tenant.id, params.id))
      },
    }),
    route({
      id: 'listPaymentsOfUser',
      method: 'GET',
      path: '/api/v1/payments/user/{userId}',
      tag: 'payments',
      summary: 'The payments of a user, newest first',
      access: { who: 'signed-in', whose: 'own', besides: ['staff', 'admin'] },
      params: Type.Object({ userId: id }),
      query: pageQuery,
      answer: { status: 200, body: page },
      refusals: ['auth.forbidden'],
      async handle({ tenant, actor, params, query: { limit = 20, ...query } }) {
        if (!maySeeOf(actor, params.userId)) return refuse({ code: 'auth.forbidden' })
        const found = await queries.list(tenant.id, params, { limit, ...query })
        return accept({ body: found })
      },
    }),
    route({
      id: 'listPaymentsOfOrder',
      method: 'GET',
      path: '/api/v1/payments/order/{orderId}',
      tag: 'payments',
      summary: 'The payments of an order, newest first',
      headers: orderTokenHeader,
      access: orderAccess,
      params: Type.Object({ orderId: id }),
      query: pageQuery,
      answer: { status: 200, body: page },
      refusals: ['orders.unknown'],
      async handle({ tenant, actor, params, header, query: { limit = 20, ...query } }) {
        const asker = { actor, token: header('x-order-token') }
        const { orderId } = params
        if (!(await queries.maySeeOrder(tenant.id, orderId, asker))) {
          return refuse({ code: 'orders.unknown', orderId })
        }
        const found = await queries.list(tenant.id, params, { limit, ...query })
        return accept({ body: found })
      },
    }),
  ]
}

/** It changes with the deployment alone, so it is made anew each time and sent when it is another. */
function waysRoute(queries: PaymentQueries): Route {
  return route({
    id: 'listPaymentMethods',
    method: 'GET',
    path: '/api/v1/payments/methods',
    tag: 'payments',
    summary: 'The ways to pay in this shop',
    description: 'In the order in which buyers should be offered them.',
    access: { who: 'anyone', whose: 'public' },
    headers: { 'If-None-Match': 'The `ETag` of a copy one has.' },
    query: Type.Object({
      lang: Type.Optional(
        Type.String({
          maxLength: 35,
          description: 'BCP 47; one the shop does not speak counts as none.',
        }),
      ),
    }),
    answer: { status: 200, body: waysView },
    example: {
      answer: {
        provider: { name: 'Тестовий провайдер', isTest: true },
        items: [{ method: 'card', name: 'Карткою', needsToken: false }],
      },
    },
    async handle({ tenant, query: { lang }, header }) {
      const language = languageOf(tenant, lang, header('accept-language'))
      const json = JSON.stringify({
        provider: queries.provider(language),
        items: queries.ways(language),
      })
      const etag = `"${hash('sha1', json, 'base64url')}"`
      const headers = {
        'content-type': 'application/json; charset=utf-8',
        'content-language': language,
        'cache-control': 'public, max-age=60',
        vary: 'Accept-Language',
        etag,
      }
      if (header('if-none-match') === etag) {
        return accept({ status: 304, headers, body: Buffer.alloc(0) })
      }
      return accept({ headers, body: Buffer.from(json) })
    },
  })
}
