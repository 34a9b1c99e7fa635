import { Link } from '../../../kit/link.tsx'
import { Picture } from '../../lib/picture.tsx'
import { usePaths } from '../../lib/shop.ts'
import { useHomeTexts } from '../../lib/texts/home.ts'

/** The shop's categories at the top, as things one recognizes. */
export function CategoryTiles({
  tiles,
}: {
  readonly tiles: readonly {
    readonly slug: string
    readonly name: string
    readonly picture: string | null
  }[]
}) {
  const home = useHomeTexts()
  const paths = usePaths()
  if (tiles.length === 0) return null
  return (
    <section className="pt-10">
      <h2 className="mb-5 text-2xl font-bold">{home.categories}</h2>
      <ul className="grid grid-cols-3 gap-3 sm:grid-cols-4 sm:gap-4 lg:grid-cols-6">
        {tiles.map(({ slug, name, picture }) => (
          <li key={slug}>
            <Link
              to={paths.category(slug)}
              className="group flex h-full flex-col overflow-hidden rounded-card border border-line bg-card text-sm font-semibold transition hover:border-accent hover:text-accent"
            >
              <Picture asset={picture} sizes="(min-width: 1024px) 200px, 33vw" />
              <span className="flex flex-1 items-center justify-center px-2 py-3 text-center leading-snug hyphens-auto">
                {name}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
