import type { TenantId } from '#platform/ids'
import { accept, refuse, type Outcome } from '#platform/outcome'
import type { Timer } from '#platform/write/commit'
import type { Carts } from '#context/cart'
import type { Offers } from '#context/catalog'
import type { Stock } from '#context/inventory'
import type { Orders } from '#context/orders'
import type { Payments } from '#context/payments'
import type { Pricing } from '#context/pricing'

import type { CheckoutRefusal } from '../contract.ts'

/** Whose parts checkout puts together. */
export interface Ports {
  readonly carts: Carts
  readonly offers: Offers
  readonly stock: Stock
  readonly orders: Orders
  readonly payments: Payments
  readonly pricing: Pricing
  /** Every shop of the deployment, for work that goes through all of them. */
  readonly tenants: () => Promise<readonly TenantId[]>
}

/** Name of the timer that ends an unpaid order. */
export function deadlineOf(orderId: string): string {
  return `order/${orderId}/deadline`
}

/** Name of the timer that takes up a payment whose process died. */
export function resumptionOf(paymentId: string): string {
  return `payment/${paymentId}/resume`
}

/** A payment whose process died is taken up again so late. */
export const RESUME_SECONDS = 60

/** Takes it up then. */
export function resumption(paymentId: string, inSeconds = RESUME_SECONDS): Timer {
  return {
    set: resumptionOf(paymentId),
    kind: 'checkout.resume-payment',
    inSeconds,
    data: { paymentId },
  }
}

/** A word of the caller's stays in the log for ever, so it must be one of the provider's. */
export function takesMethod(
  { methods: known }: Pick<Payments, 'methods'>,
  method: string,
): Outcome<null, CheckoutRefusal> {
  return known.includes(method)
    ? accept(null)
    : refuse({ code: 'checkout.payment-method-unknown', method, known })
}
