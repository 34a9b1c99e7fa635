import type { Platform } from '#platform/context'
import { see } from '#platform/log/streams'
import type { Money } from '#platform/money'
import type { Transfer } from '#platform/ledger/transfer'
import { newStream, stream } from '#platform/write/commit'

import { buyers, owed, paid, revenue } from '../accounts.ts'
import type { PaymentCommands, PaymentRefusal, Payments } from '../contract.ts'
import { after, isGoneBack, payments, present } from '../domain/payment.ts'
import { refundParts } from '../domain/refund.ts'
import type { PaymentProvider } from '../provider.ts'
import { received } from '../store/inbox.ts'
import { unfinishedOf } from '../store/summaries.ts'
import { askProvider } from './ask-provider.ts'
import { settleRefund } from './settle-refund.ts'

/** The parts of checkout's commits that concern payments. */
export function paymentsForCheckout(
  platform: Pick<Platform, 'reads' | 'recall' | 'write'>,
  provider: PaymentProvider,
  commands: PaymentCommands,
): Payments {
  const { reads, recall } = platform
  return {
    ...commands,
    ...books,
    ...askProvider(provider),
    stream: (paymentId) => stream(payments, paymentId),
    newStream: (paymentId) => newStream(payments, paymentId),
    see: async (tenant, paymentId) => (await see(reads, tenant, stream(payments, paymentId))).state,
    recall: (tenant, paymentId) => recall(tenant, stream(payments, paymentId)),
    present,
    after,
    isGoneBack,
    startRefund: refundParts,
    inbox: (name, delivered, at) => [received(name, delivered, at)],
    settleRefund: (tenant, paymentId, refund, cause, rows) =>
      settleRefund(platform, tenant, paymentId, refund, cause, rows),
    unfinished: (tenant, before, limit) => unfinishedOf(reads, tenant, before, limit),
  }
}

/**
 * The double entry of an order: what it brings in is owed, what is owed is paid, what is paid is kept
 * or goes back to the buyers. An order of nothing moves nothing.
 */
const books: Pick<Payments, 'owe' | 'forgive' | 'book' | 'bookSurplus'> = {
  owe(orderId, { amount, currency }) {
    return move(orderId, { from: revenue(currency), to: owed(orderId, currency), amount })
  },
  forgive(orderId, { amount, currency }) {
    return move(orderId, { from: owed(orderId, currency), to: revenue(currency), amount })
  },
  book(paymentId, orderId, { amount, currency }) {
    // The second source is for an order that nobody owes for any more: its money is never refused.
    const from = [owed(orderId, currency), buyers(currency)]
    return move(paymentId, { from, to: paid(paymentId, currency), amount })
  },
  bookSurplus(paymentId, { amount, currency }) {
    return move(paymentId, { from: buyers(currency), to: paid(paymentId, currency), amount })
  },
}

function move(
  paymentId: string,
  { amount, ...sides }: Pick<Transfer & { verb: 'move' }, 'from' | 'to'> & Pick<Money, 'amount'>,
): readonly Transfer[] {
  const refusal: PaymentRefusal = { code: 'payments.unknown', paymentId }
  return amount === 0 ? [] : [{ verb: 'move', ...sides, amount, refusal }]
}
