import { accept, refuse, type Outcome } from '#platform/outcome'

import type {
  FoundCharge,
  ListedCharge,
  ListedRefund,
  ProviderNews,
  WebhookRefusal,
} from '../provider.ts'
import { reasonOf } from './outside-calls.ts'

/** A charge as the provider lists it; undefined when it is not what it should be. */
export function foundCharge(given: unknown): FoundCharge | undefined {
  if (!isObject(given)) return undefined
  const { id, status, reason, url, reference, amount, currency, createdAt } = given
  const at = Date.parse(String(createdAt))
  if (typeof id !== 'string' || typeof reference !== 'string') return undefined
  if (!Number.isSafeInteger(amount) || typeof currency !== 'string' || Number.isNaN(at)) {
    return undefined
  }
  if (
    status !== 'succeeded' &&
    status !== 'declined' &&
    status !== 'pending' &&
    status !== 'action-needed'
  ) {
    return undefined
  }
  return {
    transactionId: id,
    reference,
    status,
    ...(status === 'declined' ? { reason: reasonOf(reason) } : {}),
    ...(status === 'action-needed' && typeof url === 'string' ? { url } : {}),
    amount: { amount: amount as number, currency },
    at,
  }
}

/** The same with what was given back of it. */
export function listedCharge(given: unknown): ListedCharge | undefined {
  const charge = foundCharge(given)
  const refunded = isObject(given) ? given['amountRefunded'] : undefined
  if (charge === undefined || !Number.isSafeInteger(refunded)) return undefined
  const { currency } = charge.amount
  return { ...charge, refunded: { amount: refunded as number, currency } }
}

/** A refund as the provider lists it; undefined when it is not what it should be. */
export function listedRefund(given: unknown): ListedRefund | undefined {
  if (!isObject(given)) return undefined
  const { id, key, charge, reference, status, amount, currency, createdAt } = given
  const at = Date.parse(String(createdAt))
  if (typeof id !== 'string' || typeof charge !== 'string' || typeof reference !== 'string') {
    return undefined
  }
  if (!Number.isSafeInteger(amount) || typeof currency !== 'string' || Number.isNaN(at)) {
    return undefined
  }
  if (status !== 'succeeded' && status !== 'declined') return undefined
  return {
    key: typeof key === 'string' ? key : null,
    transactionId: id,
    chargeId: charge,
    reference,
    status,
    amount: { amount: amount as number, currency },
    at,
  }
}

/** The news in a body that is proven to be the provider's. */
export function newsOf(id: string, rawBody: Buffer): Outcome<ProviderNews, WebhookRefusal> {
  const unreadable = refuse({ code: 'payments.webhook-unreadable' } as const)
  const message = parsed(rawBody)
  if (!isObject(message) || typeof message['type'] !== 'string') return unreadable
  const { type: kind, createdAt, data } = message
  if (
    kind !== 'charge.succeeded' &&
    kind !== 'charge.declined' &&
    kind !== 'refund.succeeded' &&
    kind !== 'refund.declined'
  ) {
    return accept({ kind: 'ignored', id, type: reasonOf(kind) })
  }
  const charge = foundCharge(isObject(data) ? data['charge'] : undefined)
  const at = Date.parse(String(createdAt))
  if (charge === undefined || Number.isNaN(at)) return unreadable
  const { reference, transactionId, amount, reason = 'declined' } = charge
  const news = { id, reference, transactionId, amount, at }
  if (kind === 'charge.succeeded') return accept({ kind, ...news })
  if (kind === 'charge.declined') return accept({ kind, ...news, reason })

  const refund = isObject(data) ? data['refund'] : undefined
  if (!isObject(refund)) return unreadable
  const { id: refundTransactionId, key, amount: given } = refund
  if (typeof refundTransactionId !== 'string' || !Number.isSafeInteger(given)) return unreadable
  const of = {
    ...news,
    amount: { amount: given as number, currency: amount.currency },
    refundKey: typeof key === 'string' ? key : null,
    refundTransactionId,
  }
  return kind === 'refund.succeeded'
    ? accept({ kind, ...of })
    : accept({ kind, ...of, reason: reasonOf(refund['reason']) })
}

function parsed(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString('utf8'))
  } catch {
    // Signed but no JSON: unreadable, like any other body that is not what it should be.
    return undefined
  }
}

export function isObject(given: unknown): given is Readonly<Record<string, unknown>> {
  return typeof given === 'object' && given !== null
}
