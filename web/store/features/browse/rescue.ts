import type { Api } from '../../lib/api.ts'
import type { CardProduct } from '../../lib/product-card.tsx'

/** What helps somebody who found nothing. */
export interface Rescue {
  readonly words: readonly string[]
  readonly categories: readonly { readonly slug: string; readonly name: string }[]
  readonly newest: readonly CardProduct[]
}

const WORDS = 6
const NEWEST = 8

/** Nothing of it is needed: what cannot be had is left out. */
export async function rescueOf(api: Api, text: string, lang: string): Promise<Rescue> {
  const [newest, similar] = await Promise.all([
    api.GET('/api/v1/products', { params: { query: { lang, limit: NEWEST, inStock: true } } }),
    text === ''
      ? undefined
      : api.GET('/api/v1/search/suggest', { params: { query: { lang, q: text, limit: WORDS } } }),
  ])
  const suggested = similar?.data?.items ?? []
  return {
    words: suggested.flatMap(({ kind, text: word }) => (kind === 'word' ? [word] : [])),
    categories: suggested.flatMap(({ kind, text: name, slug }) =>
      kind === 'category' && slug !== null ? [{ slug, name }] : [],
    ),
    newest: (newest.data?.items ?? []).map(
      ({ id, slug, name, priceFrom, priceTo, picture, availability }) => ({
        id,
        slug,
        name,
        priceFrom,
        priceTo,
        picture,
        availability,
      }),
    ),
  }
}
