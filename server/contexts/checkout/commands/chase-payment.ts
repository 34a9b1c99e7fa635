import type { DueTimer, Platform } from '#platform/context'
import type { Cause } from '#platform/http/route'
import type { Id, TenantId } from '#platform/ids'
import { accept } from '#platform/outcome'
import type { Payment, Standing } from '#context/payments'

import { isFinal, mayBeClosed, mayBeTakenYet } from '../domain/attempt.ts'
import { RESUME_SECONDS, type Ports } from './ports.ts'
import { settlePayment } from './settle-payment.ts'

type Needs = Pick<Platform, 'write' | 'ids' | 'clock'>

/** The longest pause between two questions for a payment that the provider has not ended. */
const LONGEST_PAUSE_SECONDS = 600

/**
 * Finds out what became of a payment that is being made, and settles it. `isDue` says that nobody
 * waits for it any more: what the provider has open is closed there first, so that the buyer cannot
 * complete it later. `open` says that nobody knows yet.
 */
export async function chasePayment(
  platform: Needs,
  ports: Ports,
  tenant: TenantId,
  paymentId: Id,
  cause: Cause,
  isDue: boolean,
): Promise<'over' | 'open'> {
  const { payments, orders } = ports
  const at = platform.clock.now()
  const payment = await payments.see(tenant, paymentId)
  if (payment.status !== 'processing' && !mayBeTakenYet(payment)) return 'over'
  const { orderId } = payment
  const order = await orders.see(tenant, orderId)
  const isWanted = !isDue && order.status === 'reserved'

  let standing = await payments.look(paymentId, payment, at)
  if (standing.is === 'open' && !isWanted && mayBeClosed(payment, at)) {
    standing = await payments.close(paymentId, standing.transactionId)
  }
  if (standing.is === 'absent') standing = await asked(ports, paymentId, payment, isWanted)
  if (!isFinal(standing)) return 'open'
  const news = { paymentId, orderId, word: standing, isForProvider: true }
  const settled = await settlePayment(platform, ports, tenant, news, cause)
  if (!settled.ok) throw new Error(`settling was refused: ${settled.refusal.code}`)
  return 'over'
}

/** The provider was never reached: it is asked under the same key, unless nobody waits for it. */
function asked(
  { payments }: Ports,
  paymentId: Id,
  payment: Payment,
  isWanted: boolean,
): Promise<Standing> | Standing {
  return isWanted
    ? payments.charge(paymentId, payment, {})
    : { is: 'declined', reason: 'never-asked' }
}

/**
 * Takes up a payment whose process died, or that the provider had not ended: later each time. One that
 * was given up without an answer is looked for likewise, until the provider says what became of it.
 */
export function resumePayment(platform: Needs, ports: Ports) {
  return async ({ tenant, id, kind, data, key }: DueTimer): Promise<void> => {
    const { paymentId, tries = 0 } = data as { paymentId: Id; tries?: number }
    const cause = { caller: 'timer', key, fingerprint: 'resume-payment' }
    const found = await chasePayment(platform, ports, tenant, paymentId, cause, false)
    const inSeconds = Math.min(RESUME_SECONDS * 2 ** tries, LONGEST_PAUSE_SECONDS)
    const later = { set: id, kind, inSeconds, data: { paymentId, tries: tries + 1 } }
    await platform.write({
      tenant,
      ...cause,
      key: `${key}/next`,
      streams: {},
      decide: () => accept({ timers: [found === 'over' ? { clear: id } : later], answer: null }),
    })
  }
}
