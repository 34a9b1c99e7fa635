import { hash } from 'node:crypto'

import Type from 'typebox'

import { languageOf } from '#platform/http/language'
import { answered, route, type Access, type Actor, type Route } from '#platform/http/route'
import { moneySchema as money, nullableText, pageQuery } from '#platform/http/schemas'
import { accept, refuse } from '#platform/outcome'

import type { CartCommands, CartQueries } from '../contract.ts'
import { versionsOf } from './if-match.ts'

/** Whoever knows the unguessable id may use a guest's cart; a user's is that user's alone. */
const BEARER: Access = { who: 'anyone', whose: 'bearer', by: 'id' }

const id = Type.String({ format: 'uuid' })
const sku = Type.String({ minLength: 1, maxLength: 64 })
const quantity = Type.Integer({ minimum: 1, maximum: 10_000 })
const version = Type.Optional(
  Type.Integer({ minimum: 1, description: 'Refused as stale unless the cart has this version.' }),
)
const components = Type.Optional(
  Type.Array(Type.Object({ sku: Type.String(), quantity: Type.Integer() }), {
    description: 'What is held for one unit of a bundle.',
  }),
)
const line = {
  sku: Type.String(),
  productId: Type.String(),
  quantity: Type.Integer(),
  components,
  unitPrice: money,
  promisedUntil: Type.String({
    format: 'date-time',
    description: 'Until then a higher price is not charged; a lower one is given at once.',
  }),
  priceNow: Type.Union([money, Type.Null()], {
    description: 'What the shop asks now, when that is another price.',
  }),
  was: Type.Union([money, Type.Null()], {
    description: 'The price without the sale, while it is on sale.',
  }),
  total: money,
  heldUntil: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
}
const view = Type.Object({
  id: Type.String(),
  userId: nullableText,
  status: Type.String({ enum: ['open', 'closed', 'merged', 'expired'] }),
  version: Type.Integer(),
  currency: Type.String(),
  market: nullableText,
  lines: Type.Array(Type.Object({ ...line, name: Type.String() })),
  total: money,
  totalNow: Type.Union([money, Type.Null()], {
    description: 'What an order would charge for the lines now, when that is another sum.',
  }),
  expiresAt: Type.String({ format: 'date-time' }),
  orderId: nullableText,
  mergedInto: nullableText,
})
const lineAnswer = Type.Object({
  cartId: Type.String(),
  version: Type.Integer(),
  line: Type.Object(line),
  total: money,
})
const item = Type.Object({ id, sku })
const lang = Type.Optional(Type.String({ maxLength: 35 }))
const UNUSABLE = [
  'cart.unknown',
  'cart.expired',
  'cart.closed',
  'cart.merged',
  'cart.version-stale',
] as const
const NO_UNITS = [
  'cart.sku-unknown',
  'cart.price-missing',
  'cart.quantity-too-large',
  'cart.too-many-parts',
  'inventory.not-enough',
] as const
const IF_MATCH = {
  'If-Match': '`"<version>"`, or the `ETag` of the cart: refused as stale if it has changed since.',
}

function userOf(actor: Actor): string | null {
  return actor.kind === 'user' ? actor.id : null
}

export function cartRoutes(commands: CartCommands, queries: CartQueries): readonly Route[] {
  return [...wholeCart(commands, queries), ...ofUsers(commands, queries), ...items(commands)]
}

