import Type from 'typebox'

import { languageOf } from '#platform/http/language'
import { answered, route, type Route } from '#platform/http/route'
import { orderAccess, orderTokenHeader } from '#platform/http/schemas'
import { accept } from '#platform/outcome'

import type { Checkout } from '../contract.ts'
import { originsOf, type Reached } from './origins.ts'
import { orderBody, orderView, paymentView, placedOrder, sourceOf } from './schemas.ts'
import { webhookRoute } from './webhook-route.ts'

const id = Type.String({ format: 'uuid' })

const method = Type.String({ minLength: 1, maxLength: 32 })

export function checkoutRoutes(checkout: Checkout, reached: Reached): readonly Route[] {
  return [
    ...ordering(checkout),
    ...changing(checkout),
    ...paying(checkout, reached),
    webhookRoute(checkout),
  ]
}

function ordering(checkout: Checkout): Route[] {
  return [
    route({
      id: 'placeOrder',
      method: 'POST',
      path: '/api/v1/orders',
      tag: 'orders',
      summary: 'Order what is in a cart, or so many of one product',
      description:
        'The order exists before any money moves and its units stay held until the payment is due. ' +
        'The `token` of the answer is a guest’s key to the order and its payment: show it as `X-Order-Token`.',
      access: { who: 'anyone', whose: 'bearer', by: 'id' },
      body: orderBody,
      answer: { status: 201, body: placedOrder },
      refusals: [
        'cart.unknown',
        'cart.expired',
        'cart.closed',
        'cart.merged',
        'cart.empty',
        'cart.version-stale',
        'cart.sku-unknown',
        'cart.price-missing',
        'pricing.country-outside',
        'inventory.not-enough',
        'pricing.changed',
        'checkout.delivery-unknown',
        'checkout.address-missing',
        'checkout.payment-method-unknown',
        'checkout.currency-wrong',
      ],
      idempotent: true,
      async handle({ tenant, actor, body, cause, header }) {
        const { email, shippingAddress, deliveryMethod, paymentMethod, expectedTotal } = body
        const outcome = await checkout.placeOrder(
          tenant,
          actor.kind === 'user' ? actor.id : null,
          {
            source: sourceOf(body),
            contact: { email, ...(shippingAddress === undefined ? {} : { shippingAddress }) },
            deliveryMethod,
            paymentMethod,
            ...(expectedTotal === undefined ? {} : { expectedTotal }),
            language: languageOf(tenant, undefined, header('accept-language')),
          },
          cause,
        )
        if (!outcome.ok) return outcome
        const { answer, replayed } = outcome.value
        const token = checkout.token(tenant, answer.id)
        const headers = { location: `/api/v1/orders/${answer.id}` }
        return accept({ body: { ...answer, token }, replayed, headers })
      },
    }),
  ]
}

function changing(checkout: Checkout): Route[] {
  return [
    route({
      id: 'cancelOrder',
      method: 'POST',
      path: '/api/v1/orders/{id}/cancel',
      tag: 'orders',
      summary: 'Cancel an order',
      description:
        'Buyers cancel what is not paid. Staff may also cancel what is paid and not handed over: the money goes back and the units return to their shelves.',
      headers: orderTokenHeader,
      access: orderAccess,
      params: Type.Object({ id }),
      body: Type.Optional(Type.Object({})),
      answer: { status: 200, body: orderView },
      refusals: ['orders.unknown', 'orders.illegal-move', 'checkout.payment-under-way'],
      idempotent: true,
      async handle({ tenant, actor, params, header, cause }) {
        const asker = { actor, token: header('x-order-token') }
        const outcome = await checkout.cancel(tenant, params.id, asker, cause)
        if (!outcome.ok) return outcome
        const { answer, replayed } = outcome.value
        return accept({ body: answer, replayed })
      },
    }),
    route({
      id: 'setOrderStatus',
      method: 'PATCH',
      path: '/api/v1/orders/{id}/status',
      tag: 'orders',
      summary: 'Move an order on by hand',
      description:
        'Staff hand an order over (`fulfilled`) or cancel it; all else follows from stock and money.',
      access: { who: ['staff', 'admin'], whose: 'shop' },
      params: Type.Object({ id }),
      body: Type.Object({
        status: Type.Enum(['created', 'reserved', 'confirmed', 'fulfilled', 'cancelled']),
      }),
      answer: { status: 200, body: orderView },
      refusals: [
        'orders.unknown',
        'orders.illegal-move',
        'checkout.payment-under-way',
        'checkout.given-back',
      ],
      idempotent: true,
      async handle({ tenant, actor, params, body, header, cause }) {
        const asker = { actor, token: header('x-order-token') }
        const outcome = await checkout.setStatus(tenant, params.id, body.status, asker, cause)
        if (!outcome.ok) return outcome
        const { answer, replayed } = outcome.value
        return accept({ body: answer, replayed })
      },
    }),
  ]
}

