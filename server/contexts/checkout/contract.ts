/**
 * Checkout: from a cart to a paid order. It owns no data; it puts the parts that cart, inventory,
 * orders and payments offer into commits that happen whole or not at all.
 *
 * Everything outside this folder may import this file, and only this file.
 */
import type { Cause } from '#platform/http/route'
import type { Id } from '#platform/ids'
import type { Money } from '#platform/money'
import type { Outcome } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'
import type { Asker, Contact, OrderView } from '#context/orders'
import type { PaymentStatus, PaymentView } from '#context/payments'

export type CheckoutRefusal =
  | {
      readonly code: 'pricing.changed'
      readonly total: Money
      readonly expected: Money | null
    }
  | {
      readonly code: 'checkout.delivery-unknown'
      readonly method: string
      readonly known: readonly string[]
    }
  | {
      readonly code: 'checkout.payment-method-unknown'
      readonly method: string
      readonly known: readonly string[]
    }
  | { readonly code: 'checkout.address-missing'; readonly method: string }
  | { readonly code: 'checkout.currency-wrong'; readonly expected: string; readonly given: string }
  | { readonly code: 'checkout.not-payable'; readonly status: string }
  | { readonly code: 'checkout.payment-under-way'; readonly paymentId: Id }
  | { readonly code: 'checkout.payment-open'; readonly paymentId: Id }
  | { readonly code: 'checkout.sold-out'; readonly orderId: Id }

/** What is bought: a cart, or so many of one product (ruling 9, ORD-06). */
export type OrderSource =
  | { readonly cartId: Id }
  | { readonly productId: Id; readonly quantity: number }
  | { readonly sku: string; readonly quantity: number }

export interface OrderRequest {
  readonly source: OrderSource
  readonly contact: Contact
  readonly deliveryMethod: string
  readonly paymentMethod: string
  /** Only a guard: another total is refused, and a total it names is agreed to. */
  readonly expectedTotal?: Money
  readonly language: string
}

export interface PlacedOrder extends OrderView {
  readonly payment: { readonly id: Id; readonly status: PaymentStatus }
}

export interface Done<T> {
  readonly answer: T
  readonly replayed: boolean
}

export interface Checkout {
  /** The order, its payment and the end of the cart in one commit; the units stay held until the payment is due. */
  placeOrder(
    tenant: Tenant,
    userId: Id | null,
    request: OrderRequest,
    cause: Cause,
  ): Promise<Outcome<Done<PlacedOrder>>>
  /** Asks the provider and books its answer; paid, confirmed and sold in one commit. */
  pay(
    tenant: Tenant,
    paymentId: Id,
    asker: Asker,
    cause: Cause,
  ): Promise<Outcome<Done<PaymentView>>>
  /** Another payment for an order whose last one came to nothing. */
  openPayment(
    tenant: Tenant,
    request: { readonly orderId: Id; readonly method: string },
    asker: Asker,
    cause: Cause,
  ): Promise<Outcome<Done<PaymentView>>>
  /** Ends an order that is not paid; its units are free again. */
  cancel(tenant: Tenant, orderId: Id, asker: Asker, cause: Cause): Promise<Outcome<Done<OrderView>>>
  /** Staff move an order on: hand it over, or cancel it. */
  setStatus(
    tenant: Tenant,
    orderId: Id,
    status: OrderView['status'],
    asker: Asker,
    cause: Cause,
  ): Promise<Outcome<Done<OrderView>>>
  /** A guest's key to the order and its payment. */
  token(tenant: Tenant, orderId: Id): string
}
