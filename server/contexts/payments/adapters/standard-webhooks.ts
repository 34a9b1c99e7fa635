import { createHmac, timingSafeEqual } from 'node:crypto'

import { accept, refuse, type Outcome } from '#platform/outcome'

import type { WebhookDelivery, WebhookRefusal } from '../provider.ts'

/** Older or further ahead than this is played back or badly timed; the figure of Stripe and Standard Webhooks. */
export const TOLERANCE_SECONDS = 300

/** A fitting multiple of any signature header; comparing is work that a stranger could ask for. */
const MOST_SIGNATURES = 10

/**
 * Whether a delivery is signed as Standard Webhooks 1.0 says: HMAC-SHA256 over `id.timestamp.body`
 * with one of these secrets, in one of the signatures of the header (there are several while a
 * secret is being replaced). Says the id of the delivery.
 */
export function verifyStandardWebhook(
  { headers, rawBody, receivedAt }: WebhookDelivery,
  secrets: readonly Buffer[],
): Outcome<{ readonly id: string }, WebhookRefusal> {
  const forged = refuse({ code: 'payments.webhook-forged' } as const)
  const id = headers['webhook-id']
  const timestamp = headers['webhook-timestamp']
  const signatures = headers['webhook-signature']
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string') {
    return forged
  }
  if (!/^[\w.-]{1,100}$/.test(id) || !/^\d{1,12}$/.test(timestamp)) return forged

  const given = signatures
    .split(' ', MOST_SIGNATURES)
    .filter((each) => each.startsWith('v1,'))
    .map((each) => Buffer.from(each.slice('v1,'.length), 'base64'))
  const isOurs = secrets.some((secret) => {
    const hmac = createHmac('sha256', secret).update(`${id}.${timestamp}.`).update(rawBody).digest()
    return given.some((each) => each.length === hmac.length && timingSafeEqual(each, hmac))
  })
  if (!isOurs) return forged
  const isFresh = Math.abs(receivedAt / 1000 - Number(timestamp)) <= TOLERANCE_SECONDS
  return isFresh ? accept({ id }) : refuse({ code: 'payments.webhook-stale' })
}
