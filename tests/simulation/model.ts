/**
 * Orders and payments as their events say, told again in a few lines of its own: what the product
 * makes of the same events is compared with this.
 */
import type { CartEvent, CartLine } from '../../server/contexts/cart/contract.ts'
import type { OrderEvent } from '../../server/contexts/orders/contract.ts'
import type { PaymentEvent } from '../../server/contexts/payments/contract.ts'
import type { TenantId } from '../../server/platform/ids.ts'
import type { LoggedEvent } from '../../server/platform/log/subscription.ts'

export interface SeenOrder {
  readonly tenant: TenantId
  readonly id: string
  readonly cartId: string | null
  readonly total: number
  readonly lines: (SeenLine & { readonly sku: string; readonly quantity: number })[]
  readonly paymentIds: string[]
  paymentId: string
  status: string
}

/** A line of a cart or an order. */
export interface SeenLine {
  readonly tenant: TenantId
  readonly holdId: string
  readonly isBundle: boolean
  /** What is held for it, by the name of each hold. */
  readonly parts: ReadonlyMap<string, { readonly sku: string; readonly quantity: number }>
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
  /** The lines of carts, by shop and hold, until they are removed. */
  readonly lines = new Map<string, SeenLine>()
  private readonly orderedCarts = new Set<string>()

  /** What is wrong with an event, if something is. */
  hear(entry: LoggedEvent): string | undefined {
    const place = entry.stream.indexOf('/')
    const id = entry.stream.slice(place + 1)
    switch (entry.stream.slice(0, place)) {
      case 'cart':
        return this.hearCart(entry.tenant, id, entry.event as CartEvent)
      case 'order':
        return this.hearOrder(entry.tenant, id, entry.event as OrderEvent)
      case 'payment':
        return this.hearPayment(entry.tenant, id, entry.event as PaymentEvent)
      default:
        return undefined
    }
  }

  private hearCart(tenant: TenantId, id: string, event: CartEvent): undefined {
    if (event.type === 'cart.line-set') {
      const line = lineOf(tenant, event)
      this.lines.set(`${tenant} ${line.holdId}`, line)
    }
    if (event.type === 'cart.line-removed') this.lines.delete(`${tenant} ${id}/${event.sku}`)
  }

  private hearOrder(tenant: TenantId, id: string, event: OrderEvent): string | undefined {
    const order = this.orders.get(id)
    if (event.type === 'order.created') {
      if (order !== undefined) return `order ${id} is created twice`
      const { cartId, total, lines, paymentId } = event
      if (cartId !== null && this.orderedCarts.has(cartId)) return `cart ${cartId} is ordered twice`
      if (cartId !== null) this.orderedCarts.add(cartId)
      const kept = lines.map((line) => ({
        ...lineOf(tenant, line),
        sku: line.sku,
        quantity: line.quantity,
      }))
      for (const line of kept) {
        const inCart = this.lines.get(`${tenant} ${line.holdId}`)
        if (cartId !== null && wordsOf(inCart) !== wordsOf(line)) {
          return `order ${id} is of ${wordsOf(line)}, its cart had ${wordsOf(inCart)}`
        }
        this.lines.set(`${tenant} ${line.holdId}`, line)
      }
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

/** A SKU that is no bundle is under one hold; of a bundle each component is under one. */
function lineOf(
  tenant: TenantId,
  {
    holdId,
    sku,
    quantity,
    components = [],
  }: Pick<CartLine, 'holdId' | 'sku' | 'quantity' | 'components'>,
): SeenLine {
  const parts = components.map(
    (part) =>
      [`${holdId}/${part.sku}`, { sku: part.sku, quantity: part.quantity * quantity }] as const,
  )
  const isBundle = parts.length > 0
  return {
    tenant,
    holdId,
    isBundle,
    parts: new Map(isBundle ? parts : [[holdId, { sku, quantity }]]),
  }
}

function wordsOf(line: SeenLine | undefined): string {
  return JSON.stringify([...(line?.parts ?? [])])
}

const MAY_COME_FROM: Readonly<Partial<Record<OrderEvent['type'], readonly string[]>>> = {
  'order.reserved': ['created'],
  'order.confirmed': ['reserved'],
  'order.fulfilled': ['confirmed'],
  'order.cancelled': ['created', 'reserved', 'confirmed'],
  'order.reinstated': ['cancelled'],
  'order.payment-replaced': ['reserved'],
}
