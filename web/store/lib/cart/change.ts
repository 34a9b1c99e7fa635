import type { RouterContextProvider } from 'react-router'

import { visitContext } from '../../visit.ts'
import { textIn } from '../form.ts'
import { apiOf, type Api } from '../api.ts'
import { cartOf, countOf, type Cart } from './cart-of.ts'
import { cartTextsOf } from '../texts/cart.ts'

/** What a form that changes the cart is answered with. */
export type CartAnswer =
  | {
      readonly ok: true
      readonly count: number
      /** There is no network: it is sent when there is one. */
      readonly isWaiting?: true
      /** What was taken out, to be put back by who regrets it. */
      readonly removed?: { readonly sku: string; readonly quantity: number; readonly name: string }
    }
  | {
      readonly ok: false
      readonly code: string
      /** For people, in their language. */
      readonly message: string
      readonly sku?: string
    }

/** What the API refuses with: a code and the facts of the refusal. */
export interface Problem {
  readonly code: string
  readonly sku?: string
  readonly free?: number
  readonly limit?: number
}

type Context = Readonly<RouterContextProvider>

/** Codes of a cart that is over: the next one is begun in its place. */
const OVER = ['cart.closed', 'cart.expired', 'cart.unknown', 'cart.merged']

/** Adds, sets, removes, takes lapsed units again or clears what is sold out, as a form asks. */
export async function changeCart(context: Context, form: FormData): Promise<CartAnswer> {
  const sku = textIn(form, 'sku')
  const quantity = Number(textIn(form, 'quantity') || 1)
  switch (form.get('intent')) {
    case 'add':
      return addToCart(context, sku, quantity, textIn(form, 'key'))
    case 'set':
      return quantity > 0 ? setLine(context, sku, quantity) : removeLine(context, sku)
    case 'remove':
      return removeLine(context, sku)
    case 'hold':
      return holdAgain(context)
    case 'clear-sold-out':
      return clearSoldOut(context)
    default:
      return refused(context, { code: 'request.invalid' })
  }
}

/** Into the cart of whoever came; the first thing makes the cart. */
export async function addToCart(
  context: Context,
  sku: string,
  quantity: number,
  key = '',
): Promise<CartAnswer> {
  if (!isQuantity(quantity)) return refused(context, { code: 'request.invalid' })
  const api = apiOf(context)
  const headers = key === '' ? {} : { 'Idempotency-Key': key }
  const { session } = context.get(visitContext)
  for (let tries = 0; ; tries += 1) {
    const known = tries === 0 ? (session.read().cartId ?? (await cartOf(context))?.id) : undefined
    const id = known ?? (await aNewCart(context, api))
    if (id === undefined) return refused(context, { code: 'platform.unavailable' })
    const { data, error } = await api.POST('/api/v1/carts/{id}/items', {
      params: { path: { id }, header: headers },
      body: { sku, quantity },
    })
    if (data !== undefined) {
      if (session.read().cartId !== id) session.write({ ...session.read(), cartId: id })
      return accepted(context)
    }
    const problem = error as Problem
    if (tries > 0 || !OVER.includes(problem.code)) return refused(context, { sku, ...problem })
  }
}

async function aNewCart(context: Context, api: Api): Promise<string | undefined> {
  const { session, currencies } = context.get(visitContext)
  const { data } = await api.POST('/api/v1/carts', { body: { currency: currencies.shown } })
  if (data === undefined) return undefined
  session.write({ ...session.read(), cartId: data.id })
  return data.id
}

async function setLine(context: Context, sku: string, quantity: number): Promise<CartAnswer> {
  const cart = await cartOf(context)
  if (cart === null) return refused(context, { code: 'cart.unknown' })
  if (!isQuantity(quantity)) return refused(context, { code: 'request.invalid', sku })
  const problem = await asked(apiOf(context), cart, sku, quantity)
  return problem === undefined ? accepted(context) : refused(context, { sku, ...problem })
}

async function asked(
  api: Api,
  { id }: Cart,
  sku: string,
  quantity: number,
): Promise<Problem | undefined> {
  const { error } = await api.PATCH('/api/v1/carts/{id}/items/{sku}', {
    params: { path: { id, sku } },
    body: { quantity },
  })
  return error as Problem | undefined
}

async function removeLine(context: Context, sku: string): Promise<CartAnswer> {
  const cart = await cartOf(context)
  const line = cart?.lines.find((each) => each.sku === sku)
  // Another tab was faster: what was wanted is so.
  if (cart === null || line === undefined) return accepted(context)
  const problem = await dropped(apiOf(context), cart, sku)
  if (problem !== undefined) return refused(context, { sku, ...problem })
  const removed = { sku, quantity: line.quantity, name: line.name }
  return { ...(await accepted(context)), removed }
}

async function dropped(api: Api, { id }: Cart, sku: string): Promise<Problem | undefined> {
  const { error } = await api.DELETE('/api/v1/carts/{id}/items/{sku}', {
    params: { path: { id, sku } },
  })
  return error as Problem | undefined
}

/** Asks for the units of each line anew; one that others have by now keeps none of the rest from it. */
async function holdAgain(context: Context): Promise<CartAnswer> {
  const cart = await cartOf(context)
  const api = apiOf(context)
  let first: Problem | undefined
  for (const { sku, quantity } of cart?.lines ?? []) {
    // One after another: each changes the same cart.
    const problem = await asked(api, cart as Cart, sku, quantity)
    if (problem !== undefined) first ??= { sku, ...problem }
  }
  return first === undefined ? accepted(context) : refused(context, first)
}

async function clearSoldOut(context: Context): Promise<CartAnswer> {
  const cart = await cartOf(context)
  const api = apiOf(context)
  for (const { sku, quantity, heldUntil } of cart?.lines ?? []) {
    if (heldUntil !== null) continue
    const problem = await asked(api, cart as Cart, sku, quantity)
    if (problem !== undefined) await dropped(api, cart as Cart, sku)
  }
  return accepted(context)
}

async function accepted(context: Context): Promise<CartAnswer & { ok: true }> {
  const cart = await cartOf(context)
  return { ok: true, count: cart === null ? 0 : countOf(cart) }
}

function refused(context: Context, problem: Problem): CartAnswer {
  const cart = cartTextsOf(context.get(visitContext).language)
  const { code, sku } = problem
  return { ok: false, code, message: cart.problem(problem), ...(sku === undefined ? {} : { sku }) }
}

function isQuantity(quantity: number): boolean {
  return Number.isInteger(quantity) && quantity > 0 && quantity <= 10_000
}
