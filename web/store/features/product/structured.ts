import type { Money } from '../../lib/format.ts'
import { digitsOf } from '../../lib/format.ts'
import type { Availability, PageProduct } from './product.ts'

const SCHEMA = 'https://schema.org'

export interface StructuredParts {
  readonly product: PageProduct
  readonly rating: { readonly count: number; readonly average: number | null }
  readonly url: string
  readonly origin: string
  /** What schema.org calls an availability. */
  readonly termOf: (word: Availability) => string
  /** From the shop to the product's category. */
  readonly trail: readonly { readonly name: string; readonly url: string }[]
}

/** A page as schema.org says it, in the form that search machines ask for: a product, and where it stands. */
export function structured(parts: StructuredParts): readonly object[] {
  const { product, rating, url, origin, trail } = parts
  const { name, description, brand, pictures } = product
  return [
    {
      '@context': SCHEMA,
      '@type': 'Product',
      '@id': `${url}#product`,
      name,
      ...(description === '' ? {} : { description }),
      sku: product.variants[0]?.sku,
      url,
      image: pictures.map(({ asset }) => `${origin}/media/${asset}/960.jpeg`),
      ...(brand === null ? {} : { brand: { '@type': 'Brand', name: brand.name } }),
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
      offers: offersOf(parts),
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

function offersOf({ product: { variants }, url, termOf }: StructuredParts): object {
  const offers = variants.map(({ sku, price, availability }) => ({
    '@type': 'Offer',
    sku,
    url: variants.length === 1 ? url : `${url}?sku=${encodeURIComponent(sku)}`,
    price: units(price),
    priceCurrency: price.currency,
    availability: termOf(availability),
    itemCondition: `${SCHEMA}/NewCondition`,
  }))
  const [first] = variants
  if (first === undefined || offers.length === 1) return { ...offers[0] }
  const amounts = variants.map(({ price }) => price.amount)
  const { currency } = first.price
  return {
    '@type': 'AggregateOffer',
    priceCurrency: currency,
    lowPrice: units({ amount: Math.min(...amounts), currency }),
    highPrice: units({ amount: Math.max(...amounts), currency }),
    offerCount: offers.length,
    offers,
  }
}

/** `1299.00`: what machines read has a point and every digit of the currency. */
function units({ amount, currency }: Money): string {
  const digits = digitsOf(currency)
  return (amount / 10 ** digits).toFixed(digits)
}
