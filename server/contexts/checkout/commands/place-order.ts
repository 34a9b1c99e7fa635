import type { Platform } from '#platform/context'
import type { Id, TenantId } from '#platform/ids'
import { money } from '#platform/money'
import { accept, refuse, type Outcome } from '#platform/outcome'
import type { Streams } from '#platform/write/commit'
import type { Cart, CartLine } from '#context/cart'
import type { Order, OrderEvent } from '#context/orders'
import type { Payment, PaymentEvent } from '#context/payments'

import type { Checkout, CheckoutRefusal, OrderRequest, PlacedOrder, Purchase } from '../contract.ts'
import { price, type Amounts } from '../domain/purchase.ts'
import { deadlineOf, type Ports } from './ports.ts'

/**
 * The order, its payment and the end of the cart are one commit, so there is no order without held
 * units, no payment without an order, and no cart that can be ordered twice.
 */
export function placeOrder(
  platform: Pick<Platform, 'write' | 'ids'>,
  ports: Ports,
): Checkout['placeOrder'] {
  const { write, ids } = platform
  const { carts, offers, stock, orders, payments, pricing } = ports

  return async (tenant, userId, request, cause) => {
    const deliveryPrice = tenant.delivery[request.deliveryMethod]
    if (deliveryPrice === undefined) {
      const known = Object.keys(tenant.delivery)
      return refused({ code: 'checkout.delivery-unknown', method: request.deliveryMethod, known })
    }
    const [orderId, paymentId] = [ids.next(), ids.next()]
    const skus = await skusOf(ports, tenant.id, request.purchase)
    const [known, shelves] = await Promise.all([offers.offers(tenant.id, skus), stock.of(tenant.id)])
    const { currency } = tenant
    const terms = { ...request, currency, delivery: money(deliveryPrice, currency) }

    return write<Streams, PlacedOrder>({
      tenant: tenant.id,
      ...cause,
      streams: {
        order: orders.newStream(orderId),
        payment: payments.newStream(paymentId),
        ...('cartId' in request.purchase ? { cart: carts.stream(request.purchase.cartId) } : {}),
      },
      decide(states, at) {
        const lines = linesOf(ports, request.purchase, states['cart'] as Cart, orderId, skus, known, at)
        if (!lines.ok) return lines
        for (const { sku } of lines.value) {
          if (known.get(sku)?.status !== 'active') return refuse({ code: 'cart.sku-unknown', sku })
        }
        const priced = price(pricing, lines.value, known, terms)
        if (!priced.ok) return priced

        const events = eventsOf(ports, orderId, paymentId, userId, request, priced.value)
        const forSeconds = tenant.holdMinutes * 60
        return accept({
          append: {
            order: events.order,
            payment: events.payment,
            ...('cart' in states ? { cart: [carts.close(orderId)] } : {}),
          },
          transfers: lines.value.map(({ holdId: id, sku, quantity }) =>
            shelves.hold({ id, sku, quantity, forSeconds }),
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
          answer: ({ at: placedAt }) => ({
            ...orders.present(orderId, {
              ...(states['order'] as Order),
              ...events.created,
              status: 'reserved',
              createdAt: placedAt,
              changedAt: placedAt,
            }),
            payment: {
              id: paymentId,
              status: payments.after(states['payment'] as Payment, events.payment, placedAt)
                .status as PlacedOrder['payment']['status'],
            },
          }),
        })
      },
    })
  }
}

/** The SKUs to ask offers for: those of the cart as it is just now, or the one that is bought directly. */
async function skusOf(
  { carts, offers }: Ports,
  tenant: TenantId,
  purchase: Purchase,
): Promise<readonly string[]> {
  if ('sku' in purchase) return [purchase.sku]
  if ('productId' in purchase) return (await offers.skusOf(tenant, purchase.productId)).slice(0, 1)
  return (await carts.see(tenant, purchase.cartId)).lines.map(({ sku }) => sku)
}

function linesOf(
  { carts }: Ports,
  purchase: Purchase,
  cart: Cart,
  orderId: Id,
  skus: readonly string[],
  known: ReadonlyMap<string, { productId: Id; price: CartLine['unitPrice'] }>,
  at: number,
): Outcome<readonly CartLine[]> {
  if ('cartId' in purchase) return carts.ready(cart, purchase.cartId, at)
  const sku = skus[0] ?? ('sku' in purchase ? purchase.sku : purchase.productId)
  const offer = known.get(sku)
  if (offer === undefined) {
    const unknown = { code: 'cart.sku-unknown', sku } as const
    return refuse(unknown)
  }
  const { productId, price: unitPrice } = offer
  const { quantity } = purchase
  return accept([{ sku, productId, quantity, unitPrice, holdId: `${orderId}/${sku}` }])
}

function eventsOf(
  { orders }: Ports,
  orderId: Id,
  paymentId: Id,
  userId: Id | null,
  { purchase, deliveryMethod, paymentMethod }: OrderRequest,
  amounts: Amounts,
): { created: OrderEvent & { type: 'order.created' }; order: OrderEvent[]; payment: PaymentEvent[] } {
  const created = {
    type: 'order.created',
    number: orders.number(orderId),
    userId,
    cartId: 'cartId' in purchase ? purchase.cartId : null,
    ...amounts,
    deliveryMethod,
    paymentMethod,
    paymentId,
  } as const
  const amount = amounts.total
  return {
    created,
    order: [created, { type: 'order.reserved' }],
    payment: [{ type: 'payment.opened', orderId, userId, amount, method: paymentMethod }],
  }
}

function refused(refusal: CheckoutRefusal) {
  return refuse(refusal)
}
