import Type from 'typebox'

import { answered, route, shown, type Route } from '#platform/http/route'
import { moneySchema, nullableText } from '#platform/http/schemas'
import { ID_PATTERN } from '#platform/keyset'
import { accept } from '#platform/outcome'

import type { Checkout, Processes } from '../contract.ts'
import { orderView } from './schemas.ts'

const id = Type.String({ format: 'uuid' })
const instant = Type.String({ format: 'date-time' })
const maybeInstant = Type.Union([instant, Type.Null()])

const STATES = ['running', 'stuck', 'done', 'failed'] as const

const processBody = Type.Object({
  orderId: Type.String(),
  number: Type.String(),
  orderStatus: Type.String({
    enum: ['created', 'reserved', 'confirmed', 'fulfilled', 'cancelled'],
  }),
  state: Type.String({ enum: [...STATES] }),
  total: moneySchema,
  startedAt: instant,
  steps: Type.Array(
    Type.Object({
      name: Type.String({ enum: ['reserve', 'authorize', 'confirm', 'notify'] }),
      state: Type.String({ enum: ['waiting', 'under-way', 'done', 'failed', 'undone'] }),
      attempts: Type.Integer(),
      startedAt: maybeInstant,
      endedAt: maybeInstant,
    }),
  ),
  compensations: Type.Array(
    Type.Object({
      what: Type.String({ enum: ['release-units', 'refund'] }),
      state: Type.String({ enum: ['under-way', 'done', 'refused'] }),
      amount: Type.Union([moneySchema, Type.Null()]),
      startedAt: instant,
      endedAt: maybeInstant,
    }),
  ),
  timers: Type.Array(
    Type.Object({
      name: Type.String(),
      state: Type.String({ enum: ['waiting', 'failing', 'given-up'] }),
      dueAt: maybeInstant,
      attempts: Type.Integer(),
      lastError: nullableText,
    }),
  ),
  nextDeadline: maybeInstant,
})

/** A place in a list that is sorted by time, or the name of a timer. */
const AFTER = `^(\\d{1,13}\\.${ID_PATTERN}|(order|payment|refund)/${ID_PATTERN}(/[a-z]{1,20})?)$`

const access = { who: ['staff', 'admin'], whose: 'shop' } as const

/** How far checkouts are, for staff. */
export function processRoutes(
  processes: Processes,
  checkout: Pick<Checkout, 'cancel'>,
): readonly Route[] {
  return [...looking(processes), ...acting(processes, checkout)]
}

function looking(processes: Processes): readonly Route[] {
  return [
    route({
      id: 'listCheckouts',
      method: 'GET',
      path: '/api/v1/checkouts',
      tag: 'checkouts',
      summary: 'Lists checkouts with their steps',
      description:
        'Running: something is to happen by itself. Stuck: that has failed. Done: the order is confirmed. ' +
        'Failed: it is cancelled. A page may have fewer than `limit` and still a next one.',
      access,
      query: Type.Object({
        state: Type.Optional(Type.Enum([...STATES])),
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
        after: Type.Optional(
          Type.String({
            pattern: AFTER,
            description: '`next` of the page before, of the same state.',
          }),
        ),
      }),
      answer: {
        status: 200,
        body: Type.Object({ items: Type.Array(processBody), next: nullableText }),
      },
      async handle({ tenant, query: { state, limit = 20, after } }) {
        const page = { limit, ...(after === undefined ? {} : { after }) }
        return accept({ body: await processes.list(tenant.id, state, page) })
      },
    }),
    route({
      id: 'getCheckout',
      method: 'GET',
      path: '/api/v1/checkouts/{orderId}',
      tag: 'checkouts',
      summary: 'Shows how far a checkout is: its steps, its timers, what was taken back',
      access,
      params: Type.Object({ orderId: id }),
      answer: { status: 200, body: processBody },
      refusals: ['orders.unknown'],
      async handle({ tenant, params }) {
        return shown(await processes.view(tenant.id, params.orderId))
      },
    }),
  ]
}

function acting(processes: Processes, checkout: Pick<Checkout, 'cancel'>): readonly Route[] {
  return [
    route({
      id: 'retryCheckout',
      method: 'POST',
      path: '/api/v1/checkouts/{orderId}/retry',
      tag: 'checkouts',
      summary: 'Has what is open of a checkout done now instead of later',
      description:
        'Asks the provider for a payment or refund that is under way, and takes up what was given up. ' +
        'It happens moments after the answer. The time of a buyer who may still pay is not cut short.',
      access,
      params: Type.Object({ orderId: id }),
      body: Type.Optional(Type.Object({})),
      answer: {
        status: 200,
        body: Type.Object({ orderId: Type.String(), timers: Type.Array(Type.String()) }),
      },
      refusals: ['orders.unknown', 'checkout.nothing-to-retry'],
      async handle({ tenant, params, cause }) {
        const asked = await processes.retry(tenant.id, params.orderId, cause)
        if (!asked.ok) return asked
        return accept({ body: asked.value })
      },
    }),
    route({
      id: 'cancelCheckout',
      method: 'POST',
      path: '/api/v1/checkouts/{orderId}/cancel',
      tag: 'checkouts',
      summary: 'Ends a checkout: the order is cancelled and every step is taken back',
      access,
      params: Type.Object({ orderId: id }),
      body: Type.Optional(Type.Object({})),
      answer: { status: 200, body: orderView },
      refusals: ['orders.unknown', 'orders.illegal-move', 'checkout.payment-under-way'],
      idempotent: true,
      async handle({ tenant, actor, params, cause }) {
        const asker = { actor, token: undefined }
        return answered(await checkout.cancel(tenant, params.orderId, asker, cause))
      },
    }),
  ]
}
