import type { Route } from './+types/home-page.ts'
import { type Api, apiOf, categoriesOf, found } from '../../lib/api.ts'
import { listedCards } from '../../lib/cards.ts'
import { headOf } from '../../lib/head.ts'
import type { CardProduct } from '../../lib/product-card.tsx'
import { ProductShelf } from '../../lib/product-shelf.tsx'
import { usePaths } from '../../lib/shop.ts'
import { homeTextsOf, useHomeTexts } from '../../lib/texts/home.ts'
import { visitContext } from '../../visit.ts'
import { Brands } from './brands.tsx'
import { CategoryTiles } from './category-tiles.tsx'
import { Hero } from './hero.tsx'

export const handle = { isShared: true }

/** Whole rows of two, three and four, after those of the hero. */
const ON_A_SHELF = 8
const IN_HERO = 3
/** More are found in the header. */
const MOST_TILES = 12
const MOST_BRANDS = 24

export async function loader({ context }: Route.LoaderArgs) {
  const { language: lang } = context.get(visitContext)
  const api = apiOf(context)
  const [newest, cheapest, total, brands, tiles] = await Promise.all([
    shelf(context, { sort: 'newest', limit: ON_A_SHELF + IN_HERO }),
    shelf(context, { sort: 'price-up', limit: ON_A_SHELF }),
    api.GET('/api/v1/search', { params: { query: { lang, limit: 1, personal: false } } }),
    api.GET('/api/v1/brands', { params: { query: { lang } } }),
    tilesOf(api, lang),
  ])
  const isShown = newest.length > IN_HERO
  return {
    hero: isShown ? newest.slice(0, IN_HERO) : newest,
    newest: isShown ? newest.slice(IN_HERO) : [],
    cheapest,
    total: found(total).total.count,
    brands: found(brands)
      .items.slice(0, MOST_BRANDS)
      .map(({ slug, name }) => ({ slug, name })),
    tiles,
  }
}

async function shelf(
  context: Route.LoaderArgs['context'],
  query: { readonly sort: 'newest' | 'price-up'; readonly limit: number },
): Promise<readonly CardProduct[]> {
  const { language: lang } = context.get(visitContext)
  const answer = await apiOf(context).GET('/api/v1/products', {
    params: { query: { ...query, lang, inStock: true } },
  })
  return listedCards(context, found(answer).items)
}

/** Categories at the top, each with the picture of its finest thing; without any they are no way to go. */
async function tilesOf(api: Api, lang: string) {
  const categories = await categoriesOf(api, lang)
  const top = categories.filter(({ parent }) => parent === null)
  const tiles = await Promise.all(
    top.slice(0, MOST_TILES).map(async ({ slug, name }) => {
      const query = { category: slug, sort: 'price-down', limit: 1, inStock: true, lang } as const
      const { data } = await api.GET('/api/v1/products', { params: { query } })
      const [finest] = data?.items ?? []
      return finest === undefined ? [] : [{ slug, name, picture: finest.picture }]
    }),
  )
  return tiles.flat()
}

export const meta: Route.MetaFunction = ({ matches, loaderData }) => {
  const here = matches[0].loaderData
  if (here === undefined) return []
  const home = homeTextsOf(here.language)
  return headOf(here, {
    title: home.title(here.shop.name),
    description: home.description(here.shop.name),
    path: (paths) => paths.home(),
    isIndexed: true,
    picture: loaderData?.hero[0]?.picture ?? null,
  })
}

export default function HomePage({ loaderData }: Route.ComponentProps) {
  const { hero, newest, cheapest, total, brands, tiles } = loaderData
  const home = useHomeTexts()
  const paths = usePaths()
  return (
    <main id="content" className="mx-auto w-full max-w-7xl flex-1 px-4">
      <Hero products={hero} total={total} />
      <CategoryTiles tiles={tiles} />
      <ProductShelf
        title={home.newest}
        products={newest}
        more={{ text: home.all, path: `${paths.search()}?sort=newest` }}
      />
      <ProductShelf
        title={home.cheapest}
        products={cheapest}
        more={{ text: home.all, path: `${paths.search()}?sort=price-up` }}
      />
      <Brands brands={brands} />
    </main>
  )
}
