import type { MetaDescriptor, RouterContextProvider } from 'react-router'

import { apiOf, categoriesOf } from '../../lib/api.ts'
import { listedCards } from '../../lib/cards.ts'
import type { CardProduct } from '../../lib/product-card.tsx'
import type { Category } from '../../lib/shop.ts'
import { goneTextsOf } from '../../lib/texts/gone.ts'
import { wayTo } from '../../lib/way-to.ts'
import { visitContext } from '../../visit.ts'

/** What was sold at an address once, and what there is instead of it. */
export interface GonePage {
  readonly gone: {
    readonly name: string
    readonly category: Category | null
    readonly products: readonly CardProduct[]
  }
  readonly head: readonly MetaDescriptor[]
}

/** One or two rows of them, whatever the width. */
const PRODUCTS = 8

/** Nothing of what is instead is needed: what cannot be had is left out. */
export async function goneOf(
  context: Readonly<RouterContextProvider>,
  said: unknown,
): Promise<GonePage> {
  const { language: lang, shop } = context.get(visitContext)
  const api = apiOf(context)
  const { name, category: slug } = said as {
    readonly name: string
    readonly category: string | null
  }
  const way = wayTo(slug, await categoriesOf(api, lang))
  const category = way.at(-1) ?? null
  const list = (where: { category?: string }) =>
    api.GET('/api/v1/products', {
      params: { query: { lang, limit: PRODUCTS, inStock: true, ...where } },
    })
  const near = category === null ? undefined : await list({ category: category.slug })
  // A category in which nothing is left is no help.
  const items = near?.data?.items.length ? near.data.items : ((await list({})).data?.items ?? [])
  const products = await listedCards(context, items)
  return {
    gone: { name, category, products },
    head: [
      { title: `${goneTextsOf(lang).title(name)} · ${shop.name}` },
      { name: 'robots', content: 'noindex' },
    ],
  }
}
