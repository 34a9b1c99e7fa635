import type { ReactNode } from 'react'

import { Link } from '../../kit/link.tsx'
import { CategoryLinks } from './category-links.tsx'
import { useHere, usePaths } from './shop.ts'

const MOST_CATEGORIES = 6

/** A list of one's own in which there is nothing yet, and the ways to what there is. */
export function EmptyList({
  sign,
  texts: { empty, emptyMore, toShop },
  children,
}: {
  readonly sign: ReactNode
  readonly texts: { readonly empty: string; readonly emptyMore: string; readonly toShop: string }
  /** What else may be of use. */
  readonly children?: ReactNode
}) {
  const { categories } = useHere()
  const paths = usePaths()
  return (
    <div className="mx-auto flex max-w-xl flex-col items-center gap-5 py-16 text-center">
      {sign}
      <p className="text-2xl font-bold">{empty}</p>
      <p className="text-muted">{emptyMore}</p>
      <Link to={paths.home()} className="button">
        {toShop}
      </Link>
      <CategoryLinks categories={categories.slice(0, MOST_CATEGORIES)} />
      {children}
    </div>
  )
}
