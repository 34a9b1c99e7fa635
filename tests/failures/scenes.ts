/** How each step of a checkout and of a refund comes about. */
import assert from 'node:assert/strict'

import { bodyOf, chargeAtProvider } from '../journeys/deliveries.ts'
import { A, eventually, good, type Json, TERMS } from '../journeys/journey.ts'
import type { Scene, Sending, Side } from './side.ts'

type Scenes = Readonly<Record<string, (side: Side) => Promise<Scene>>>

const idsOf = (order: Json): string[] => [order.id, order.paymentId]

/** An order that the clock has cancelled. */
async function expired(side: Side): Promise<Json> {
  const order = await side.anOrder()
  await side.hurry([order.id])
  await comesTo(side, order, 'cancelled')
  return order
}

async function comesTo(side: Side, order: Json, status: string): Promise<void> {
  await eventually(
    async () => good(await side.journey.get(`${A}/orders/${order.id}`, side.asStaff)).status,
    (seen) => seen === status,
  )
}

/** News of money that the provider took without being asked by us. */
async function news(side: Side, order: Json): Promise<Scene['send']> {
  const chargeId = await chargeAtProvider(side.journey, order.paymentId, order.total)
  const { paymentId: reference, total: amount } = order
  return side.delivery(bodyOf({ type: 'charge.succeeded', reference, chargeId, amount }))
}

/** The buyer has paid at the provider's page, and nobody was told of it. */
async function takenInSilence(side: Side, order: Json, send: Sending): Promise<void> {
  const { action } = good(await side.once(send))
  const body = new URLSearchParams({ decision: 'approve' })
  const { status } = await fetch(action.url, { method: 'POST', body, redirect: 'manual' })
  assert(status < 400, `the page says ${status} for ${order.id}`)
}

const ring = (side: Side, ids: readonly string[], kind: string) => () => side.hurry(ids, kind)

const EXPIRE = 'checkout.expire-order'

export const CHECKOUT: Scenes = {
  async placed(side) {
    const cartId = await side.journey.aCart(await side.aSku(), 1, { in: side.name })
    const send = side.sending(side.guest, 'POST', '/orders', { cartId, ...TERMS }, { status: 201 })
    return { send, ids: [] }
  },
  async 'bought-directly'(side) {
    const body = { sku: await side.aSku(), quantity: 1, ...TERMS }
    return { send: side.sending(side.guest, 'POST', '/orders', body, { status: 201 }), ids: [] }
  },
  async attempted(side) {
    const order = await side.anOrder()
    return { send: side.paying(order), ids: [order.paymentId] }
  },
  async 'sent-to-buyer'(side) {
    const order = await side.anOrder('card-redirect')
    return { send: side.paying(order), ids: [order.paymentId] }
  },
  async paid(side) {
    const order = await side.anOrder()
    return { send: side.paying(order), ids: [order.paymentId] }
  },
  async declined(side) {
    const order = await side.anOrder('card-declined')
    return { send: side.paying(order), ids: [order.paymentId] }
  },
  async 'payment-replaced'(side) {
    const order = await side.paid('card-declined')
    const body = { orderId: order.id, method: 'card' }
    const headers = { 'x-order-token': order.token }
    return {
      send: side.sending(side.guest, 'POST', '/payments', body, { headers, status: 201 }),
      ids: idsOf(order),
    }
  },
  async 'paid-late'(side) {
    const order = await expired(side)
    return { send: (await news(side, order))!, ids: idsOf(order) }
  },
  async 'sold-out'(side) {
    const order = await side.anOrder('card-redirect')
    const send = side.paying(order, { status: 409 })
    await takenInSilence(side, order, send)
    // As if the machine had slept: the hold has lapsed, and another buyer came first.
    await side.shop.query(
      `update platform.holds set until = now() - interval '1 s' where unit = $1`,
      [order.sku],
    )
    await side.anOrder('card', order.sku)
    const alone = ring(side, [order.paymentId], 'checkout.resume-payment')
    return { send, alone, ids: idsOf(order) }
  },
  async 'given-back'(side) {
    const order = await side.anOrder()
    const cancel = `${A}/orders/${order.id}/cancel`
    good(await side.journey.post(cancel, undefined, side.asStaff))
    return { send: (await news(side, order))!, ids: idsOf(order) }
  },
  async cancelled(side) {
    const order = await side.anOrder()
    const headers = { 'x-order-token': order.token }
    const send = side.sending(side.guest, 'POST', `/orders/${order.id}/cancel`, undefined, {
      headers,
    })
    return { send, alone: ring(side, [order.id], EXPIRE), ids: idsOf(order) }
  },
  /** The buyer is at the provider's page, where the charge is closed before the order ends. */
  async 'cancelled-unpaid'(side) {
    const order = await side.paid('card-redirect')
    const headers = { 'x-order-token': order.token }
    const send = side.sending(side.guest, 'POST', `/orders/${order.id}/cancel`, undefined, {
      headers,
    })
    return { send, alone: ring(side, [order.id], EXPIRE), ids: idsOf(order) }
  },
  async 'cancelled-paid'(side) {
    const order = await side.paid()
    const send = side.sending(side.staff, 'POST', `/orders/${order.id}/cancel`)
    return { send, ids: idsOf(order) }
  },
  async fulfilled(side) {
    const order = await side.paid()
    const body = { status: 'fulfilled' }
    return {
      send: side.sending(side.staff, 'PATCH', `/orders/${order.id}/status`, body),
      ids: idsOf(order),
    }
  },
}

async function refunding(side: Side, status = 200): Promise<Scene> {
  const order = await side.paid()
  const amount = { amount: 100, currency: order.total.currency }
  const body = { amount, reason: 'scratched' }
  const path = `/payments/${order.paymentId}/refund`
  const send = side.sending(side.staff, 'POST', path, body, { status })
  return { send, ids: [order.paymentId], stream: `payment/${order.paymentId}` }
}

export const REFUND: Scenes = {
  begun: (side) => refunding(side),
  'given-back': (side) => refunding(side),
  async refused(side) {
    // For good: the same question hears the same.
    await side.shop.setFaults({ refusesRefunds: 1, webhooks: { lost: 1 } })
    return refunding(side, 402)
  },
}
