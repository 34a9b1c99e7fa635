import Type from 'typebox'

import { route, type Route } from '#platform/http/route'
import { moneySchema } from '#platform/http/schemas'
import { accept } from '#platform/outcome'

import type { RuleQueries } from '../contract.ts'
import { country, currency } from './rule-schemas.ts'

/** SKUs or products of one question, with commas between them. */
const MOST_SKUS = 50
const MOST_PRODUCTS = 50

const price = Type.Object({
  sku: Type.String(),
  unitPrice: moneySchema,
  was: Type.Union([moneySchema, Type.Null()], { description: 'While it is on sale.' }),
  lowestBefore: Type.Union([moneySchema, Type.Null()], {
    description: 'The lowest price of the 30 days before the sale (Directive 98/6/EC, article 6a).',
  }),
  tiers: Type.Array(Type.Object({ fromQuantity: Type.Integer(), unitPrice: moneySchema }), {
    description: 'From so many units on each costs less.',
  }),
})

export function priceRoutes(queries: RuleQueries): readonly Route[] {
  return [pricesOf(queries), rangesOf(queries)]
}

function pricesOf(queries: RuleQueries): Route {
  return route({
    id: 'listBuyerPrices',
    method: 'GET',
    path: '/api/v1/prices',
    tag: 'pricing',
    summary: 'What the caller pays for these SKUs, at most 2 s old',
    description:
      'With the prices of the caller’s customer group, sales and quantities. What is not sold so is absent.',
    access: { who: 'anyone', whose: 'public' },
    query: Type.Object({
      skus: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 3300,
          pattern: `^[^,]{1,64}(,[^,]{1,64}){0,${MOST_SKUS - 1}}$`,
          description: `At most ${MOST_SKUS}, with commas between them.`,
        }),
      ),
      quantity: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, default: 1 })),
      currency: Type.Optional(currency),
      country: Type.Optional(country),
    }),
    answer: { status: 200, body: Type.Object({ items: Type.Array(price), next: Type.Null() }) },
    refusals: ['pricing.list-unknown'],
    async handle({ tenant, actor, query: { skus, quantity = 1, ...query } }) {
      const outcome = await queries.prices(tenant, {
        ...query,
        quantity,
        skus: skus === undefined ? [] : [...new Set(skus.split(','))],
        userId: actor.kind === 'user' ? actor.id : null,
      })
      return outcome.ok ? accept({ body: { items: outcome.value, next: null } }) : outcome
    },
  })
}

const range = Type.Object({
  productId: Type.String(),
  from: moneySchema,
  to: moneySchema,
  was: Type.Union([moneySchema, Type.Null()], {
    description:
      'While the cheapest variant is on sale: its lowest price of the 30 days before, if that was higher.',
  }),
})

const UUID = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'

function rangesOf(queries: RuleQueries): Route {
  return route({
    id: 'listPriceRanges',
    method: 'GET',
    path: '/api/v1/prices/ranges',
    tag: 'pricing',
    summary:
      'What the caller pays for one of these products, at least and at most, at most 2 s old',
    description: 'For lists in another currency. What is not sold so is absent.',
    access: { who: 'anyone', whose: 'public' },
    query: Type.Object({
      products: Type.String({
        maxLength: 37 * MOST_PRODUCTS,
        pattern: `^${UUID}(,${UUID}){0,${MOST_PRODUCTS - 1}}$`,
        description: `Ids, at most ${MOST_PRODUCTS}, with commas between them.`,
      }),
      currency: Type.Optional(currency),
      country: Type.Optional(country),
    }),
    answer: { status: 200, body: Type.Object({ items: Type.Array(range), next: Type.Null() }) },
    refusals: ['pricing.list-unknown'],
    async handle({ tenant, actor, query: { products, ...query } }) {
      const outcome = await queries.ranges(tenant, {
        ...query,
        productIds: [...new Set(products.split(','))],
        userId: actor.kind === 'user' ? actor.id : null,
      })
      return outcome.ok ? accept({ body: { items: outcome.value, next: null } }) : outcome
    },
  })
}