function paying(checkout: Checkout, reached: Reached): Route[] {
  const hears = `/api/v1/payments/webhooks/${checkout.providerName}`
  return [
    route({
      id: 'openPayment',
      method: 'POST',
      path: '/api/v1/payments',
      tag: 'payments',
      summary: 'Another payment for an order whose last one was declined',
      description:
        'One that waits for the buyer at the provider, or that the provider was asked for a minute ago and has said nothing of, is closed there first. While nobody knows what became of it, it stays the only one: `checkout.payment-open`.',
      headers: orderTokenHeader,
      access: orderAccess,
      body: Type.Object({ orderId: id, method }),
      answer: { status: 201, body: paymentView },
      refusals: [
        'orders.unknown',
        'checkout.payment-method-unknown',
        'checkout.not-payable',
        'checkout.payment-open',
      ],
      idempotent: true,
      async handle({ tenant, actor, body, header, cause }) {
        const asker = { actor, token: header('x-order-token') }
        return answered(await checkout.openPayment(tenant, body, asker, cause))
      },
    }),
    route({
      id: 'processPayment',
      method: 'POST',
      path: '/api/v1/payments/{id}/process',
      tag: 'payments',
      summary: 'Pay: ask the provider and book what it says',
      description:
        'Safe to repeat: the provider is asked under a key that belongs to the payment. While the payment is `processing`, `action.url` says where the buyer has to go first, if so; the end comes to the payment on its own.',
      headers: orderTokenHeader,
      access: orderAccess,
      params: Type.Object({ id }),
      body: Type.Object({
        token: Type.Optional(
          Type.String({
            minLength: 1,
            maxLength: 500,
            pattern: '^[\\w.-]+$',
            description: 'What the provider’s own form gave the browser; never a card’s number.',
          }),
        ),
        returnTo: Type.Optional(
          Type.String({
            maxLength: 500,
            pattern: '^/(?![/\\\\])[\\x21-\\x5b\\x5d-\\x7e]*$',
            description: 'The path in this shop to which the buyer comes back from the provider.',
          }),
        ),
      }),
      answer: { status: 200, body: paymentView },
      refusals: [
        'payments.unknown',
        'payments.closed',
        'payments.provider-down',
        'checkout.not-payable',
        'checkout.sold-out',
        'inventory.not-enough',
      ],
      idempotent: true,
      async handle({ tenant, actor, params, body: { token, returnTo = '/' }, header, cause }) {
        const asker = { actor, token: header('x-order-token') }
        const { buyers, providers } = originsOf(header('host'), reached)
        const terms = {
          ...(token === undefined ? {} : { token }),
          returnTo: buyers + returnTo,
          ...(providers === undefined ? {} : { notify: providers + hears }),
        }
        return answered(await checkout.pay(tenant, params.id, asker, terms, cause))
      },
    }),
  ]
}
