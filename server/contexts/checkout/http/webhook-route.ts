import Type from 'typebox'

import { route, type Route } from '#platform/http/route'
import { accept } from '#platform/outcome'

import type { Checkout } from '../contract.ts'

/** What providers sign is in their own headers, of which the adapter reads those it knows. */
const SIGNATURE_HEADERS = [
  'webhook-id',
  'webhook-timestamp',
  'webhook-signature',
  'stripe-signature',
]

export function webhookRoute(checkout: Checkout): Route {
  return route({
    id: 'hearPaymentProvider',
    method: 'POST',
    path: '/api/v1/payments/webhooks/{provider}',
    tag: 'payments',
    summary: 'For the payment provider: news of a charge or a refund',
    description:
      'Answered with 200 once the news is stored and booked, so what gets another answer is to be delivered again. The same delivery may come any number of times and in any order.',
    headers: Object.fromEntries(
      SIGNATURE_HEADERS.map((name) => [name, 'Of the provider whose way of signing it is.']),
    ),
    access: { who: 'anyone', whose: 'bearer', by: 'signature' },
    params: Type.Object({ provider: Type.String({ pattern: '^[a-z][a-z0-9-]{0,31}$' }) }),
    body: Type.Object({}, { additionalProperties: true }),
    answer: { status: 200, body: Type.Object({ received: Type.Boolean() }) },
    refusals: [
      'payments.provider-unknown',
      'payments.webhook-forged',
      'payments.webhook-stale',
      'payments.webhook-unreadable',
      'payments.unknown',
      'payments.wrong-currency',
      'payments.refund-above-paid',
    ],
    async handle({ tenant, params: { provider }, rawBody, header }) {
      const headers = Object.fromEntries(SIGNATURE_HEADERS.map((name) => [name, header(name)]))
      const heard = await checkout.hear(tenant, provider, { headers, rawBody })
      if (!heard.ok) return heard
      return accept({ body: { received: true }, replayed: heard.value.replayed })
    },
  })
}
