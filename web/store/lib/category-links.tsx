import { Link } from '../../kit/link.tsx'
import { usePaths, type Place } from './shop.ts'

/** Ways on from where there is nothing. */
export function CategoryLinks({ categories }: { readonly categories: readonly Place[] }) {
  const paths = usePaths()
  return (
    <ul className="flex flex-wrap justify-center gap-2">
      {categories.map(({ slug, name }) => (
        <li key={slug}>
          <Link to={paths.category(slug)} className="button-quiet border border-line">
            {name}
          </Link>
        </li>
      ))}
    </ul>
  )
}
