import type { MetaDescriptor } from 'react-router'

import { pathsFor, type Paths } from '../paths.ts'
import type { Here } from './shop.ts'

/** What search engines and those who share a page are told of it. */
export interface Head {
  readonly title: string
  readonly description: string
  /** Its address without what is chosen on it, in any language. */
  readonly path: (paths: Paths) => string
  /** Of what only looks different (a filter, an order) engines keep the plain one. */
  readonly isIndexed: boolean
  /** The part of the address that makes it another page: a place in a list. */
  readonly query?: string
  readonly picture?: string | null
}

/** Title, description, canonical address and the same page in the shop's other languages. */
export function headOf(
  { shop, language, languages, origin }: Here,
  { title, description, path, isIndexed, query = '', picture = null }: Head,
): MetaDescriptor[] {
  const [first = language] = languages
  const at = (tag: string) => origin + path(pathsFor(tag, first)) + query
  const canonical = at(language)
  const alternates = languages.map((tag) => link('alternate', at(tag), tag))
  return [
    { title },
    { name: 'description', content: description },
    { property: 'og:title', content: title },
    { property: 'og:description', content: description },
    { property: 'og:type', content: 'website' },
    { property: 'og:site_name', content: shop.name },
    { property: 'og:url', content: canonical },
    ...(picture === null
      ? []
      : [{ property: 'og:image', content: `${origin}/media/${picture}/960.webp` }]),
    ...(isIndexed
      ? [link('canonical', canonical), ...alternates, link('alternate', at(first), 'x-default')]
      : [link('canonical', canonical), { name: 'robots', content: 'noindex, follow' }]),
  ]
}

/** A link of the head; `hrefLang` of an alternate. */
export function link(rel: string, href: string, hrefLang?: string): MetaDescriptor {
  return { tagName: 'link', rel, href, ...(hrefLang === undefined ? {} : { hrefLang }) }
}
