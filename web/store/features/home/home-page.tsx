import type { Route } from './+types/home-page.ts'
import { apiOf, found } from '../../lib/api.ts'
import { ProductShelf } from '../../lib/product-shelf.tsx'
import { useHere, useTexts } from '../../lib/shop.ts'
import { textsOf } from '../../texts/index.ts'
import { visitContext } from '../../visit.ts'

export const handle = { isShared: true }

const ON_A_SHELF = 12

export async function loader({ context }: Route.LoaderArgs) {
  const { language: lang } = context.get(visitContext)
  const api = apiOf(context)
  const shelf = (sort: 'newest' | 'price-up') =>
    api.GET('/api/v1/products', {
      params: { query: { lang, sort, limit: ON_A_SHELF, inStock: true } },
    })
  const [newest, cheapest] = await Promise.all([shelf('newest'), shelf('price-up')])
  return { newest: found(newest).items, cheapest: found(cheapest).items }
}

export const meta: Route.MetaFunction = ({ matches }) => {
  const here = matches[0].loaderData
  if (here === undefined) return []
  const { home } = textsOf(here.language)
  return [
    { title: home.title(here.shop.name) },
    { name: 'description', content: home.description(here.shop.name) },
  ]
}

export default function HomePage({ loaderData: { newest, cheapest } }: Route.ComponentProps) {
  const { shop } = useHere()
  const { home } = useTexts()
  return (
    <main id="content" className="mx-auto w-full max-w-7xl flex-1 px-4">
      <h1 className="sr-only">{shop.name}</h1>
      <ProductShelf title={home.newest} products={newest} isFirst />
      <ProductShelf title={home.cheapest} products={cheapest} />
    </main>
  )
}
