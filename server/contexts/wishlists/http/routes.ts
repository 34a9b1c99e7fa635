import Type from 'typebox'

import { languageOf } from '#platform/http/language'
import { answered, route, type Actor, type Route } from '#platform/http/route'
import { nullableText, pageQuery } from '#platform/http/schemas'
import { ID_PATTERN } from '#platform/keyset'
import { accept } from '#platform/outcome'

import type { Wished, WishlistCommands, WishlistQueries } from '../contract.ts'

const own = { who: 'signed-in', whose: 'own' } as const
const id = Type.String({ pattern: `^${ID_PATTERN}$` })
const sku = Type.String({
  minLength: 1,
  maxLength: 64,
  description: 'The variant, where one was chosen.',
})

/** As many as a guest may have kept. */
const MOST_AT_ONCE = 30

const wish = Type.Object({
  productId: id,
  sku: nullableText,
  name: Type.String({ description: 'As the product was called when it was added.' }),
  createdAt: Type.String({ format: 'date-time' }),
})

/** Routes for the signed-in are not reached by others: the server has seen to that. */
function userOf(actor: Actor): string {
  if (actor.kind !== 'user') throw new Error('This route is for the signed-in.')
  return actor.id
}

export function wishlistRoutes(
  commands: WishlistCommands,
  queries: WishlistQueries,
): readonly Route[] {
  return [...reading(queries), ...changing(commands)]
}

function reading(queries: WishlistQueries): Route[] {
  return [
    route({
      id: 'listWishes',
      method: 'GET',
      path: '/api/v1/users/me/wishes',
      tag: 'wishlists',
      summary: 'The own wishlist, the newest first',
      description:
        'At most 200 products. What is not sold any more is still on it: `getProduct` says what each ' +
        'costs now and whether there is any, or that there is no such product.',
      access: own,
      query: Type.Object({
        ...pageQuery.properties,
        lang: Type.Optional(Type.String({ maxLength: 35 })),
      }),
      answer: { status: 200, body: Type.Object({ items: Type.Array(wish), next: nullableText }) },
      async handle({ tenant, actor, query: { limit = 20, after, lang }, header }) {
        const language = languageOf(tenant, lang, header('accept-language'))
        const ask = { limit, language, ...(after === undefined ? {} : { after }) }
        return accept({ body: await queries.list(tenant.id, userOf(actor), ask) })
      },
    }),
    route({
      id: 'listWishedProducts',
      method: 'GET',
      path: '/api/v1/users/me/wished-products',
      tag: 'wishlists',
      summary: 'Which products are on the own wishlist',
      description: 'All of them, for whoever shows hearts beside products; at most 200.',
      access: own,
      answer: { status: 200, body: Type.Object({ productIds: Type.Array(id) }) },
      handle: async ({ tenant, actor }) =>
        accept({ body: { productIds: await queries.products(tenant.id, userOf(actor)) } }),
    }),
  ]
}

function changing(commands: WishlistCommands): Route[] {
  return [
    route({
      id: 'addWish',
      method: 'PUT',
      path: '/api/v1/users/me/wishes/{productId}',
      tag: 'wishlists',
      summary: 'Keep a product on the own wishlist',
      description: 'Added twice it is there once; with another `sku` it is kept as that variant.',
      access: own,
      params: Type.Object({ productId: id }),
      body: Type.Object({ sku: Type.Optional(sku) }),
      answer: { status: 204, body: Type.Null() },
      refusals: ['wishlists.product-unknown', 'wishlists.sku-unknown', 'wishlists.full'],
      async handle({ tenant, actor, params, body, cause }) {
        const wished: Wished = { ...body, ...params }
        const outcome = await commands.add(tenant.id, userOf(actor), wished, cause)
        return outcome.ok ? accept({ body: null }) : outcome
      },
    }),
    route({
      id: 'removeWish',
      method: 'DELETE',
      path: '/api/v1/users/me/wishes/{productId}',
      tag: 'wishlists',
      summary: 'Take a product off the own wishlist',
      access: own,
      params: Type.Object({ productId: id }),
      answer: { status: 204, body: Type.Null() },
      refusals: ['wishlists.unknown'],
      async handle({ tenant, actor, params, cause }) {
        const outcome = await commands.remove(tenant.id, userOf(actor), params.productId, cause)
        return outcome.ok ? accept({ body: null }) : outcome
      },
    }),
    route({
      id: 'mergeWishes',
      method: 'POST',
      path: '/api/v1/users/me/wishes',
      tag: 'wishlists',
      summary: 'Put what was kept as a guest on the own wishlist',
      description:
        'What is there already stays as it is. `left` names what could not be added: it is not sold ' +
        'any more, or the list is full.',
      access: own,
      body: Type.Object({
        items: Type.Array(Type.Object({ productId: id, sku: Type.Optional(sku) }), {
          minItems: 1,
          maxItems: MOST_AT_ONCE,
        }),
      }),
      answer: {
        status: 200,
        body: Type.Object({ added: Type.Integer(), left: Type.Array(id) }),
      },
      idempotent: true,
      async handle({ tenant, actor, body, cause }) {
        return answered(await commands.merge(tenant.id, userOf(actor), body.items, cause))
      },
    }),
  ]
}
