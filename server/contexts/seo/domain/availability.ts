import type { AvailabilityWord } from '#context/inventory'

/** What machines are told of how a SKU stands: schema.org, and Google's product data specification. */
interface Terms {
  readonly schema: string
  readonly feed: 'in_stock' | 'out_of_stock'
}

const SCHEMA = 'https://schema.org'

/**
 * What is sold before it is there is a back-order: a pre-order has a day, which a word does not say. A
 * feed refuses either without one, so there it is out of stock. A page never offers what is sold no
 * longer: that is 410, not `Discontinued`.
 */
const TERMS: Readonly<Record<AvailabilityWord, Terms>> = {
  'in-stock': { schema: `${SCHEMA}/InStock`, feed: 'in_stock' },
  low: { schema: `${SCHEMA}/InStock`, feed: 'in_stock' },
  preorder: { schema: `${SCHEMA}/BackOrder`, feed: 'out_of_stock' },
  out: { schema: `${SCHEMA}/OutOfStock`, feed: 'out_of_stock' },
}

/** The one place where an availability becomes what machines read. */
export function termsOf(word: AvailabilityWord = 'out'): Terms {
  return TERMS[word]
}
