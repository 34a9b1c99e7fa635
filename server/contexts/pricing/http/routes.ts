import Type from 'typebox'

import { route, shown, type Access, type Route } from '#platform/http/route'
import { moneySchema, nullableText } from '#platform/http/schemas'
import { accept } from '#platform/outcome'

import type { PriceListCommands, PriceListQueries } from '../contract.ts'

const STAFF: Access = { who: ['staff', 'admin'], whose: 'shop' }

/** As dear as a product may be; totals of carts stay safe integers. */
const MOST = 1_000_000_000

const currency = Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217.' })
const sku = Type.String({ minLength: 1, maxLength: 64 })
const delivery = Type.Record(
  Type.String({ pattern: '^[a-z0-9-]{1,32}$' }),
  Type.Integer({ minimum: 0, maximum: MOST }),
  { maxProperties: 32 },
)
const list = Type.Object({ currency: Type.String(), delivery })
const price = Type.Object({ sku: Type.String(), price: moneySchema })

export function priceListRoutes(
  commands: PriceListCommands,
  queries: PriceListQueries,
): readonly Route[] {
  return [...lists(commands, queries), ...prices(commands, queries)]
}

function lists(commands: PriceListCommands, queries: PriceListQueries): Route[] {
  return [
    route({
      id: 'listPriceLists',
      method: 'GET',
      path: '/api/v1/price-lists',
      tag: 'pricing',
      summary: 'The currencies the shop sells in besides its main one',
      access: { who: 'anyone', whose: 'public' },
      answer: { status: 200, body: Type.Object({ items: Type.Array(list), next: Type.Null() }) },
      handle: async ({ tenant }) =>
        accept({ body: { items: await queries.lists(tenant), next: null } }),
    }),
    route({
      id: 'setPriceList',
      method: 'PUT',
      path: '/api/v1/price-lists/{currency}',
      tag: 'pricing',
      summary: 'Sell in a currency, and say what delivery costs in it',
      description: 'A delivery method that is not named is not offered in this currency.',
      access: STAFF,
      params: Type.Object({ currency }),
      body: Type.Object({ delivery }),
      answer: { status: 200, body: list },
      refusals: ['pricing.list-of-catalog', 'pricing.delivery-unknown'],
      async handle({ tenant, params, body, cause }) {
        const outcome = await commands.setList(tenant, { ...params, ...body }, cause)
        return outcome.ok ? accept({ body: outcome.value.answer }) : outcome
      },
    }),
  ]
}

function prices(commands: PriceListCommands, queries: PriceListQueries): Route[] {
  return [
    route({
      id: 'listPrices',
      method: 'GET',
      path: '/api/v1/price-lists/{currency}',
      tag: 'pricing',
      summary: 'The prices in a currency, by SKU',
      access: { who: 'anyone', whose: 'public' },
      params: Type.Object({ currency }),
      query: Type.Object({
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
        after: Type.Optional(sku),
      }),
      answer: {
        status: 200,
        body: Type.Object({ items: Type.Array(price), next: nullableText }),
      },
      refusals: ['pricing.list-unknown'],
      async handle({ tenant, params, query: { limit = 20, ...query } }) {
        return shown(await queries.prices(tenant, { ...params, limit, ...query }))
      },
    }),
    route({
      id: 'setPrice',
      method: 'PUT',
      path: '/api/v1/price-lists/{currency}/{sku}',
      tag: 'pricing',
      summary: 'Set the price of a SKU in a currency',
      description:
        'Buyers to whom a lower price was shown keep it for 15 minutes; a lower one is theirs at once.',
      access: STAFF,
      params: Type.Object({ currency, sku }),
      body: Type.Object({
        amount: Type.Integer({ minimum: 1, maximum: MOST, description: 'Minor units.' }),
      }),
      answer: { status: 200, body: price },
      refusals: ['pricing.list-unknown', 'pricing.list-of-catalog', 'pricing.sku-unknown'],
      async handle({ tenant, params, body, cause }) {
        const outcome = await commands.setPrice(tenant, { ...params, ...body }, cause)
        return outcome.ok ? accept({ body: outcome.value.answer }) : outcome
      },
    }),
    route({
      id: 'removePrice',
      method: 'DELETE',
      path: '/api/v1/price-lists/{currency}/{sku}',
      tag: 'pricing',
      summary: 'Sell a SKU in a currency no longer',
      access: STAFF,
      params: Type.Object({ currency, sku }),
      answer: { status: 204, body: Type.Null() },
      refusals: ['pricing.price-unknown', 'pricing.list-of-catalog'],
      async handle({ tenant, params, cause }) {
        const outcome = await commands.removePrice(tenant, params, cause)
        return outcome.ok ? accept({ body: null }) : outcome
      },
    }),
  ]
}
