import type { DueTimer, Platform } from '#platform/context'
import type { Cause } from '#platform/http/route'
import type { Id, TenantId } from '#platform/ids'
import { see } from '#platform/log/streams'
import { accept, refuse, type Outcome } from '#platform/outcome'
import { stream } from '#platform/write/commit'

import { buyers, paid } from '../accounts.ts'
import type {
  PaymentCommands,
  PaymentDone,
  PaymentEvent,
  PaymentProvider,
  PaymentRefusal,
  RefundRequest,
} from '../contract.ts'
import { after, payments, present, refundAmount } from '../domain/payment.ts'

/** A refund whose process died is taken up again so late. */
const RESUME_SECONDS = 60

/** Money set aside for a refund waits for the provider no longer than this. */
const ASIDE_SECONDS = 30 * 24 * 3600

type Needs = Pick<Platform, 'write' | 'ids' | 'reads'>

interface Started {
  readonly refundId: Id
}

/** Set aside, ask the provider, book: two commits around the call, so no call is within one. */
export function refundPayment(
  platform: Needs,
  provider: PaymentProvider,
): PaymentCommands['refund'] {
  return async (tenant, paymentId, request, cause) => {
    const started = await start(platform, tenant, paymentId, request, cause)
    if (!started.ok) return started
    return finish(platform, provider, tenant, paymentId, started.value.answer.refundId, cause)
  }
}

/** Takes up a refund whose process died between its two commits. */
export function resumeRefund(platform: Needs, provider: PaymentProvider) {
  return async ({ tenant, data, key }: DueTimer): Promise<void> => {
    const { paymentId, refundId } = data as { paymentId: Id; refundId: Id }
    const cause = { caller: 'timer', key, fingerprint: 'resume-refund' }
    const outcome = await finish(platform, provider, tenant, paymentId, refundId, cause)
    if (!outcome.ok) throw new Error(`the refund was refused: ${outcome.refusal.code}`)
  }
}

function start(
  { write, ids }: Needs,
  tenant: TenantId,
  paymentId: Id,
  { amount: asked, reason }: RefundRequest,
  cause: Cause,
) {
  const refundId = ids.next()
  return write({
    tenant,
    ...cause,
    key: `${cause.key}/start`,
    streams: { payment: stream(payments, paymentId) },
    decide({ payment }) {
      const outcome = refundAmount(payment, paymentId, asked)
      if (!outcome.ok) return outcome
      const amount = outcome.value
      const event: PaymentEvent = { type: 'payment.refund-started', refundId, amount, reason }
      const refusal: PaymentRefusal = { code: 'payments.refund-above-paid', wanted: amount }
      return accept({
        append: { payment: [event] },
        transfers: [
          {
            verb: 'hold',
            id: `refund/${refundId}`,
            isNew: true,
            from: [paid(paymentId, amount.currency)],
            amount: amount.amount,
            forSeconds: ASIDE_SECONDS,
            refusal,
          },
        ],
        timers: [
          {
            set: `refund/${refundId}`,
            kind: 'payments.resume-refund',
            inSeconds: RESUME_SECONDS,
            data: { paymentId, refundId },
          },
        ],
        answer: { refundId } satisfies Started,
      })
    },
  })
}

async function finish(
  { write, reads }: Needs,
  provider: PaymentProvider,
  tenant: TenantId,
  paymentId: Id,
  refundId: Id,
  cause: Cause,
): Promise<Outcome<PaymentDone>> {
  const { state } = await see(reads, tenant, stream(payments, paymentId))
  const refund = state.refunds.find(({ id }) => id === refundId)
  const unknown: PaymentRefusal = { code: 'payments.unknown', paymentId }
  if (refund === undefined || state.transactionId === null) return refuse(unknown)
  const { amount } = refund
  const { transactionId } = state
  const said = refund.isDone
    ? accept({ transactionId: '' })
    : await provider.refund({ key: refundId, transactionId, amount })
  if (!said.ok) return said

  return write({
    tenant,
    ...cause,
    streams: { payment: stream(payments, paymentId) },
    decide({ payment }) {
      const isOpen = payment.refunds.some(({ id, isDone }) => id === refundId && !isDone)
      const events: PaymentEvent[] = isOpen
        ? [{ type: 'payment.refunded', refundId, amount, ...said.value }]
        : []
      return accept({
        append: { payment: events },
        transfers: isOpen
          ? [
              {
                verb: 'post',
                id: `refund/${refundId}`,
                to: buyers(amount.currency),
                refusal: unknown,
              },
            ]
          : [],
        timers: [{ clear: `refund/${refundId}` }],
        answer: ({ at }) => present(paymentId, after(payment, events, at)),
      })
    },
  })
}
