import type { Platform } from '#platform/context'
import { see } from '#platform/log/streams'
import { newStream, stream } from '#platform/write/commit'

import { buyers, paid } from '../accounts.ts'
import type { PaymentCommands, PaymentProvider, PaymentRefusal, Payments } from '../contract.ts'
import { after, payments, present } from '../domain/payment.ts'

/** The parts of checkout's commits that concern payments. */
export function paymentsForCheckout(
  { reads }: Pick<Platform, 'reads'>,
  provider: PaymentProvider,
  commands: PaymentCommands,
): Payments {
  return {
    ...commands,
    provider,
    stream: (paymentId) => stream(payments, paymentId),
    newStream: (paymentId) => newStream(payments, paymentId),
    see: async (tenant, paymentId) => (await see(reads, tenant, stream(payments, paymentId))).state,
    present,
    after,
    book(paymentId, amount) {
      const { currency } = amount
      const refusal: PaymentRefusal = { code: 'payments.unknown', paymentId }
      return {
        verb: 'move',
        from: buyers(currency),
        to: paid(paymentId, currency),
        amount: amount.amount,
        refusal,
      }
    },
  }
}
