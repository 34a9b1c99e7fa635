import type { Cart, CartEvent, CartLine } from '#context/cart'
import type { Offer } from '#context/catalog'
import type { ShopStock } from '#context/inventory'
import type { Order, OrderCreated, OrderEvent } from '#context/orders'
import type { Payment, PaymentEvent } from '#context/payments'
import type { Platform } from '#platform/context'
import type { Id, TenantId } from '#platform/ids'
import { money } from '#platform/money'
import { accept, refuse, type Outcome } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'
import type { Decision, StreamOf } from '#platform/write/commit'

import type {
  Checkout,
  CheckoutRefusal,
  OrderRequest,
  PlacedOrder,
  OrderSource,
} from '../contract.ts'
import { price, type Priced } from '../domain/order-price.ts'
import { deadlineOf, takesMethod, type Ports } from './ports.ts'

/** The delivery for which nobody comes to the buyer, so it needs no address. */
const COLLECTED = 'pickup'

/** Everything a placement needs besides the state it is decided on. */
interface Placement {
  readonly tenant: Tenant
  readonly userId: Id | null
  readonly request: OrderRequest
  readonly orderId: Id
  readonly paymentId: Id
  /** The SKUs that offers were asked for. */
  readonly skus: readonly string[]
  readonly offers: ReadonlyMap<string, Offer>
  readonly shelves: ShopStock
  readonly terms: Priced
}

interface States {
  readonly order: Order
  readonly payment: Payment
  readonly cart: Cart
}

type PlacingStreams = {
  readonly order: StreamOf<Order, OrderEvent>
  readonly payment: StreamOf<Payment, PaymentEvent>
  readonly cart: StreamOf<Cart, CartEvent>
}

/**
 * The order, its payment and the end of the cart are one commit, so there is no order without held
 * units, no payment without an order, and no cart that can be ordered twice.
 */
export function placeOrder(
  { write, ids }: Pick<Platform, 'write' | 'ids'>,
  ports: Ports,
): Checkout['placeOrder'] {
  const { carts, orders, payments, stock } = ports
  return async (tenant, userId, request, cause) => {
    const { deliveryMethod: method, source } = request
    // An own property only: `constructor` is a word of the caller's here, not a method of objects.
    const isKnown = Object.hasOwn(tenant.delivery, method)
    const deliveryPrice = isKnown ? tenant.delivery[method] : undefined
    if (deliveryPrice === undefined) {
      const known = Object.keys(tenant.delivery)
      const refusal: CheckoutRefusal = { code: 'checkout.delivery-unknown', method, known }
      return refuse(refusal)
    }
    if (method !== COLLECTED && request.contact.shippingAddress === undefined) {
      return refuse({ code: 'checkout.address-missing', method } as const)
    }
    const payable = takesMethod(payments, request.paymentMethod)
    if (!payable.ok) return payable
    const [orderId, paymentId] = [ids.next(), ids.next()]
    const skus = await skusOf(ports, tenant.id, source)
    const [offers, shelves] = await Promise.all([
      ports.offers.offers(tenant.id, skus),
      stock.of(tenant.id),
    ])
    const { currency } = tenant
    const terms = { ...request, currency, delivery: money(deliveryPrice, currency) }
    const ordered = { tenant, userId, request, orderId, paymentId, skus, offers, shelves, terms }

    return write({
      tenant: tenant.id,
      ...cause,
      streams: {
        order: orders.newStream(orderId),
        payment: payments.newStream(paymentId),
        // What is bought without a cart has a cart that nobody ever writes to.
        cart: carts.stream('cartId' in source ? source.cartId : orderId),
      },
      decide: (states, at) => decide(ports, ordered, states, at),
    })
  }
}

