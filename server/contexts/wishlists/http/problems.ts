import type { ProblemTable } from '#platform/http/route'

import type { WishlistRefusal } from '../contract.ts'

/** Complete by construction: a new refusal does not compile until it has a row here. */
export const problems: ProblemTable<WishlistRefusal['code']> = {
  'wishlists.product-unknown': {
    status: 404,
    title: 'This shop does not sell that',
    detail: 'There is no product {productId} on sale.',
  },
  'wishlists.sku-unknown': {
    status: 404,
    title: 'The product is not sold under that SKU',
    detail: 'The product {productId} is not sold as {sku}.',
  },
  'wishlists.full': {
    status: 409,
    title: 'The wishlist is full',
    detail: 'A wishlist has at most {most} products; remove one first.',
  },
  'wishlists.unknown': {
    status: 404,
    title: 'It is not on your wishlist',
    detail: 'The product {productId} is not on your wishlist.',
  },
}
