import type { Context, Platform } from '#platform/context'
import { inSteps } from '#platform/process'
import type { Orders } from '#context/orders'

import { openProvider } from './adapters/open-provider.ts'
import { paymentsForCheckout } from './commands/for-checkout.ts'
import { keepBooks } from './commands/keep-books.ts'
import { refundPayment, resumeRefund } from './commands/refund-payment.ts'
import type { PaymentBooks, PaymentCommands, Payments } from './contract.ts'
import { refundSteps } from './domain/refund-steps.ts'
import { problems } from './http/problems.ts'
import { paymentRoutes } from './http/routes.ts'
import { summarizePayments } from './projections/summaries.ts'
import type { PaymentProvider } from './provider.ts'
import { paymentQueries } from './queries/view-payment.ts'

export function openPayments(
  given: Pick<Platform, 'config' | 'write' | 'recall' | 'reads' | 'ids' | 'secrets'>,
  ports: {
    readonly orders: Orders
    readonly providerUrl: string
    /** Instead of the one this deployment was told of, for simulation. */
    readonly provider?: PaymentProvider | undefined
  },
): { context: Context; payments: Payments } {
  const { orders, providerUrl } = ports
  const processes = [refundSteps]
  const platform = { ...given, write: inSteps(processes, given.write) }
  const provider = ports.provider ?? openProvider(platform, providerUrl)
  const commands: PaymentCommands = { refund: refundPayment(platform, provider) }
  return {
    context: {
      name: 'payments',
      routes: paymentRoutes(commands, paymentQueries(platform, orders, provider)),
      problems,
      subscriptions: [summarizePayments],
      timers: { 'payments.resume-refund': resumeRefund(platform, provider) },
      processes,
    },
    payments: paymentsForCheckout(platform, provider, commands),
  }
}

/** The books of the provider this deployment was told of, for the account after a restore. */
export function openProviderBooks(
  platform: Pick<Platform, 'config' | 'secrets'>,
  providerUrl: string,
): PaymentBooks {
  return keepBooks(openProvider(platform, providerUrl))
}
