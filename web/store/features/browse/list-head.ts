import type { MetaDescriptor } from 'react-router'

import { headOf, link, type Head } from '../../lib/head.ts'
import type { Here } from '../../lib/shop.ts'
import { pathsFor } from '../../paths.ts'
import { following, linkOf } from './address.ts'
import type { List } from './list.ts'

/** What a list says of itself: each of its pages is one of its own, but what filters leave is not. */
export function listHead(
  here: Here,
  { after, next, items, total }: List,
  { search, ...head }: Omit<Head, 'isIndexed' | 'picture'> & { readonly search: string },
): MetaDescriptor[] {
  const params = new URLSearchParams(search)
  const isPlain = [...params.keys()].every((name) => name === 'after')
  const { language, languages, origin } = here
  const path = head.path(pathsFor(language, languages[0] ?? language))
  return [
    ...headOf(here, {
      ...head,
      isIndexed: isPlain && total > 0,
      query: isPlain && after !== null ? `?${new URLSearchParams({ after }).toString()}` : '',
      picture: items[0]?.picture ?? null,
    }),
    ...(next === null ? [] : [link('next', origin + linkOf(path, following(params, next)))]),
  ]
}
