import type { Context, Platform } from '#platform/context'
import type { Orders } from '#context/orders'

import { httpProvider } from './adapters/http-provider.ts'
import { refundPayment, resumeRefund } from './commands/refund-payment.ts'
import { paymentsForCheckout } from './commands/settle.ts'
import type { PaymentCommands, Payments } from './contract.ts'
import { problems } from './http/problems.ts'
import { paymentRoutes } from './http/routes.ts'
import { summarizePayments } from './projections/summaries.ts'
import { paymentQueries } from './queries/view-payment.ts'

export function openPayments(
  platform: Pick<Platform, 'write' | 'reads' | 'ids'>,
  { orders, providerUrl }: { orders: Orders; providerUrl: string },
): { context: Context; payments: Payments } {
  const provider = httpProvider({ url: providerUrl })
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
