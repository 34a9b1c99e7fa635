import type { ProblemTable } from '#platform/http/route'

import type { SeoRefusal } from '../contract.ts'

/** Complete by construction: a new refusal does not compile until it has a row here. */
export const problems: ProblemTable<SeoRefusal['code']> = {
  'seo.product-unknown': {
    status: 404,
    title: 'This shop does not show that product',
    detail: 'There is no product {productId} to be seen.',
  },
  'seo.part-unknown': {
    status: 404,
    title: 'This shop has no such part',
    detail: 'No part begins with {part}; `/sitemap.xml` lists them all.',
  },
  'seo.feed-in-parts': {
    status: 409,
    title: 'The feed is too long for one file',
    detail: 'Ask for each `part` in turn: {parts}.',
  },
  'seo.currency-unknown': {
    status: 422,
    title: 'This shop does not sell in that currency',
    detail: 'There are no prices in {currency}.',
  },
}
