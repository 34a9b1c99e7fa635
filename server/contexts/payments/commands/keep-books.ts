import type { PaymentBooks } from '../contract.ts'
import type { PaymentProvider, ProviderBooks } from '../provider.ts'

/** What is asked of the provider's books, and what is done about charges that nobody here knows. */
export function keepBooks(provider: PaymentProvider & ProviderBooks): PaymentBooks {
  return {
    charges: (since, after) => provider.chargesSince(since, after),
    refunds: (since, after) => provider.refundsSince(since, after),
    async giveBack({ transactionId, reference, amount, refunded }) {
      const left = { amount: amount.amount - refunded.amount, currency: amount.currency }
      // A key of the charge alone: however often the account is made, it is given back once.
      const key = `restore/${transactionId}`
      return provider.refund({ key, transactionId, reference, amount: left })
    },
    close: async ({ transactionId, reference }) =>
      provider.close({ key: `${reference}/close`, transactionId }),
  }
}
