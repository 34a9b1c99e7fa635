import type { Context, Platform } from '#platform/context'
import type { Orders } from '#context/orders'

import { openProvider } from './adapters/open-provider.ts'
import { paymentsForCheckout } from './commands/for-checkout.ts'
import { refundPayment, resumeRefund } from './commands/refund-payment.ts'
import type { PaymentCommands, Payments } from './contract.ts'
import { problems } from './http/problems.ts'
import { paymentRoutes } from './http/routes.ts'
import { summarizePayments } from './projections/summaries.ts'
import { paymentQueries } from './queries/view-payment.ts'

export function openPayments(
  platform: Pick<Platform, 'config' | 'write' | 'reads' | 'ids' | 'secrets'>,
  { orders, providerUrl }: { orders: Orders; providerUrl: string },
): { context: Context; payments: Payments } {
  const provider = openProvider(platform, providerUrl)
  const commands: PaymentCommands = { refund: refundPayment(platform, provider) }
  return {
    context: {
      name: 'payments',
      routes: paymentRoutes(commands, paymentQueries(platform, orders)),
      problems,
      subscriptions: [summarizePayments],
      timers: { 'payments.resume-refund': resumeRefund(platform, provider) },
    },
    payments: paymentsForCheckout(platform, provider, commands),
  }
}
