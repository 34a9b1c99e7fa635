import type { ProblemTable } from '#platform/http/route'

import type { CartRefusal } from '../contract.ts'

/** Complete by construction: a new refusal does not compile until it has a row here. */
export const problems: ProblemTable<CartRefusal['code']> = {
  'cart.unknown': {
    status: 404,
    title: 'There is no such cart',
    detail: 'There is no cart {cartId} in this shop.',
  },
  'cart.expired': {
    status: 410,
    title: 'The cart has expired',
    detail: 'A cart is kept for a day after its last change. Begin a new one.',
  },
  'cart.closed': {
    status: 409,
    title: 'The cart has become an order',
    detail: 'This cart was ordered; begin a new one to buy more.',
  },
  'cart.merged': {
    status: 409,
    title: 'The cart was merged into another one',
    detail: 'The lines of this cart are in the cart you had when you signed in.',
  },
  'cart.empty': {
    status: 409,
    title: 'There is nothing in the cart',
    detail: 'The cart {cartId} is empty; put something in before you order.',
  },
  'cart.full': {
    status: 409,
    title: 'The cart has no room for another line',
    detail: 'A cart has at most {limit} lines.',
  },
  'cart.too-many-parts': {
    status: 409,
    title: 'The bundles of the cart have too many components',
    detail:
      'The lines of a cart are put together of at most {limit} parts; order some of them first.',
  },
  'cart.line-unknown': {
    status: 404,
    title: 'The cart has no such line',
    detail: '{sku} is not in this cart.',
  },
  'cart.sku-unknown': {
    status: 404,
    title: 'This shop does not sell that',
    detail: 'This shop does not sell {sku}.',
  },
  'cart.quantity-too-large': {
    status: 409,
    title: 'That is more than one line may have',
    detail: 'A line has at most {limit} units of {sku}.',
  },
  'cart.version-stale': {
    status: 409,
    title: 'The cart has changed meanwhile',
    detail: 'The cart has version {version} now; look at it and try again.',
  },
  'cart.currency-unknown': {
    status: 422,
    title: 'This shop does not sell in that currency',
    detail: 'This shop does not sell in {currency}; it sells in: {known}.',
  },
  'cart.price-missing': {
    status: 409,
    title: 'This is not sold in the currency of the cart',
    detail: '{sku} has no price in {currency}.',
  },
}
