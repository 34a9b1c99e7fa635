import type { Origin } from '../contract.ts'

/**
 * Addresses of the pages people see. The shop's first language has no prefix, so that what is linked
 * most is shortest; every other one has its own.
 */
export interface Addresses {
  home(language: string): string
  product(slug: string, language: string): string
  category(slug: string, language: string): string
  brand(slug: string, language: string): string
}

export function addressesOf(origin: Origin, languages: readonly string[]): Addresses {
  const at = (language: string, path: string): string =>
    `${origin}${language === languages[0] || language === '' ? '' : `/${language}`}${path}`
  return {
    home: (language) => at(language, '/'),
    product: (slug, language) => at(language, `/p/${encodeURIComponent(slug)}`),
    category: (slug, language) => at(language, `/c/${encodeURIComponent(slug)}`),
    brand: (slug, language) => at(language, `/b/${encodeURIComponent(slug)}`),
  }
}
