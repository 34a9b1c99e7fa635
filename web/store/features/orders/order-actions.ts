import { redirect, type RouterContextProvider } from 'react-router'

import { apiOf } from '../../lib/api.ts'
import { addToCart } from '../../lib/cart/change.ts'
import { textIn } from '../../lib/form.ts'
import { orderOf, tokenOf, type Order } from '../../lib/orders.ts'
import { pathsOf } from '../../lib/paths-of.ts'
import { visitContext } from '../../visit.ts'
import { ordersTextsOf } from '../../lib/texts/orders.ts'
import { returnsTextsOf } from '../../lib/texts/returns.ts'

type Context = Readonly<RouterContextProvider>

/** What became of a wish; `url` is where the buyer has to go before the money can move. */
export interface Done {
  readonly url?: string | undefined
  readonly problem?: string
}

/** Pays, pays another way, cancels, withdraws a return, or puts the same goods in the cart again. */
export async function actOn(context: Context, order: Order, form: FormData): Promise<Done> {
  switch (form.get('intent')) {
    case 'pay':
      return process(context, order, order.paymentId)
    case 'retry':
      return payAnew(context, order, textIn(form, 'payment'), textIn(form, 'instead-of'))
    case 'cancel':
      return cancel(context, order)
    case 'withdraw':
      return withdraw(context, order, textIn(form, 'return'))
    case 'again':
      return again(context, order)
    default:
      return refused(context, { code: 'request.invalid' })
  }
}

/** Safe to repeat: the provider is asked under a key of the payment, so nothing is charged twice. */
async function process(context: Context, { id }: Order, payment: string): Promise<Done> {
  const { data, error } = await apiOf(context).POST('/api/v1/payments/{id}/process', {
    params: { path: { id: payment }, header: tokenOf(context, id) },
    body: { returnTo: pathsOf(context).order(id) },
  })
  return data === undefined ? refused(context, error) : { url: data.action?.url }
}

/**
 * Instead of a payment that was declined or that nothing is heard of: one of its own for each try,
 * unless it has one already. While the bank may still take the first, there is no other.
 */
async function payAnew(
  context: Context,
  order: Order,
  method: string,
  insteadOf: string,
): Promise<Done> {
  const { data, error } = await apiOf(context).POST('/api/v1/payments', {
    params: { header: tokenOf(context, order.id) },
    body: { orderId: order.id, method },
  })
  if (data !== undefined) return process(context, order, data.id)
  const { code } = error as { code?: string }
  // It was paid the first way after all, as the page says by itself.
  if (code === 'checkout.not-payable') return {}
  const now = await orderOf(context, order.id)
  const isReplaced = now !== undefined && now.paymentId !== insteadOf
  if (code !== 'checkout.payment-open' || !isReplaced) return refused(context, error)
  return process(context, order, now.paymentId)
}

async function cancel(context: Context, { id }: Order): Promise<Done> {
  const { error } = await apiOf(context).POST('/api/v1/orders/{id}/cancel', {
    params: { path: { id }, header: tokenOf(context, id) },
    body: {},
  })
  return error === undefined ? {} : refused(context, error)
}

/** Sent twice it is refused the second time: what was withdrawn stays so. */
async function withdraw(context: Context, { id }: Order, of: string): Promise<Done> {
  const { error } = await apiOf(context).POST('/api/v1/returns/{id}/withdraw', {
    params: { path: { id: of }, header: tokenOf(context, id) },
  })
  if (error === undefined) return {}
  const texts = returnsTextsOf(context.get(visitContext).language)
  return { problem: texts.problem(error as { code: string }) }
}

async function again(context: Context, { lines }: Order): Promise<never> {
  let isMissing = false
  for (const { sku, quantity } of lines) {
    // One after another: each changes the same cart.
    const added = await addToCart(context, sku, quantity)
    isMissing ||= !added.ok
  }
  throw redirect(`${pathsOf(context).cart()}${isMissing ? '?missing' : ''}`, 303)
}

function refused(context: Context, problem: unknown): Done {
  const orders = ordersTextsOf(context.get(visitContext).language)
  return { problem: orders.problem(problem as { code: string }) }
}
