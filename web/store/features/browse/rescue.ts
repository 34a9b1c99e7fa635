import type { RouterContextProvider } from 'react-router'

import { apiOf } from '../../lib/api.ts'
import { listedCards } from '../../lib/cards.ts'
import type { CardProduct } from '../../lib/product-card.tsx'
import { visitContext } from '../../visit.ts'

/** What helps somebody who found nothing. */
export interface Rescue {
  readonly words: readonly string[]
  readonly categories: readonly { readonly slug: string; readonly name: string }[]
  readonly newest: readonly CardProduct[]
}

const WORDS = 6
const NEWEST = 8

/** Nothing of it is needed: what cannot be had is left out. */
export async function rescueOf(
  context: Readonly<RouterContextProvider>,
  text: string,
): Promise<Rescue> {
  const { language: lang } = context.get(visitContext)
  const api = apiOf(context)
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
    newest: await listedCards(context, newest.data?.items ?? []),
  }
}
