import type { ProblemTable } from '#platform/http/route'

import type { ReviewRefusal } from '../contract.ts'

/** Complete by construction: a new refusal does not compile until it has a row here. */
export const problems: ProblemTable<ReviewRefusal['code']> = {
  'reviews.unknown': {
    status: 404,
    title: 'There is no such contribution',
    detail: 'There is no review, question or answer {contributionId}.',
  },
  'reviews.product-unknown': {
    status: 404,
    title: 'This shop does not sell that',
    detail: 'There is no product {productId} on sale.',
  },
  'reviews.already-written': {
    status: 409,
    title: 'You have reviewed this product',
    detail: 'Change your review of {productId} instead of writing another.',
  },
  'reviews.not-a-buyer': {
    status: 403,
    title: 'Only buyers of the product answer questions about it',
    detail: 'You have no paid order with the product {productId}.',
  },
  'reviews.not-answerable': {
    status: 409,
    title: 'That takes no answer from you',
    detail: 'Questions are answered by buyers and by the shop, reviews by the shop alone.',
  },
  'reviews.own': {
    status: 409,
    title: 'It is your own',
    detail: 'Others say whether {contributionId} is helpful.',
  },
  'reviews.rating-misplaced': {
    status: 422,
    title: 'Only reviews have stars',
    detail: 'Leave `rating` out: this is of the kind {kind}.',
  },
  'reviews.too-many': {
    status: 429,
    title: 'That is enough for today',
    detail: 'One may write {limit} reviews, questions and answers in a day.',
  },
}
