import { accept, refuse, type Outcome } from '#platform/outcome'

import type { Delivered, Payments, Standing } from '../contract.ts'
import { standingOf } from '../domain/standing.ts'
import type { Charged, PaymentProvider, ProviderNews, ProviderRefusal } from '../provider.ts'

type Asked = Pick<
  Payments,
  'methods' | 'providerName' | 'charge' | 'look' | 'close' | 'readDelivery'
>

/**
 * What checkout asks of the provider, in the words of payments. The key of a charge is the payment's
 * id (PAYMENTS-1): whatever is asked, and however often, there is one charge of a payment.
 */
export function askProvider(provider: PaymentProvider): Asked {
  return {
    methods: provider.methods,
    providerName: provider.name,
    charge: async (paymentId, { amount, method }, terms) =>
      standing(
        await provider.charge({ key: paymentId, amount, reference: paymentId, method, ...terms }),
      ),
    async look(paymentId, payment, at) {
      const found = await provider.find(paymentId)
      if (!found.ok) return silence(found.refusal)
      return standingOf(found.value, payment, at, provider.findsAfterSeconds)
    },
    close: async (paymentId, transactionId) =>
      standing(await provider.close({ key: `${paymentId}/close`, transactionId })),
    readDelivery(name, delivery) {
      if (name !== provider.name) {
        return refuse({ code: 'payments.provider-unknown', provider: name } as const)
      }
      const news = provider.readWebhook(delivery)
      return news.ok ? accept(delivered(news.value)) : news
    },
  }
}

function standing(said: Outcome<Charged, ProviderRefusal>): Standing {
  if (!said.ok) {
    const { refusal } = said
    return refusal.code === 'payments.declined'
      ? { is: 'declined', reason: refusal.reason }
      : silence(refusal)
  }
  const { status, transactionId } = said.value
  if (status === 'succeeded') return { is: 'taken', transactionId }
  return { is: 'open', transactionId, url: status === 'action-needed' ? said.value.url : null }
}

function silence(refusal: ProviderRefusal): Standing {
  const retryAfterSeconds = 'retryAfterSeconds' in refusal ? refusal.retryAfterSeconds : 10
  return { is: 'unknown', retryAfterSeconds }
}

function delivered(news: ProviderNews): Delivered {
  const { id } = news
  switch (news.kind) {
    case 'charge.succeeded': {
      const { reference: paymentId, transactionId, amount } = news
      return { id, about: 'charge', paymentId, amount, word: { is: 'taken', transactionId } }
    }
    case 'charge.declined': {
      const { reference: paymentId, reason, amount } = news
      return { id, about: 'charge', paymentId, amount, word: { is: 'declined', reason } }
    }
    case 'refund.succeeded':
    case 'refund.declined': {
      const { reference: paymentId, refundKey, refundTransactionId, amount } = news
      const word =
        news.kind === 'refund.succeeded'
          ? ({ is: 'given-back', transactionId: refundTransactionId } as const)
          : ({ is: 'refused', reason: news.reason } as const)
      const refund = { refundId: refundKey ?? refundTransactionId, amount, word }
      return { id, about: 'refund', paymentId, refund }
    }
    case 'ignored':
      return { id, about: 'nothing' }
  }
}
