import { Link } from '../../../kit/link.tsx'
import { usePaths } from '../../lib/shop.ts'
import { useHomeTexts } from '../../lib/texts/home.ts'

/** Everybody whose things the shop sells, by name. */
export function Brands({
  brands,
}: {
  readonly brands: readonly { readonly slug: string; readonly name: string }[]
}) {
  const home = useHomeTexts()
  const paths = usePaths()
  if (brands.length === 0) return null
  return (
    <section className="py-8">
      <h2 className="mb-5 text-2xl font-bold">{home.brands}</h2>
      <ul className="grid grid-cols-2 gap-3 sm:grid-cols-4 lg:grid-cols-6">
        {brands.map(({ slug, name }) => (
          <li key={slug}>
            <Link
              to={paths.brand(slug)}
              className="flex min-h-16 items-center justify-center rounded-card border border-line bg-card px-3 text-center text-lg font-bold tracking-tight transition hover:border-accent hover:text-accent"
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
