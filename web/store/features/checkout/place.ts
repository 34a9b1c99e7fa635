import { redirect, type RouterContextProvider } from 'react-router'

import type { CheckoutDraft } from '../../../../server/pages/contract.ts'
import { pathsOf } from '../../lib/paths-of.ts'
import { apiOf } from '../../lib/api.ts'
import { cartOf } from '../../lib/cart/cart-of.ts'
import { textIn } from '../../lib/form.ts'
import type { Money } from '../../lib/format.ts'
import { visitContext } from '../../visit.ts'
import { COLLECTED, draftOf, stepOf } from './draft.ts'
import { checkoutTextsOf } from '../../lib/texts/checkout.ts'

type Context = Readonly<RouterContextProvider>

/** Why nothing was ordered, and the new total if that is why. */
export interface NotPlaced {
  readonly message: string
  readonly code: string
  readonly total?: Money
  /** What the buyer had agreed to. */
  readonly was?: Money
}

/** The key of the order that is being written: made before anything is sent, the same until it is placed. */
export function keyOf(context: Context): string {
  const { session } = context.get(visitContext)
  const { checkout = {} } = session.read()
  if (checkout.key !== undefined) return checkout.key
  const key = crypto.randomUUID()
  session.write({ ...session.read(), checkout: { ...checkout, key } })
  return key
}

/** How many totals are kept: a price that moves more often is asked about anew. */
const MOST_ASKED = 3

/** Keeps what the buyer is asked to agree to, so that the very same request can be sent again. */
export function keepAsked(context: Context, { amount, currency }: Money): void {
  const { session } = context.get(visitContext)
  const { checkout = {} } = session.read()
  const { asked = [] } = checkout
  const others = asked.filter((each) => each.amount !== amount || each.currency !== currency)
  const all = [...others, { amount, currency }].slice(-MOST_ASKED)
  session.write({ ...session.read(), checkout: { ...checkout, asked: all } })
}

/**
 * The order of who went before the answer came (a reload, a lost net): its cart is ordered, but this
 * browser was never told. The same request under the same key is answered as the first one was; where
 * the cart is not ordered nothing is asked, so that nothing is ordered by a look.
 */
export async function foundAgain(context: Context): Promise<string | undefined> {
  const { session } = context.get(visitContext)
  const { cartId, checkout: { key, asked = [] } = {} } = session.read()
  if (cartId === undefined || key === undefined) return undefined
  const api = apiOf(context)
  const { data: cart } = await api.GET('/api/v1/carts/{id}', { params: { path: { id: cartId } } })
  if (typeof cart?.orderId !== 'string') return undefined
  for (const expectedTotal of asked.toReversed()) {
    const { data } = await api.POST('/api/v1/orders', {
      params: { header: { 'Idempotency-Key': key } },
      body: { cartId, ...termsOf(draftOf(context)), expectedTotal },
    })
    if (data?.id === cart.orderId) return remember(context, key, data)
  }
  return undefined
}

/** From now on this browser opens the order, and its cart and what was typed are over. */
function remember(
  context: Context,
  key: string,
  { id, token }: { readonly id: string; readonly token: string },
): string {
  const { session } = context.get(visitContext)
  const { cartId: _, checkout: __, orderTokens = {}, ...rest } = session.read()
  session.write({
    ...rest,
    orderTokens: { ...orderTokens, [id]: token },
    placed: { key, orderId: id },
  })
  return id
}

/**
 * Places the order once, whatever comes twice: a repeat that overlaps has the same key and the same body,
 * one that comes later is known by its key, and a cart that another tab has ordered names its order.
 * Paying comes after: by then the browser has the key to the order.
 */
export async function place(context: Context, form: FormData): Promise<NotPlaced> {
  const { session } = context.get(visitContext)
  const paths = pathsOf(context)
  const key = textIn(form, 'key')
  const { placed, cartId } = session.read()
  if (placed !== undefined && (placed.key === key || cartId === undefined)) {
    throw redirect(`${paths.order(placed.orderId)}?pay=now`, 303)
  }
  const draft = draftOf(context)
  const step = stepOf(draft)
  if (step !== 'review') throw redirect(paths.checkout(step), 303)
  const id = (await cartOf(context))?.id ?? cartId
  if (id === undefined) return notPlaced(context, { code: 'cart.unknown' })
  const { expectedTotal } = expectedOf(form)
  const order = (total: Money | undefined) =>
    apiOf(context).POST('/api/v1/orders', {
      params: { header: { 'Idempotency-Key': key } },
      body: {
        cartId: id,
        ...termsOf(draft),
        ...(total === undefined ? {} : { expectedTotal: total }),
      },
    })
  let answer = await order(expectedTotal)
  const { total } = (answer.error ?? {}) as Partial<Refusal>
  // Nobody has to be asked whether they agree to pay less.
  if (total !== undefined && expectedTotal !== undefined && total.amount < expectedTotal.amount) {
    answer = await order(total)
  }
  const { data, error } = answer
  if (data === undefined) {
    const refusal = await refusedBy(context, error as Refusal, id)
    return expectedTotal === undefined ? refusal : { ...refusal, was: expectedTotal }
  }
  remember(context, key, data)
  throw redirect(`${paths.order(data.id)}?pay=now`, 303)
}

interface Refusal {
  readonly code: string
  readonly total?: Money
}

async function refusedBy(context: Context, refusal: Refusal, id: string): Promise<NotPlaced> {
  const { session } = context.get(visitContext)
  if (refusal.code === 'cart.closed') {
    const { data } = await apiOf(context).GET('/api/v1/carts/{id}', { params: { path: { id } } })
    const orderId = data?.orderId ?? ''
    const isOurs = session.read().orderTokens?.[orderId] !== undefined
    if (isOurs) throw redirect(pathsOf(context).order(orderId), 303)
  }
  if (refusal.code === 'request.key-reused') {
    const { key: _, asked: __, ...draft } = draftOf(context)
    session.write({ ...session.read(), checkout: draft })
  }
  return notPlaced(context, refusal)
}

function notPlaced(context: Context, { code, total }: Refusal): NotPlaced {
  const checkout = checkoutTextsOf(context.get(visitContext).language)
  if (total !== undefined) keepAsked(context, total)
  const message = checkout.problem({ code })
  return { code, message, ...(total === undefined ? {} : { total }) }
}

/** The total that the buyer saw and agreed to; another one is asked about. */
function expectedOf(form: FormData): { expectedTotal?: Money } {
  const amount = Number(textIn(form, 'amount') || NaN)
  const currency = textIn(form, 'currency')
  return Number.isSafeInteger(amount) && amount >= 0 && /^[A-Z]{3}$/.test(currency)
    ? { expectedTotal: { amount, currency } }
    : {}
}

/** Everything the draft says, as the API takes it; `stepOf` has seen that it is all there. */
function termsOf(draft: CheckoutDraft) {
  const { email = '', delivery = '', payment = '' } = draft
  const { name, phone, line1 = '', line2, city = '', postalCode, country = '' } = draft
  const given = Object.entries({ name, phone, line2, postalCode }).filter(([, said]) => said)
  const address = { line1, city, country, ...Object.fromEntries(given) }
  return {
    email,
    deliveryMethod: delivery,
    paymentMethod: payment,
    ...(delivery === COLLECTED ? {} : { shippingAddress: address }),
  }
}
