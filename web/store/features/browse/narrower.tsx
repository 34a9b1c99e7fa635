import { Link } from '../../../kit/link.tsx'
import { type Category } from '../../lib/shop.ts'
import { useBrowseTexts } from '../../lib/texts/browse.ts'
import { wayTo } from '../../lib/way-to.ts'
import { having, linkOf, without } from './address.ts'
import type { Counts } from './list.ts'
import type { ListAddress } from './use-address.ts'

/** Where in the tree of categories a list may go on. */
export interface Places {
  /** From the root to the chosen one. */
  readonly way: readonly Category[]
  readonly below: readonly (Category & { readonly count: number })[]
}

/** Below the chosen category, or at the top: those that have something of this list. */
export function placesOf(
  chosen: string | null,
  categories: readonly Category[],
  counts: Counts,
): Places {
  const way = wayTo(chosen, categories)
  const parent = way.at(-1)?.slug ?? null
  return {
    way,
    below: categories.flatMap((category) => {
      const count = counts.get(category.slug) ?? 0
      return category.parent === parent && count > 0 ? [{ ...category, count }] : []
    }),
  }
}

/** Categories as a facet: one way down at a time, and back. */
export function Narrower({
  places: { way, below },
  address: { path, params },
}: {
  readonly places: Places
  readonly address: ListAddress
}) {
  const browse = useBrowseTexts()
  if (way.length + below.length < 2) return null
  const rows = [
    ...way.map(({ slug, name }) => ({ slug, name, count: undefined })),
    ...below.map(({ slug, name, count }) => ({ slug, name, count })),
  ]
  return (
    <nav aria-label={browse.category} className="pb-3">
      <p aria-hidden="true" className="flex min-h-12 items-center font-semibold">
        {browse.category}
      </p>
      <ul className="text-sm">
        {way.length === 0 ? null : (
          <li>
            <Link
              to={linkOf(path, without(params, 'category'))}
              preventScrollReset
              className={`${ROW} text-muted`}
            >
              {browse.allCategories}
            </Link>
          </li>
        )}
        {rows.map(({ slug, name, count }) => (
          <li key={slug} className={count === undefined || way.length === 0 ? '' : 'pl-4'}>
            <Link
              to={linkOf(path, having(params, 'category', slug))}
              preventScrollReset
              aria-current={slug === way.at(-1)?.slug ? 'true' : undefined}
              className={`${ROW} aria-[current]:font-semibold`}
            >
              <span className="min-w-0">{name}</span>
              <span className="ml-auto text-muted tabular-nums">{count}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

const ROW = 'flex min-h-11 items-center gap-3 hover:text-accent lg:pointer-fine:min-h-9'
