import { redirect, useLocation } from 'react-router'

import type { Route } from './+types/category-page.ts'
import { Link } from '../../../kit/link.tsx'
import { apiOf, categoriesOf } from '../../lib/api.ts'
import { breadcrumbData, Breadcrumbs, crumbsOf } from '../../lib/breadcrumbs.tsx'
import { CategoryLinks } from '../../lib/category-links.tsx'
import { pathsOf } from '../../lib/paths-of.ts'
import { useHere, usePaths, type Category, type Place } from '../../lib/shop.ts'
import { browseTextsOf, useBrowseTexts } from '../../lib/texts/browse.ts'
import { wayTo } from '../../lib/way-to.ts'
import { pathsFor } from '../../paths.ts'
import { visitContext } from '../../visit.ts'
import { filtersIn } from './address.ts'
import { listHead } from './list-head.ts'
import { listOf } from './list.ts'
import { ListView } from './list-view.tsx'

export const handle = { isShared: true }

export async function loader({ params: { category }, context, request }: Route.LoaderArgs) {
  const { language } = context.get(visitContext)
  const api = apiOf(context)
  const [items, { list, counts }] = await Promise.all([
    categoriesOf(api, language),
    listOf(context, new URL(request.url), { category }),
  ])
  const way = wayTo(category, items)
  if (way.length === 0) return leaveFrom(category, context, new URL(request.url))
  const children = items.filter(({ parent }) => parent === category)
  return {
    way,
    children: children.map((each) => ({ ...each, count: counts.get(each.slug) })),
    list,
    // Where there is nothing, what is beside it helps on.
    beside: list.items.length > 0 || children.length > 0 ? [] : besides(way, items),
  }
}

/** The category above and what else it has; nothing for one at the top. */
function besides(way: readonly Category[], all: readonly Category[]): Place[] {
  const parent = way.at(-2)
  if (parent === undefined) return []
  return [parent, ...all.filter((each) => each.parent === parent.slug)]
}

/** A category that is not there: to the one that stands for it, for good, or nowhere. */
async function leaveFrom(
  slug: string,
  context: Route.LoaderArgs['context'],
  { search }: URL,
): Promise<never> {
  const { response } = await apiOf(context).GET('/api/v1/categories/{slug}', {
    params: { path: { slug } },
  })
  const [, now] = /\/categories\/([^/?]+)/.exec(response.headers.get('location') ?? '') ?? []
  if (now !== undefined) throw redirect(pathsOf(context).category(now) + search, 301)
  throw new Response(null, { status: response.status === 410 ? 410 : 404 })
}

export const meta: Route.MetaFunction = ({ matches, loaderData, location }) => {
  const here = matches[0].loaderData
  const category = loaderData?.way.at(-1)
  if (here === undefined || loaderData === undefined || category === undefined) return []
  const browse = browseTextsOf(here.language)
  const { slug, name } = category
  const paths = pathsFor(here.language, here.languages[0] ?? here.language)
  return [
    ...listHead(here, loaderData.list, {
      search: location.search,
      title: browse.title(name, here.shop.name),
      description: browse.description(name, here.shop.name, loaderData.list.total),
      path: (each) => each.category(slug),
    }),
    breadcrumbData(crumbsOf(loaderData.way, paths), {
      origin: here.origin,
      home: paths.home(),
      name: browse.home,
    }),
  ]
}

export default function CategoryPage({ loaderData }: Route.ComponentProps) {
  const { way, children, list, beside } = loaderData
  const paths = usePaths()
  const { search } = useLocation()
  // Its links lead to all that is there, so what filters leave of it would be the wrong number.
  const isWhole = filtersIn(new URLSearchParams(search)).length === 0
  const last = way.at(-1)
  return (
    <main id="content" className="mx-auto w-full max-w-7xl flex-1 px-4 pt-3">
      <Breadcrumbs crumbs={crumbsOf(way, paths)} />
      <h1 className="mt-1 mb-4 text-3xl font-bold text-balance sm:text-4xl">{last?.name}</h1>
      <Subcategories categories={children} isCounted={isWhole} />
      <ListView key={last?.slug} list={list} whenEmpty={<NothingHere beside={beside} />} />
    </main>
  )
}

/** Narrower categories; a category in which there is nothing now is not a way to anywhere. */
function Subcategories({
  categories,
  isCounted,
}: {
  readonly categories: readonly (Place & { readonly count: number | undefined })[]
  readonly isCounted: boolean
}) {
  const browse = useBrowseTexts()
  const paths = usePaths()
  if (categories.length === 0) return null
  return (
    <nav
      aria-label={browse.subcategories}
      className="-mx-4 mb-6 overflow-x-auto px-4 sm:mx-0 sm:px-0"
    >
      <ul className="flex gap-2 py-1 sm:flex-wrap">
        {categories.map(({ slug, name, count }) => (
          <li key={slug}>
            <Link
              to={paths.category(slug)}
              className="flex min-h-11 items-center gap-2 rounded-full border border-line bg-card px-4 text-sm font-medium whitespace-nowrap hover:border-accent hover:text-accent"
            >
              {name}
              {isCounted && count !== undefined ? (
                <span className="text-muted tabular-nums">{count}</span>
              ) : null}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function NothingHere({ beside }: { readonly beside: readonly Place[] }) {
  const browse = useBrowseTexts()
  const { categories } = useHere()
  const others = beside.length > 0 ? beside : categories
  return (
    <div className="rounded-card border border-dashed border-line px-6 py-16 text-center">
      <h2 className="text-xl font-bold">{browse.nothingHere}</h2>
      <p className="mt-2 text-muted">{browse.nothingHereMore}</p>
      <div className="mt-6">
        <CategoryLinks categories={others} />
      </div>
    </div>
  )
}
