import type { Client, Scenario } from '../support/scenario.ts'

export interface CheckoutOptions {
  /** Bought in turn. */
  readonly skus: readonly string[]
}

const TERMS = {
  email: 'olena@example.com',
  shippingAddress: { name: 'Olena', line1: 'Khreshchatyk 1', city: 'Kyiv', country: 'UA' },
  deliveryMethod: 'post',
  paymentMethod: 'card',
}

/** A guest buys one unit: cart, item, order, pay. */
export const scenario: Scenario<CheckoutOptions> =
  ({ options: { skus } }) =>
  async (client) => {
    const sku = skus[(client.number * 31 + client.turn) % skus.length] ?? ''
    const cart = await client.send('cart', { method: 'POST', path: '/api/v1/carts' })
    if (cart.status !== 201) return failed('cart', cart)
    const cartId = idIn(cart.body)

    const item = await client.send('item', {
      method: 'POST',
      path: `/api/v1/carts/${cartId}/items`,
      body: { sku, quantity: 1 },
    })
    if (item.status !== 201) return failed('item', item)
    return orderAndPay(client, cartId)
  }

/** The second half of a sale: the cart becomes an order, the order is paid. */
export async function orderAndPay(client: Client, cartId: string): Promise<string> {
  const placed = await client.send('order', {
    method: 'POST',
    path: '/api/v1/orders',
    body: { cartId, ...TERMS },
  })
  if (placed.status !== 201) return failed('order', placed)
  const order = JSON.parse(placed.body) as { payment: { id: string }; token: string }

  const paid = await client.send('pay', {
    method: 'POST',
    path: `/api/v1/payments/${order.payment.id}/process`,
    headers: { 'X-Order-Token': order.token },
  })
  return paid.status === 200 && paid.body.includes('"status":"succeeded"')
    ? 'paid'
    : failed('pay', paid)
}

export function idIn(body: string): string {
  return (JSON.parse(body) as { id: string }).id
}

/** `item 409 inventory.not-enough`: a step that was not granted, and why. */
export function failed(step: string, answer: { status: number; body: string }): string {
  const code = /"code":"([^"]+)"/.exec(answer.body)?.[1] ?? ''
  return `${step} ${answer.status} ${code}`
}