function decide(
  ports: Ports,
  placement: Placement,
  states: States,
  at: number,
): Outcome<Decision<PlacingStreams, PlacedOrder>> {
  const { carts, orders, pricing } = ports
  const { tenant, request, orderId, skus, offers, shelves, terms } = placement
  const lines = linesOf(ports, placement, states.cart, at)
  if (!lines.ok) return lines
  for (const { sku } of lines.value) {
    // Somebody changed the cart after it was looked at; with another look it can be ordered.
    if (!skus.includes(sku)) {
      return refuse({ code: 'cart.version-stale', version: states.cart.version } as const)
    }
    if (offers.get(sku)?.status !== 'active') return refuse({ code: 'cart.sku-unknown', sku })
  }
  const priced = price(pricing, lines.value, offers, terms)
  if (!priced.ok) return priced

  const created = createdOf(ports, placement, priced.value)
  const opened = openedOf(placement, created)
  const forSeconds = tenant.holdMinutes * 60
  return accept({
    append: {
      order: [created, { type: 'order.reserved' }],
      payment: [opened],
      cart: 'cartId' in request.source ? [carts.close(orderId)] : [],
    },
    transfers: lines.value.map(({ holdId: id, sku, quantity }) =>
      shelves.hold({ id, isNew: !('cartId' in request.source), sku, quantity, forSeconds }),
    ),
    rows: orders.remember(orderId, request.contact),
    timers: [
      {
        set: deadlineOf(orderId),
        kind: 'checkout.expire-order',
        inSeconds: forSeconds,
        data: { orderId },
      },
    ],
    answer: ({ at: placedAt }) => answerOf(ports, placement, states, created, placedAt),
  })
}

/** The SKUs to ask offers for: those of the cart as it is just now, or the one that is bought directly. */
async function skusOf(
  { carts, offers }: Ports,
  tenant: TenantId,
  source: OrderSource,
): Promise<readonly string[]> {
  if ('sku' in source) return [source.sku]
  if ('productId' in source) return (await offers.skusOf(tenant, source.productId)).slice(0, 1)
  return (await carts.see(tenant, source.cartId)).lines.map(({ sku }) => sku)
}

function linesOf(
  { carts }: Ports,
  { request: { source }, orderId, skus, offers }: Placement,
  cart: Cart,
  at: number,
): Outcome<readonly CartLine[]> {
  if ('cartId' in source) return carts.ready(cart, source.cartId, at)
  const sku = skus[0] ?? ('sku' in source ? source.sku : source.productId)
  const offer = offers.get(sku)
  if (offer === undefined) return refuse({ code: 'cart.sku-unknown', sku } as const)
  const { productId, price: unitPrice } = offer
  const { quantity } = source
  return accept([{ sku, productId, quantity, unitPrice, holdId: `${orderId}/${sku}` }])
}

function createdOf(
  { orders }: Ports,
  { userId, request, orderId, paymentId }: Placement,
  amounts: Pick<OrderCreated, 'lines' | 'items' | 'discount' | 'tax' | 'delivery' | 'total'>,
): OrderCreated {
  const { source, deliveryMethod, paymentMethod } = request
  return {
    type: 'order.created',
    number: orders.number(orderId),
    userId,
    cartId: 'cartId' in source ? source.cartId : null,
    ...amounts,
    deliveryMethod,
    paymentMethod,
    paymentId,
  }
}

function openedOf({ orderId, userId, request }: Placement, { total }: OrderCreated): PaymentEvent {
  return { type: 'payment.opened', orderId, userId, amount: total, method: request.paymentMethod }
}

function answerOf(
  { orders, payments }: Ports,
  placement: Placement,
  { order, payment }: States,
  created: OrderCreated,
  at: number,
): PlacedOrder {
  const placed: Order = { ...order, ...created, status: 'reserved', createdAt: at, changedAt: at }
  const opened = payments.after(payment, [openedOf(placement, created)], at)
  const { id, status } = payments.present(placement.paymentId, opened)
  return { ...orders.present(placement.orderId, placed), payment: { id, status } }
}
