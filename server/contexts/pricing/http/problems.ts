import type { ProblemTable } from '#platform/http/route'

import type { PricingRefusal } from '../contract.ts'

/** Complete by construction: a new refusal does not compile until it has a row here. */
export const problems: ProblemTable<PricingRefusal['code']> = {
  'pricing.changed': {
    status: 409,
    title: 'The total is another than expected',
    detail: 'Look at the new total and order again with it as `expectedTotal` if you agree.',
  },
  'pricing.list-unknown': {
    status: 404,
    title: 'This shop does not sell in that currency',
    detail: 'There is no price list in {currency}.',
  },
  'pricing.list-of-catalog': {
    status: 422,
    title: 'Prices of the main currency are those of the products',
    detail: 'Set prices in {currency} on the products themselves.',
  },
  'pricing.sku-unknown': {
    status: 404,
    title: 'This shop does not have that SKU',
    detail: 'There is no {sku} in this shop.',
  },
  'pricing.price-unknown': {
    status: 404,
    title: 'There is no such price',
    detail: '{sku} has no price in {currency}.',
  },
  'pricing.delivery-unknown': {
    status: 422,
    title: 'This shop does not deliver that way',
    detail: 'This shop does not deliver by {method}.',
  },
  'pricing.rule-unknown': {
    status: 404,
    title: 'There is no such rule',
    detail: 'This shop has no {rule}.',
  },
  'pricing.rule-used': {
    status: 409,
    title: 'Another rule names this one',
    detail: '{rule} is named by {by}; remove that first.',
  },
  'pricing.rule-wrong': {
    status: 422,
    title: 'The rule contradicts itself or another one',
    detail: '{field}: {reason}.',
  },
  'pricing.rules-full': {
    status: 409,
    title: 'The shop has as many rules as it may have',
    detail: 'A shop has at most {limit} of them.',
  },
  'pricing.version-stale': {
    status: 412,
    title: 'The rule has changed since you looked',
    detail: 'It has version {version} now; look at it again.',
  },
  'pricing.tiers-wrong': {
    status: 422,
    title: 'The tiers contradict each other',
    detail: 'Of tiers {reason}.',
  },
  'pricing.special-unknown': {
    status: 404,
    title: 'There is no such price',
    detail: 'The list {list} says nothing of {sku}.',
  },
  'pricing.customer-unknown': {
    status: 404,
    title: 'This shop has no such customer',
    detail: 'There is no user {userId}.',
  },
  'pricing.country-unknown': {
    status: 422,
    title: 'This shop has no market in that country',
    detail: 'There is no market with {country}.',
  },
  'pricing.country-outside': {
    status: 409,
    title: 'The cart is priced for another market',
    detail: 'Begin a cart for {country} to have it sent there.',
  },
}
