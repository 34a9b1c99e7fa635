import Type from 'typebox'

import { languageOf } from '#platform/http/language'
import { route, type Access, type Route } from '#platform/http/route'
import { accept } from '#platform/outcome'

import type { CartCommands, CartQueries } from '../contract.ts'

/** Whoever knows the unguessable id may use the cart. */
const BEARER: Access = { who: 'anyone', whose: 'bearer' }

const id = Type.String({ format: 'uuid' })
const sku = Type.String({ minLength: 1, maxLength: 64 })
const quantity = Type.Integer({ minimum: 1, maximum: 10_000 })
const version = Type.Optional(
  Type.Integer({ minimum: 1, description: 'Refused as stale unless the cart has this version.' }),
)
const money = Type.Object({ amount: Type.Integer(), currency: Type.String() })
const line = {
  sku: Type.String(),
  productId: Type.String(),
  quantity: Type.Integer(),
  unitPrice: money,
  total: money,
  heldUntil: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
}
const view = Type.Object({
  id: Type.String(),
  status: Type.String({ enum: ['open', 'closed', 'expired'] }),
  version: Type.Integer(),
  currency: Type.String(),
  lines: Type.Array(Type.Object({ ...line, name: Type.String() })),
  total: money,
  expiresAt: Type.String({ format: 'date-time' }),
  orderId: Type.Union([Type.String(), Type.Null()]),
})
const lineAnswer = Type.Object({
  cartId: Type.String(),
  version: Type.Integer(),
  line: Type.Object(line),
  total: money,
})
const item = Type.Object({ id, sku })
const UNUSABLE = ['cart.unknown', 'cart.expired', 'cart.closed', 'cart.version-stale'] as const
const NO_UNITS = ['cart.sku-unknown', 'cart.quantity-too-large', 'inventory.not-enough'] as const

export function cartRoutes(commands: CartCommands, queries: CartQueries): readonly Route[] {
  return [...wholeCart(commands, queries), ...items(commands)]
}

function wholeCart(commands: CartCommands, queries: CartQueries): Route[] {
  return [
    route({
      id: 'createCart',
      method: 'POST',
      path: '/api/v1/carts',
      tag: 'cart',
      summary: 'Begin a cart',
      description: 'The id is unguessable and the only key a guest has to the cart: keep it.',
      access: { who: 'anyone', whose: 'public' },
      body: Type.Optional(Type.Object({})),
      answer: { status: 201, body: view },
      idempotent: true,
      async handle({ tenant, actor, cause }) {
        const userId = actor.kind === 'user' ? actor.id : null
        const outcome = await commands.create(tenant, userId, cause)
        if (!outcome.ok) return outcome
        const { answer, replayed } = outcome.value
        const headers = { location: `/api/v1/carts/${answer.id}` }
        return accept({ body: answer, replayed, headers })
      },
    }),
    route({
      id: 'getCart',
      method: 'GET',
      path: '/api/v1/carts/{id}',
      tag: 'cart',
      summary: 'What is in a cart, and until when it is held',
      access: BEARER,
      params: Type.Object({ id }),
      query: Type.Object({ lang: Type.Optional(Type.String({ maxLength: 35 })) }),
      answer: { status: 200, body: view },
      refusals: ['cart.unknown'],
      async handle({ tenant, params, query, header }) {
        const language = languageOf(tenant, query.lang, header('accept-language'))
        const outcome = await queries.view(tenant, params.id, language)
        if (!outcome.ok) return outcome
        return accept({ body: outcome.value })
      },
    }),
  ]
}

function items(commands: CartCommands): Route[] {
  return [
    route({
      id: 'addCartItem',
      method: 'POST',
      path: '/api/v1/carts/{id}/items',
      tag: 'cart',
      summary: 'Add units of a SKU; they are held from now on',
      description: 'The line and its units in one commit: both are there afterwards or neither is.',
      access: BEARER,
      params: Type.Object({ id }),
      body: Type.Object({ sku, quantity, version }),
      answer: { status: 201, body: lineAnswer },
      refusals: [...UNUSABLE, ...NO_UNITS, 'cart.full'],
      idempotent: true,
      async handle({ tenant, params, body, cause }) {
        const outcome = await commands.addItem(tenant, params.id, body, cause)
        if (!outcome.ok) return outcome
        return accept({ body: outcome.value.answer, replayed: outcome.value.replayed })
      },
    }),
    route({
      id: 'setCartItem',
      method: 'PATCH',
      path: '/api/v1/carts/{id}/items/{sku}',
      tag: 'cart',
      summary: 'Set the quantity of a line',
      access: BEARER,
      params: item,
      body: Type.Object({ quantity, version }),
      answer: { status: 200, body: lineAnswer },
      refusals: [...UNUSABLE, ...NO_UNITS, 'cart.line-unknown'],
      idempotent: true,
      async handle({ tenant, params, body, cause }) {
        const wanted = { ...body, sku: params.sku }
        const outcome = await commands.setQuantity(tenant, params.id, wanted, cause)
        if (!outcome.ok) return outcome
        return accept({ body: outcome.value.answer, replayed: outcome.value.replayed })
      },
    }),
    route({
      id: 'removeCartItem',
      method: 'DELETE',
      path: '/api/v1/carts/{id}/items/{sku}',
      tag: 'cart',
      summary: 'Remove a line; its units are free again',
      access: BEARER,
      params: item,
      answer: {
        status: 200,
        body: Type.Object({ cartId: Type.String(), version: Type.Integer() }),
      },
      refusals: [...UNUSABLE, 'cart.line-unknown'],
      async handle({ tenant, params, cause }) {
        const outcome = await commands.removeItem(tenant, params.id, params, cause)
        return outcome.ok ? accept({ body: outcome.value.answer }) : outcome
      },
    }),
  ]
}
