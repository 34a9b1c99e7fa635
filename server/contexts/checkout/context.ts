import type { Context, Platform } from '#platform/context'

import { cancelOrder, expireOrder } from './commands/cancel-order.ts'
import { openPayment } from './commands/open-payment.ts'
import { pay, resumePayment } from './commands/pay.ts'
import { placeOrder } from './commands/place-order.ts'
import type { Ports } from './commands/ports.ts'
import { setStatus } from './commands/set-status.ts'
import { giveBackLate } from './commands/settle-payment.ts'
import type { Checkout } from './contract.ts'
import { problems } from './http/problems.ts'
import { checkoutRoutes } from './http/routes.ts'

export function openCheckout(
  platform: Pick<Platform, 'write' | 'ids'>,
  ports: Ports,
): { context: Context; checkout: Checkout } {
  const cancel = cancelOrder(platform, ports)
  const checkout: Checkout = {
    placeOrder: placeOrder(platform, ports),
    pay: pay(platform, ports),
    openPayment: openPayment(platform, ports),
    cancel,
    setStatus: setStatus(ports, cancel),
    token: (tenant, orderId) => ports.orders.token(tenant.id, orderId),
  }
  return {
    context: {
      name: 'checkout',
      routes: checkoutRoutes(checkout),
      problems,
      timers: {
        'checkout.expire-order': expireOrder(platform, ports),
        'checkout.resume-payment': resumePayment(platform, ports),
        'checkout.give-back': giveBackLate(platform, ports),
      },
    },
    checkout,
  }
}
