import type { Route } from './+types/brand-page.ts'
import { apiOf, categoriesOf, found } from '../../lib/api.ts'
import { breadcrumbData, Breadcrumbs } from '../../lib/breadcrumbs.tsx'
import { usePaths } from '../../lib/shop.ts'
import { browseTextsOf, useBrowseTexts } from '../../lib/texts/browse.ts'
import { pathsFor } from '../../paths.ts'
import { visitContext } from '../../visit.ts'
import { listHead } from './list-head.ts'
import { listOf } from './list.ts'
import { ListView } from './list-view.tsx'
import { Narrower, placesOf } from './narrower.tsx'

/** What the API gives at once. */
const MOST_BRANDS = 1000

export const handle = { isShared: true }

export async function loader({ params, context, request }: Route.LoaderArgs) {
  const { language } = context.get(visitContext)
  const api = apiOf(context)
  const url = new URL(request.url)
  const query = { lang: language, limit: MOST_BRANDS }
  const [brands, tree, { list, counts }] = await Promise.all([
    api.GET('/api/v1/brands', { params: { query } }),
    categoriesOf(api, language),
    listOf(context, url, { brand: params.brand }),
  ])
  const brand = found(brands).items.find(({ slug }) => slug === params.brand)
  if (brand === undefined) throw new Response(null, { status: 404 })
  const chosen = url.searchParams.get('category')
  return { brand, list, places: placesOf(chosen, tree, counts) }
}

export const meta: Route.MetaFunction = ({ matches, loaderData, location }) => {
  const here = matches[0].loaderData
  if (here === undefined || loaderData === undefined) return []
  const browse = browseTextsOf(here.language)
  const { brand, list } = loaderData
  const paths = pathsFor(here.language, here.languages[0] ?? here.language)
  return [
    ...listHead(here, list, {
      search: location.search,
      title: browse.title(brand.name, here.shop.name),
      description: brand.story || browse.description(brand.name, here.shop.name, list.total),
      path: (each) => each.brand(brand.slug),
    }),
    breadcrumbData([{ name: brand.name, path: paths.brand(brand.slug) }], {
      origin: here.origin,
      home: paths.home(),
      name: browse.home,
    }),
  ]
}

export default function BrandPage({ loaderData: { brand, list, places } }: Route.ComponentProps) {
  const paths = usePaths()
  const browse = useBrowseTexts()
  return (
    <main id="content" className="mx-auto w-full max-w-7xl flex-1 px-4 pt-3">
      <Breadcrumbs crumbs={[{ name: brand.name, path: paths.brand(brand.slug) }]} />
      <h1 className="mt-1 text-3xl font-bold sm:text-4xl">{brand.name}</h1>
      {brand.story === '' ? null : (
        <p className="mt-2 max-w-prose text-lg text-pretty text-muted">{brand.story}</p>
      )}
      <div className="mt-6">
        <ListView
          key={brand.slug}
          list={list}
          category={places.way.at(-1)?.name}
          narrower={(address) => <Narrower places={places} address={address} />}
          whenEmpty={<p className="py-16 text-center text-lg text-muted">{browse.nothingHere}</p>}
        />
      </div>
    </main>
  )
}
