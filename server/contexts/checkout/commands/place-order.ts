import type { Cart, CartEvent, CartLine } from '#context/cart'
import type { Held, ShopStock } from '#context/inventory'
import type { Order, OrderCreated, OrderEvent } from '#context/orders'
import type { Payment, PaymentEvent } from '#context/payments'
import type { Destination, Market, PricedOffer, PricingRefusal, TaxTerms } from '#context/pricing'
import type { Platform } from '#platform/context'
import type { Cause } from '#platform/http/route'
import type { Id } from '#platform/ids'
import { money, type Money } from '#platform/money'
import { accept, refuse, type Outcome } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'
import type { Decision, StreamOf } from '#platform/write/commit'

import type {
  Checkout,
  CheckoutRefusal,
  Done,
  OrderRequest,
  PlacedOrder,
  OrderSource,
} from '../contract.ts'
import { type Amounts, price, type Priced } from '../domain/order-price.ts'
import { deadlineOf, takesMethod, type Ports } from './ports.ts'

/** The delivery for which nobody comes to the buyer, so it needs no address. */
const COLLECTED = 'pickup'

/** A cart that gets further lines while it is ordered is looked at so often. */
const LOOKS = 5

/** Everything a placement needs besides the state it is decided on. */
interface Placement {
  readonly tenant: Tenant
  readonly userId: Id | null
  readonly request: OrderRequest
  readonly orderId: Id
  readonly paymentId: Id
  /** The SKUs that offers were asked for. */
  readonly skus: readonly string[]
  readonly offers: ReadonlyMap<string, PricedOffer>
  readonly shelves: ShopStock
  /** That of the cart; what is bought without one is sold in the shop's main currency. */
  readonly currency: string
  /** Code of the market whose prices hold, and the one that goods are sent to. */
  readonly market: string | null
  readonly sentTo: Market | null
  readonly taxes: TaxTerms
  /** Delivery methods in that currency and their prices in minor units. */
  readonly delivery: Readonly<Record<string, number>>
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
 * units, no payment without an order, and no cart that can be ordered twice. Everything that may
 * refuse the request is asked within `decide`: a key that was answered once is answered so again,
 * whatever has become of the cart, the shop's settings or its prices.
 */
export function placeOrder(
  { write, ids }: Pick<Platform, 'write' | 'ids'>,
  ports: Ports,
): Checkout['placeOrder'] {
  return async (tenant, userId, request, cause) => {
    const asked = { tenant, userId, request, orderId: ids.next(), paymentId: ids.next() }
    for (let looks = 1; ; looks += 1) {
      const outcome = await place(write, ports, asked, cause)
      const isStale = !outcome.ok && outcome.refusal.code === 'cart.version-stale'
      if (!isStale || looks === LOOKS) return outcome
    }
  }
}

async function place(
  write: Platform['write'],
  ports: Ports,
  asked: Pick<Placement, 'tenant' | 'userId' | 'request' | 'orderId' | 'paymentId'>,
  cause: Cause,
): Promise<Outcome<Done<PlacedOrder>>> {
  const { carts, orders, payments, pricing, stock } = ports
  const { tenant, orderId, paymentId } = asked
  const { source } = asked.request
  const { wanted, currency, market: ofCart } = await lookedUp(ports, tenant, orderId, source)
  const skus = wanted.map(({ sku }) => sku)
  const destination = destinationOf(asked.request)
  const [offers, sentTo, delivery, shelves] = await Promise.all([
    pricing.offers(tenant.id, skus, asked.userId),
    destination && pricing.marketOf(tenant.id, destination.country),
    pricing.delivery(tenant, currency),
    // The warehouses are chosen over all lines together; the holds still decide, under the lock.
    stock.forOrder(tenant.id, wanted),
  ])
  const market = ofCart ?? sentTo?.code ?? null
  const categories = skus.map((sku) => offers.get(sku)?.taxCategory ?? 'standard')
  const taxes = await pricing.taxes(tenant, { destination, categories, market })
  const priced = { offers, currency, market, sentTo, taxes, delivery }
  const placement = { ...asked, ...priced, skus, shelves }
  return write({
    tenant: tenant.id,
    ...cause,
    streams: {
      order: orders.newStream(orderId),
      payment: payments.newStream(paymentId),
      // What is bought without a cart has a cart that nobody ever writes to.
      cart: carts.stream('cartId' in source ? source.cartId : orderId),
    },
    decide: (states, at) => decide(ports, placement, states, at),
  })
}

function decide(
  ports: Ports,
  placement: Placement,
  states: States,
  at: number,
): Outcome<Decision<PlacingStreams, PlacedOrder>> {
  const { carts, orders, pricing } = ports
  const { tenant, request, orderId, skus, offers, shelves, currency } = placement
  const { source } = request
  const lines = linesOf(ports, placement, states.cart, at)
  if (!lines.ok) return lines
  const isNear = nearby(placement, states.cart)
  if (!isNear.ok) return isNear
  const delivery = deliveryOf(placement)
  if (!delivery.ok) return delivery
  const payable = takesMethod(ports.payments, request.paymentMethod)
  if (!payable.ok) return payable
  for (const { sku } of lines.value) {
    // A line came after the cart was looked at; with another look it can be ordered.
    if (!skus.includes(sku)) {
      return refuse({ code: 'cart.version-stale', version: states.cart.version } as const)
    }
    if (offers.get(sku)?.status !== 'active') return refuse({ code: 'cart.sku-unknown', sku })
  }
  const { market, taxes } = placement
  const terms: Priced = { ...request, currency, market, taxes, delivery: delivery.value, at }
  const priced = price(pricing, lines.value, offers, terms)
  if (!priced.ok) return priced

  const created = createdOf(ports, placement, priced.value)
  const opened = openedOf(placement, created)
  const forSeconds = tenant.holdMinutes * 60
  const isDirect = !('cartId' in source)
  const end = isDirect ? undefined : carts.close(states.cart, source.cartId, orderId)
  return accept({
    append: {
      order: [created, { type: 'order.reserved' }],
      payment: [opened],
      cart: end?.events ?? [],
    },
    transfers: [
      ...lines.value.flatMap((line) => shelves.hold({ ...line, isNew: isDirect, forSeconds })),
      ...ports.payments.owe(orderId, created.total),
    ],
    rows: [...orders.remember(orderId, request.contact), ...(end?.rows ?? [])],
    timers: [
      ...(end?.timers ?? []),
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

/** What to ask offers and shelves for: the cart as it is just now, or what is bought directly. */
async function lookedUp(
  { carts, offers }: Ports,
  tenant: Tenant,
  orderId: Id,
  source: OrderSource,
): Promise<{ wanted: readonly Held[]; currency: string; market: string | null }> {
  if ('cartId' in source) {
    const { lines, currency, market } = await carts.recall(tenant.id, source.cartId)
    return { wanted: lines, currency, market }
  }
  const { quantity } = source
  const sku = 'sku' in source ? source.sku : (await offers.skusOf(tenant.id, source.productId))[0]
  const direct = { currency: tenant.currency, market: null }
  if (sku === undefined) return { wanted: [], ...direct }
  const { components = [] } = (await offers.offers(tenant.id, [sku])).get(sku) ?? {}
  const wanted = [{ holdId: `${orderId}/${sku}`, sku, quantity, components }]
  return { wanted, ...direct }
}

/** Where goods are sent; null when the buyer comes for them. */
function destinationOf({ deliveryMethod, contact }: OrderRequest): Destination | null {
  const address = contact.shippingAddress
  if (deliveryMethod === COLLECTED || address === undefined) return null
  return { country: address.country, postalCode: address.postalCode ?? null }
}

/** Prices of one market are not for another: who begins a cart says where it goes. */
function nearby({ request, sentTo }: Placement, { market }: Cart): Outcome<null, PricingRefusal> {
  const destination = destinationOf(request)
  if (destination === null || market === null || sentTo?.code === market) return accept(null)
  return refuse({ code: 'pricing.country-outside', country: destination.country })
}

/** What the wanted delivery costs, in the currency of the order. */
function deliveryOf({ request, currency, delivery }: Placement): Outcome<Money, CheckoutRefusal> {
  const { deliveryMethod: method, contact } = request
  // An own property only: `constructor` is a word of the caller's here, not a method of objects.
  const isKnown = Object.hasOwn(delivery, method)
  const amount = isKnown ? delivery[method] : undefined
  if (amount === undefined) {
    return refuse({ code: 'checkout.delivery-unknown', method, known: Object.keys(delivery) })
  }
  if (method !== COLLECTED && contact.shippingAddress === undefined) {
    return refuse({ code: 'checkout.address-missing', method })
  }
  return accept(money(amount, currency))
}

function linesOf(
  { carts, pricing }: Ports,
  { userId, request: { source }, orderId, skus, offers, currency, market }: Placement,
  cart: Cart,
  at: number,
): Outcome<readonly CartLine[]> {
  if ('cartId' in source) return carts.ready(cart, source.cartId, { userId, at })
  const sku = skus[0] ?? ('sku' in source ? source.sku : source.productId)
  const offer = offers.get(sku)
  const { quantity } = source
  const unitPrice = offer && pricing.quote(offer, { currency, market, quantity, at })?.unitPrice
  if (offer === undefined || unitPrice === undefined) {
    return refuse({ code: 'cart.sku-unknown', sku } as const)
  }
  const holdId = `${orderId}/${sku}`
  const { productId, components } = offer
  const parts = components.length === 0 ? {} : { components }
  return accept([{ sku, productId, quantity, unitPrice, holdId, ...parts, pricedAt: at }])
}

function createdOf(
  { orders }: Ports,
  { userId, request, orderId, paymentId }: Placement,
  amounts: Amounts,
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
