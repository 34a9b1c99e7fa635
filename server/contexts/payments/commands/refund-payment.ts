import type { DueTimer, Platform } from '#platform/context'
import type { Cause } from '#platform/http/route'
import type { Id, TenantId } from '#platform/ids'
import { see } from '#platform/log/streams'
import { accept, refuse, type Outcome } from '#platform/outcome'
import { stream } from '#platform/write/commit'

import type {
  PaymentCommands,
  PaymentDone,
  PaymentRefusal,
  RefundRequest,
  RefundWord,
} from '../contract.ts'
import { payments, present, refundAmount } from '../domain/payment.ts'
import { beginning } from '../domain/refund.ts'
import type { PaymentProvider } from '../provider.ts'
import { settleRefund } from './settle-refund.ts'

/** A refund whose process died is taken up again so late. */
const RESUME_SECONDS = 60

/** The longest pause between two questions for a refund that the provider has not ended. */
const LONGEST_PAUSE_SECONDS = 3600

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

/**
 * Asks for a refund whose process died, or that the provider has not ended: later each time, and
 * for as long as it takes. The money stays set aside meanwhile.
 */
export function resumeRefund(platform: Needs, provider: PaymentProvider) {
  return async ({ tenant, id, kind, data, key }: DueTimer): Promise<void> => {
    const {
      paymentId,
      refundId,
      tries = 0,
    } = data as {
      paymentId: Id
      refundId: Id
      tries?: number
    }
    const cause = { caller: 'timer', key, fingerprint: 'resume-refund' }
    await finish(platform, provider, tenant, paymentId, refundId, cause)
    // What ends it clears the timer too, so only a refund that nobody ended yet needs another.
    if ((await stateOf(platform, tenant, paymentId, refundId)) !== 'under-way') return
    const inSeconds = Math.min(RESUME_SECONDS * 2 ** tries, LONGEST_PAUSE_SECONDS)
    const later = { paymentId, refundId, tries: tries + 1 }
    await platform.write({
      tenant,
      ...cause,
      key: `${key}/later`,
      streams: {},
      decide: () => accept({ timers: [{ set: id, kind, inSeconds, data: later }], answer: null }),
    })
  }
}

async function stateOf({ reads }: Needs, tenant: TenantId, paymentId: Id, refundId: Id) {
  const { state } = await see(reads, tenant, stream(payments, paymentId))
  return state.refunds.find(({ id }) => id === refundId)?.state
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
      const parts = beginning(paymentId, refundId, outcome.value, reason, RESUME_SECONDS)
      const { event, transfers, timers } = parts
      return accept({
        append: { payment: [event] },
        transfers,
        timers,
        answer: { refundId } satisfies Started,
      })
    },
  })
}

async function finish(
  platform: Needs,
  provider: PaymentProvider,
  tenant: TenantId,
  paymentId: Id,
  refundId: Id,
  cause: Cause,
): Promise<Outcome<PaymentDone>> {
  const { state } = await see(platform.reads, tenant, stream(payments, paymentId))
  const refund = state.refunds.find(({ id }) => id === refundId)
  const unknown: PaymentRefusal = { code: 'payments.unknown', paymentId }
  if (refund === undefined || state.transactionId === null) return refuse(unknown)
  const { amount, reason } = refund
  let word: RefundWord['word']
  if (refund.state === 'done') word = { is: 'given-back', transactionId: '' }
  else if (refund.state === 'refused') word = { is: 'refused', reason: reason ?? 'declined' }
  else {
    const { transactionId } = state
    const said = await provider.refund({
      key: refundId,
      transactionId,
      reference: paymentId,
      amount,
    })
    if (!said.ok && said.refusal.code !== 'payments.declined') return said
    // It is on its way; a delivery or the timer brings the end.
    if (said.ok && said.value.status === 'pending') {
      return accept({ answer: present(paymentId, state), replayed: false })
    }
    word = said.ok
      ? { is: 'given-back', transactionId: said.value.transactionId }
      : { is: 'refused', reason: reasonOf(said.refusal) }
  }

  const settled = await settleRefund(platform, tenant, paymentId, { refundId, amount, word }, cause)
  if (!settled.ok || word.is === 'given-back') return settled
  const declined: PaymentRefusal = { code: 'payments.declined', reason: word.reason }
  return refuse(declined)
}

function reasonOf(refusal: PaymentRefusal): string {
  return 'reason' in refusal ? refusal.reason : 'declined'
}
