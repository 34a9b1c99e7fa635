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
}
