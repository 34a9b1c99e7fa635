/** News of the payment provider as a test sends it: signed as the provider would, or wrongly. */
import { createHmac, randomUUID } from 'node:crypto'

import { secretsFrom } from '../../server/platform/auth/secrets.ts'
import { TEST_SECRET } from '../support/database.ts'
import { A, type Answer, type Journey, type ShopName } from './journey.ts'

const SECRET = secretsFrom(TEST_SECRET).derive('payment-webhooks').current

export interface Amount {
  readonly amount: number
  readonly currency: string
}

export type NewsType =
  | 'charge.succeeded'
  | 'charge.declined'
  | 'refund.succeeded'
  | 'refund.declined'

export interface News {
  readonly type: NewsType
  readonly reference: string
  readonly chargeId: string
  readonly amount: Amount
  readonly refund?: { readonly id: string; readonly key: string | null; readonly amount: number }
}

export interface Sending {
  /** The provider's name of the delivery. */
  readonly id?: string
  readonly in?: ShopName
  readonly provider?: string
  readonly secret?: Buffer
  /** Signed so many seconds ago. */
  readonly ageSeconds?: number
  readonly headers?: Readonly<Record<string, string>>
}

/** The body of a delivery. */
export function bodyOf({ type, reference, chargeId, amount, refund }: News): string {
  const createdAt = new Date().toISOString()
  const status = type === 'charge.declined' ? 'declined' : 'succeeded'
  const charge = { id: chargeId, status, reference, ...amount, createdAt }
  const reason = type.endsWith('declined') ? 'card_expired' : undefined
  const data = {
    charge: { ...charge, reason },
    ...(refund === undefined ? {} : { refund: { ...refund, reason } }),
  }
  return JSON.stringify({ type, createdAt, data })
}

/** Delivers a body, signed unless its headers say otherwise. */
export function deliver(journey: Journey, body: string, sending: Sending = {}): Promise<Answer> {
  return journey.call('POST', `${A}/payments/webhooks/${sending.provider ?? 'test'}`, {
    in: sending.in ?? 'demo',
    body,
    headers: { ...signed(body, sending), ...sending.headers },
  })
}

/** The headers that say who sends a body, and when. */
export function signed(body: string, sending: Sending = {}): Readonly<Record<string, string>> {
  const { id = `msg_${randomUUID()}`, ageSeconds = 0, secret = SECRET } = sending
  const timestamp = String(Math.floor(Date.now() / 1000) - ageSeconds)
  const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`)
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature.digest('base64')}`,
  }
}

/** A charge that the provider takes although the shop has not asked for it. */
export async function chargeAtProvider(
  journey: Journey,
  paymentId: string,
  { amount, currency }: Amount,
): Promise<string> {
  const answer = await fetch(`${journey.shop.provider.url}/v1/charges`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': paymentId },
    body: JSON.stringify({ amount, currency, reference: paymentId, method: 'card' }),
  })
  const { id } = (await answer.json()) as { id: string }
  if (!answer.ok) throw new Error(`the provider did not charge: ${answer.status}`)
  return id
}

/** The events of a payment, oldest first. */
export async function eventsOf(journey: Journey, stream: string): Promise<string[]> {
  const rows = await journey.shop.query<{ type: string }>(
    'select type from platform.events where stream = $1 order by version',
    [stream],
  )
  return rows.map(({ type }) => type)
}

/** Makes a timer due now. */
export async function timerIsDue(journey: Journey, id: string): Promise<void> {
  const rows = await journey.shop.query(
    'update platform.timers set due_at = now() where id = $1 returning 1',
    [id],
  )
  if (rows.length !== 1) throw new Error(`there is no timer ${id}`)
}
