import type { AvailabilityWord } from '#context/inventory'
import { decimalOf, type Money } from '#platform/money'

import type { JsonLd } from '../contract.ts'
import { termsOf } from './availability.ts'

export interface StructuredProduct {
  readonly name: string
  readonly description: string
  readonly url: string
  readonly sku: string
  readonly images: readonly string[]
  readonly brand: string | undefined
  readonly rating: { readonly count: number; readonly average: number | null }
  readonly offers: readonly {
    readonly sku: string
    readonly price: Money
    readonly word: AvailabilityWord | undefined
  }[]
  /** From the shop to the product's category. */
  readonly trail: readonly { readonly name: string; readonly url: string }[]
}

const SCHEMA = 'https://schema.org'

/**
 * A product page as schema.org says it, in the form Google asks for: Product with Offer or
 * AggregateOffer, AggregateRating only where there are reviews, and BreadcrumbList.
 */
export function structured(product: StructuredProduct): readonly JsonLd[] {
  const { name, description, url, sku, images, brand, rating, trail } = product
  return [
    {
      '@context': SCHEMA,
      '@type': 'Product',
      '@id': `${url}#product`,
      name,
      ...(description === '' ? {} : { description }),
      sku,
      url,
      ...(images.length === 0 ? {} : { image: images }),
      ...(brand === undefined ? {} : { brand: { '@type': 'Brand', name: brand } }),
      ...(rating.average === null
        ? {}
        : {
            aggregateRating: {
              '@type': 'AggregateRating',
              ratingValue: Math.round(rating.average * 100) / 100,
              reviewCount: rating.count,
              bestRating: 5,
              worstRating: 1,
            },
          }),
      ...offersOf(product),
    },
    {
      '@context': SCHEMA,
      '@type': 'BreadcrumbList',
      itemListElement: [...trail, { name, url }].map((step, n) => ({
        '@type': 'ListItem',
        position: n + 1,
        name: step.name,
        item: step.url,
      })),
    },
  ]
}

function offersOf({ offers, url }: StructuredProduct): JsonLd {
  const each = offers.map(({ sku, price, word }) => ({
    '@type': 'Offer',
    sku,
    url,
    price: decimalOf(price),
    priceCurrency: price.currency,
    availability: termsOf(word).schema,
    itemCondition: `${SCHEMA}/NewCondition`,
  }))
  const [first] = offers
  if (first === undefined) return {}
  if (offers.length === 1) return { offers: each[0] }
  const amounts = offers.map(({ price }) => price.amount)
  const { currency } = first.price
  return {
    offers: {
      '@type': 'AggregateOffer',
      priceCurrency: currency,
      lowPrice: decimalOf({ amount: Math.min(...amounts), currency }),
      highPrice: decimalOf({ amount: Math.max(...amounts), currency }),
      offerCount: offers.length,
      offers: each,
    },
  }
}
