import type { MetaDescriptor } from 'react-router'

import type { Here, Place, ShopHere } from '../../lib/shop.ts'
import { pathsFor } from '../../paths.ts'
import type { PageProduct } from './product.ts'
import { structured, type StructuredParts } from './structured.ts'

/** What the head of a page says of where it is. */
type HeadPlace = Pick<Here, 'language' | 'languages' | 'origin'> & {
  readonly shop: Pick<ShopHere, 'name' | 'currency'>
  /** From the root to the category of the product. */
  readonly way: readonly Place[]
}

/** What search machines and link previews show of a text. */
const MOST_DESCRIPTION = 200

/** The head of a product's page: for search machines, for link previews, in every language. */
export function headOf(
  { shop, language, languages, origin, way }: HeadPlace,
  product: PageProduct,
  { rating, termOf }: Pick<StructuredParts, 'rating' | 'termOf'>,
): readonly MetaDescriptor[] {
  const first = languages[0] ?? language
  const { name, slug, seo, pictures } = product
  const title = seo.title === '' ? `${name} – ${shop.name}` : seo.title
  const description = seo.description === '' ? shortened(product.description) : seo.description
  const addressIn = (each: string): string => `${origin}${pathsFor(each, first).product(slug)}`
  const url = addressIn(language)
  const paths = pathsFor(language, first)
  const trail = [
    { name: shop.name, url: `${origin}${paths.home()}` },
    ...way.map((each) => ({
      name: each.name,
      url: `${origin}${paths.category(each.slug)}`,
    })),
  ]
  return [
    { title },
    { name: 'description', content: description || name },
    { tagName: 'link', rel: 'canonical', href: url },
    ...languages.map((each) => alternate(each, addressIn(each))),
    alternate('x-default', addressIn(first)),
    { property: 'og:type', content: 'product' },
    { property: 'og:site_name', content: shop.name },
    { property: 'og:locale', content: language },
    { property: 'og:title', content: title },
    { property: 'og:description', content: description || name },
    { property: 'og:url', content: url },
    ...pictures.slice(0, 1).map(({ asset }) => ({
      property: 'og:image',
      content: `${origin}/media/${asset}/960.jpeg`,
    })),
    { name: 'twitter:card', content: 'summary_large_image' },
    ...structured({ product, rating, url, origin, trail, termOf }).map((each) => ({
      'script:ld+json': each,
    })),
  ] as MetaDescriptor[]
}

function alternate(hrefLang: string, href: string): MetaDescriptor {
  return { tagName: 'link', rel: 'alternate', hrefLang, href }
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  if (line.length <= MOST_DESCRIPTION) return line
  return `${line.slice(0, MOST_DESCRIPTION).replace(/\s+\S*$/u, '')}…`
}
