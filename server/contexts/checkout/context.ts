import type { Context, Platform } from '#platform/context'
import { inSteps } from '#platform/process'
import type { PaymentBooks } from '#context/payments'

import { accountFor } from './commands/account-for.ts'
import { cancelOrder } from './commands/cancel-order.ts'
import { resumePayment } from './commands/chase-payment.ts'
import { expireOrder } from './commands/expire-order.ts'
import { fulfilOrder } from './commands/fulfil-order.ts'
import { hearDelivery } from './commands/hear-delivery.ts'
import { openPayment } from './commands/open-payment.ts'
import { pay } from './commands/pay.ts'
import { placeOrder } from './commands/place-order.ts'
import type { Ports } from './commands/ports.ts'
import { retryProcess } from './commands/retry-process.ts'
import { setStatus } from './commands/set-status.ts'
import type { AccountFor, Checkout, Processes } from './contract.ts'
import { checkoutSteps } from './domain/steps.ts'
import { problems } from './http/problems.ts'
import { processRoutes } from './http/process-routes.ts'
import { checkoutRoutes } from './http/routes.ts'
import { reconcilePayments } from './jobs/reconcile-payments.ts'
import { listProcesses, type ProcessPorts, viewProcess } from './queries/processes.ts'

export function openCheckout(
  given: Pick<Platform, 'write' | 'reads' | 'ids' | 'clock' | 'log' | 'config'>,
  ports: Ports & ProcessPorts,
): { context: Context; checkout: Checkout } {
  const { payments, orders } = ports
  const definitions = [checkoutSteps]
  const platform = { ...given, write: inSteps(definitions, given.write) }
  const cancel = cancelOrder(platform, ports)
  const fulfil = fulfilOrder(platform, ports)
  const checkout: Checkout = {
    placeOrder: placeOrder(platform, ports),
    pay: pay(platform, ports),
    openPayment: openPayment(platform, ports),
    hear: hearDelivery(platform, ports),
    cancel,
    fulfil,
    setStatus: setStatus(ports, { cancel, fulfil }),
    providerName: payments.providerName,
    token: (tenant, orderId) => orders.token(tenant.id, orderId),
  }
  const view = viewProcess(platform)
  const processes: Processes = {
    list: listProcesses(platform, ports, view),
    view,
    retry: retryProcess(platform, ports),
  }
  return {
    context: {
      name: 'checkout',
      routes: [...checkoutRoutes(checkout, platform.config), ...processRoutes(processes, checkout)],
      problems,
      timers: {
        'checkout.expire-order': expireOrder(platform, ports),
        'checkout.resume-payment': resumePayment(platform, ports),
      },
      jobs: [reconcilePayments(platform, ports)],
      processes: definitions,
    },
    checkout,
  }
}

/** The account of what the provider did in a time that was lost to a restore. */
export function openAccount(
  platform: Pick<Platform, 'write' | 'ids'>,
  ports: Ports,
  books: PaymentBooks,
): AccountFor {
  const write = inSteps([checkoutSteps], platform.write)
  return accountFor({ ...platform, write }, ports, books)
}
