/**
 * Orders and payments as their events say, told again in a few lines of its own: what the product
 * makes of the same events is compared with this.
 */
import type { OrderEvent } from '../../server/contexts/orders/contract.ts'
import type { PaymentEvent } from '../../server/contexts/payments/contract.ts'
import type { TenantId } from '../../server/platform/ids.ts'
import type { LoggedEvent } from '../../server/platform/log/subscription.ts'

export interface SeenOrder {
  readonly tenant: TenantId
  readonly id: string
  readonly cartId: string | null
  readonly total: number
  readonly lines: { readonly sku: string; readonly quantity: number; holdId: string }[]
  readonly paymentIds: string[]
  paymentId: string
  status: string
}

export interface SeenPayment {
  readonly tenant: TenantId
  readonly id: string
  readonly orderId: string
  readonly amount: number
  readonly currency: string
  readonly refunds: Map<string, { amount: number; state: 'under way' | 'done' | 'refused' }>
  transactionId: string | undefined
  /** As lists show it. */
  status: string
}

export class Model {
  readonly orders = new Map<string, SeenOrder>()
  readonly payments = new Map<string, SeenPayment>()
  private readonly orderedCarts = new Set<string>()

  /** What is wrong with an event, if something is. */
  hear(entry: LoggedEvent): string | undefined {
    const place = entry.stream.indexOf('/')
    const id = entry.stream.slice(place + 1)
    switch (entry.stream.slice(0, place)) {
      case 'order':
        return this.hearOrder(entry.tenant, id, entry.event as OrderEvent)
      case 'payment':
        return this.hearPayment(entry.tenant, id, entry.event as PaymentEvent)
      default:
        return undefined
    }
  }

  private hearOrder(tenant: TenantId, id: string, event: OrderEvent): string | undefined {
    const order = this.orders.get(id)
    if (event.type === 'order.created') {
      if (order !== undefined) return `order ${id} is created twice`
      const { cartId, total, lines, paymentId } = event
      if (cartId !== null && this.orderedCarts.has(cartId)) return `cart ${cartId} is ordered twice`
      if (cartId !== null) this.orderedCarts.add(cartId)
      const kept = lines.map(({ sku, quantity, holdId }) => ({ sku, quantity, holdId }))
      const made = { tenant, id, cartId, total: total.amount, lines: kept, paymentId }
      this.orders.set(id, { ...made, paymentIds: [paymentId], status: 'created' })
      return undefined
    }
    if (order === undefined) return `${event.type} of order ${id}, which there is not`
    if (order.tenant !== tenant) return `order ${id} is written to by another shop`
    const before = order.status
    const from = MAY_COME_FROM[event.type]
    if (from !== undefined && !from.includes(before))
      return `${event.type} of an order that is ${before}`
    if (event.type === 'order.payment-replaced') {
      order.paymentId = event.paymentId
      order.paymentIds.push(event.paymentId)
    } else
      order.status =
        event.type === 'order.reinstated' ? 'reserved' : event.type.slice('order.'.length)
    return undefined
  }

  private hearPayment(tenant: TenantId, id: string, event: PaymentEvent): string | undefined {
    const payment = this.payments.get(id)
    if (event.type === 'payment.opened') {
      if (payment !== undefined) return `payment ${id} is opened twice`
      const { orderId, amount } = event
      const made = { tenant, id, orderId, amount: amount.amount, currency: amount.currency }
      this.payments.set(id, {
        ...made,
        refunds: new Map(),
        transactionId: undefined,
        status: 'pending',
      })
      return undefined
    }
    if (payment === undefined) return `${event.type} of payment ${id}, which there is not`
    if (payment.tenant !== tenant) return `payment ${id} is written to by another shop`
    switch (event.type) {
      case 'payment.attempted':
        payment.status = 'processing'
        break
      case 'payment.succeeded':
        if (payment.transactionId !== undefined) return `payment ${id} is taken twice`
        payment.transactionId = event.transactionId
        payment.status = 'succeeded'
        break
      case 'payment.declined':
      case 'payment.cancelled':
        if (payment.transactionId !== undefined)
          return `payment ${id} is ${event.type} after it was taken`
        payment.status = event.type.slice('payment.'.length)
        break
      case 'payment.refund-started':
        payment.refunds.set(event.refundId, { amount: event.amount.amount, state: 'under way' })
        break
      case 'payment.refund-refused':
        payment.refunds.set(event.refundId, { amount: event.amount.amount, state: 'refused' })
        break
      case 'payment.refunded':
        if (payment.refunds.get(event.refundId)?.state === 'done')
          return `refund ${event.refundId} is done twice`
        payment.refunds.set(event.refundId, { amount: event.amount.amount, state: 'done' })
        break
      default:
    }
    return undefined
  }
}

const MAY_COME_FROM: Readonly<Partial<Record<OrderEvent['type'], readonly string[]>>> = {
  'order.reserved': ['created'],
  'order.confirmed': ['reserved'],
  'order.fulfilled': ['confirmed'],
  'order.cancelled': ['created', 'reserved', 'confirmed'],
  'order.reinstated': ['cancelled'],
  'order.payment-replaced': ['reserved'],
}
