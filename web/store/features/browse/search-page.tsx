import type { Route } from './+types/search-page.ts'
import { apiOf, categoriesOf } from '../../lib/api.ts'
import { visitContext } from '../../visit.ts'
import { filtersIn, linkOf, tidied } from './address.ts'
import { listHead } from './list-head.ts'
import { listOf } from './list.ts'
import { ListView } from './list-view.tsx'
import { Narrower, placesOf } from './narrower.tsx'
import { NothingFound } from './nothing-found.tsx'
import { rescueOf } from './rescue.ts'
import { browseTextsOf } from '../../lib/texts/browse.ts'
import { searchTextsOf, useSearchTexts } from '../../lib/texts/search.ts'

export const handle = { isShared: true }

export async function loader({ context, request }: Route.LoaderArgs) {
  const { language } = context.get(visitContext)
  const api = apiOf(context)
  const url = new URL(request.url)
  const text = (url.searchParams.get('q') ?? '').trim()
  const [items, { list, counts }] = await Promise.all([
    categoriesOf(api, language),
    listOf(context, url),
  ])
  const isEmpty = list.total === 0 && filtersIn(url.searchParams).length === 0
  return {
    text,
    list,
    places: placesOf(url.searchParams.get('category'), items, counts),
    // What only filters have emptied is helped by taking them back.
    rescue: isEmpty ? await rescueOf(context, text) : null,
  }
}

export const meta: Route.MetaFunction = ({ matches, loaderData, location }) => {
  const here = matches[0].loaderData
  if (here === undefined || loaderData === undefined) return []
  const search = searchTextsOf(here.language)
  const browse = browseTextsOf(here.language)
  const { text, list } = loaderData
  const { name } = here.shop
  const query = tidied(new URLSearchParams(location.search))
  return listHead(here, list, {
    search: `?${query.toString() || 'q='}`,
    title: text === '' ? browse.title(search.all, name) : search.title(text, name),
    description: search.description(name),
    path: (paths) => linkOf(paths.search(), new URLSearchParams(text === '' ? [] : [['q', text]])),
  })
}

export default function SearchPage({ loaderData }: Route.ComponentProps) {
  const { text, list, places, rescue } = loaderData
  const search = useSearchTexts()
  const isChanged = list.searchedFor !== null
  return (
    <main id="content" className="mx-auto w-full max-w-7xl flex-1 px-4 pt-6">
      {rescue === null ? (
        <div className="mb-5">
          <h1 className="text-2xl font-bold break-words sm:text-3xl">
            {text === ''
              ? search.all
              : isChanged
                ? search.insteadOf(list.searchedFor ?? '')
                : search.results(text)}
          </h1>
          <p className="mt-1 text-muted empty:hidden">
            {[
              isChanged ? search.typed(text) : '',
              list.isPartly ? search.missing : '',
              list.isCut ? search.cut : '',
            ]
              .filter((line) => line !== '')
              .join(' ')}
          </p>
        </div>
      ) : null}
      <ListView
        key={text}
        list={list}
        category={places.way.at(-1)?.name}
        narrower={(address) => <Narrower places={places} address={address} />}
        whenEmpty={<NothingFound text={text} rescue={rescue} />}
      />
    </main>
  )
}
