import { Link } from '../../../kit/link.tsx'
import { ProductShelf } from '../../lib/product-shelf.tsx'
import { useHere, usePaths } from '../../lib/shop.ts'
import { useSearchTexts } from '../../lib/texts/search.ts'
import type { Rescue } from './rescue.ts'

/** A search that found nothing, and where to go from there. */
export function NothingFound({
  text,
  rescue,
}: {
  readonly text: string
  readonly rescue: Rescue | null
}) {
  const search = useSearchTexts()
  const paths = usePaths()
  const { categories } = useHere()
  const { words = [], newest = [] } = rescue ?? {}
  const near = rescue?.categories ?? []
  const places = near.length > 0 ? near : categories
  return (
    <>
      <div className="rounded-card border border-line bg-card p-6 sm:p-10">
        <h1 className="text-2xl font-bold break-words sm:text-3xl">{search.nothing(text)}</h1>
        <p className="mt-2 text-muted">{search.nothingMore}</p>
        {words.length === 0 ? null : (
          <Links
            title={search.similar}
            links={words.map((word) => ({ name: word, path: paths.search(word) }))}
          />
        )}
        <Links
          title={search.categories}
          links={places.map(({ slug, name }) => ({ name, path: paths.category(slug) }))}
        />
      </div>
      {newest.length === 0 ? null : <ProductShelf title={search.newest} products={newest} />}
    </>
  )
}

function Links({
  title,
  links,
}: {
  readonly title: string
  readonly links: readonly { readonly name: string; readonly path: string }[]
}) {
  return (
    <section className="mt-6">
      <h2 className="mb-3 font-semibold">{title}</h2>
      <ul className="flex flex-wrap gap-2">
        {links.map(({ name, path }) => (
          <li key={path}>
            <Link
              to={path}
              className="flex min-h-11 items-center rounded-full border border-line px-4 text-sm font-medium hover:border-accent hover:text-accent"
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