function wholeCart(commands: CartCommands, queries: CartQueries): Route[] {
  return [
    route({
      id: 'createCart',
      method: 'POST',
      path: '/api/v1/carts',
      tag: 'cart',
      summary: 'Begin a cart',
      description:
        'The id is unguessable and the only key a guest has to the cart: keep it. ' +
        'A cart of who is signed in is theirs alone.',
      access: { who: 'anyone', whose: 'public' },
      body: Type.Optional(
        Type.Object({
          currency: Type.Optional(
            Type.String({
              pattern: '^[A-Z]{3}$',
              description:
                'One the shop sells in; that of the market, or its main one when absent.',
            }),
          ),
          country: Type.Optional(
            Type.String({
              pattern: '^[A-Z]{2}$',
              description:
                'Where the goods go: prices are those of its market. ISO 3166-1 alpha-2.',
            }),
          ),
        }),
      ),
      answer: { status: 201, body: view },
      refusals: ['cart.currency-unknown'],
      idempotent: true,
      async handle({ tenant, actor, body, cause }) {
        const outcome = await commands.create(tenant, userOf(actor), body ?? {}, cause)
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
      query: Type.Object({ lang }),
      answer: { status: 200, body: view },
      refusals: ['cart.unknown'],
      async handle({ tenant, actor, params, query, header }) {
        const language = languageOf(tenant, query.lang, header('accept-language'))
        const outcome = await queries.view(tenant, userOf(actor), params.id, language)
        if (!outcome.ok) return outcome
        return accept({ body: outcome.value, headers: { etag: etagOf(outcome.value) } })
      },
    }),
  ]
}

/** Strong: other bytes, other tag; the version stands first, for `If-Match`. */
function etagOf(cart: { readonly version: number }): string {
  return `"${cart.version}.${hash('sha1', JSON.stringify(cart), 'base64url')}"`
}

function ofUsers(commands: CartCommands, queries: CartQueries): Route[] {
  return [
    route({
      id: 'listMyCarts',
      method: 'GET',
      path: '/api/v1/carts/mine',
      tag: 'cart',
      summary: 'The open carts of who is signed in, newest first',
      access: { who: 'signed-in', whose: 'own' },
      query: Type.Object({ ...pageQuery.properties, lang }),
      answer: {
        status: 200,
        body: Type.Object({ items: Type.Array(view), next: nullableText }),
      },
      refusals: ['auth.required'],
      async handle({ tenant, actor, query: { limit = 20, lang: wanted, ...query }, header }) {
        if (actor.kind !== 'user') return refuse({ code: 'auth.required' })
        const language = languageOf(tenant, wanted, header('accept-language'))
        const ask = { ...query, limit, language }
        return accept({ body: await queries.mine(tenant, actor.id, ask) })
      },
    }),
    route({
      id: 'claimCart',
      method: 'POST',
      path: '/api/v1/carts/{id}/claim',
      tag: 'cart',
      summary: 'Take a guest’s cart along at sign-in',
      description:
        'The cart becomes the own one. Who has an open cart of that currency finds the lines there: ' +
        'quantities added up as far as limit and stock go, the rest named in `left`. Doing it again changes nothing.',
      access: { who: 'signed-in', whose: 'bearer', by: 'id' },
      params: Type.Object({ id }),
      body: Type.Optional(Type.Object({})),
      answer: {
        status: 200,
        body: Type.Object({
          cartId: Type.String({ description: 'The cart that has the lines now.' }),
          version: Type.Integer(),
          left: Type.Array(Type.Object({ sku: Type.String(), quantity: Type.Integer() })),
        }),
      },
      refusals: [...UNUSABLE, 'inventory.not-enough', 'auth.required'],
      idempotent: true,
      async handle({ tenant, actor, params, cause }) {
        if (actor.kind !== 'user') return refuse({ code: 'auth.required' })
        return answered(await commands.claim(tenant, actor.id, params.id, cause))
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
      headers: IF_MATCH,
      access: BEARER,
      params: Type.Object({ id }),
      body: Type.Object({ sku, quantity, version }),
      answer: { status: 201, body: lineAnswer },
      refusals: [...UNUSABLE, ...NO_UNITS, 'cart.full'],
      idempotent: true,
      async handle({ tenant, actor, params, body, header, cause }) {
        const { version: seen, ...asked } = body
        const versions = versionsOf(header('if-match'), seen)
        const wanted = { ...asked, ...(versions === undefined ? {} : { versions }) }
        return answered(await commands.addItem(tenant, userOf(actor), params.id, wanted, cause))
      },
    }),
    route({
      id: 'setCartItem',
      method: 'PATCH',
      path: '/api/v1/carts/{id}/items/{sku}',
      tag: 'cart',
      summary: 'Set the quantity of a line',
      headers: IF_MATCH,
      access: BEARER,
      params: item,
      body: Type.Object({ quantity, version }),
      answer: { status: 200, body: lineAnswer },
      refusals: [...UNUSABLE, ...NO_UNITS, 'cart.line-unknown'],
      idempotent: true,
      async handle({ tenant, actor, params: { id: cartId, sku: of }, body, header, cause }) {
        const versions = versionsOf(header('if-match'), body.version)
        const asked = { sku: of, quantity: body.quantity }
        const wanted = { ...asked, ...(versions === undefined ? {} : { versions }) }
        return answered(await commands.setQuantity(tenant, userOf(actor), cartId, wanted, cause))
      },
    }),
    route({
      id: 'removeCartItem',
      method: 'DELETE',
      path: '/api/v1/carts/{id}/items/{sku}',
      tag: 'cart',
      summary: 'Remove a line; its units are free again',
      headers: IF_MATCH,
      access: BEARER,
      params: item,
      answer: {
        status: 200,
        body: Type.Object({ cartId: Type.String(), version: Type.Integer() }),
      },
      refusals: [...UNUSABLE, 'cart.line-unknown'],
      idempotent: true,
      async handle({ tenant, actor, params: { id: cartId, sku: of }, header, cause }) {
        const versions = versionsOf(header('if-match'))
        const wanted = { sku: of, ...(versions === undefined ? {} : { versions }) }
        return answered(await commands.removeItem(tenant, userOf(actor), cartId, wanted, cause))
      },
    }),
  ]
}
