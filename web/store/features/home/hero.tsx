import { Link } from '../../../kit/link.tsx'
import { Picture } from '../../lib/picture.tsx'
import type { CardProduct } from '../../lib/product-card.tsx'
import { useHere, usePaths } from '../../lib/shop.ts'
import { useBrowseTexts } from '../../lib/texts/browse.ts'
import { useHomeTexts } from '../../lib/texts/home.ts'

/** What the shop is, in a sentence and in its own pictures. */
export function Hero({
  products,
  total,
}: {
  readonly products: readonly CardProduct[]
  readonly total: number
}) {
  const { shop } = useHere()
  const paths = usePaths()
  const home = useHomeTexts()
  const browse = useBrowseTexts()
  return (
    <section className="mt-4 grid gap-8 rounded-card border border-line bg-card p-6 sm:p-10 lg:grid-cols-[1fr_1.1fr] lg:items-center">
      <div>
        <p className="font-semibold text-accent">{shop.name}</p>
        <h1 className="mt-2 text-3xl leading-tight font-black text-balance sm:text-4xl xl:text-5xl">
          {home.hero}
        </h1>
        <p className="mt-4 max-w-prose text-pretty text-muted sm:text-lg">
          {home.heroMore(browse.products(total))}
        </p>
        <p className="mt-6 flex flex-wrap gap-3">
          <Link to={`${paths.search()}?sort=newest`} className="button">
            {home.heroNewest}
          </Link>
          <Link to={paths.search()} className="button-quiet border border-line px-5">
            {home.heroAll}
          </Link>
        </p>
      </div>
      <ul className="grid grid-cols-3 gap-3 sm:gap-4 lg:grid-cols-[2fr_1fr] lg:grid-rows-2">
        {products.map(({ id, slug, name, picture }, place) => (
          <li key={id} className={place === 0 ? 'lg:row-span-2' : ''}>
            <Link
              to={paths.product(slug)}
              aria-label={name}
              className="block overflow-hidden rounded-card border border-line transition hover:border-accent"
            >
              <Picture
                asset={picture}
                sizes={
                  place === 0
                    ? '(min-width: 1024px) 400px, 33vw'
                    : '(min-width: 1024px) 200px, 33vw'
                }
                isAtOnce={place === 0}
              />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
