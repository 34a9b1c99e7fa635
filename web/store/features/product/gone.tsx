import { Link } from '../../../kit/link.tsx'

import { ProductShelf } from '../../lib/product-shelf.tsx'
import { usePaths, useTexts } from '../../lib/shop.ts'
import { useGoneTexts } from '../../lib/texts/gone.ts'
import type { GonePage } from './load-gone.ts'

/** Instead of the page of a product that is sold no longer: what it was, and where to go on. */
export function Gone({ gone: { name, category, products } }: Pick<GonePage, 'gone'>) {
  const texts = useGoneTexts()
  const { shell } = useTexts()
  const paths = usePaths()
  return (
    <main id="content" className="mx-auto w-full max-w-7xl flex-1 px-4 py-8 sm:py-12">
      <p className="text-sm font-semibold text-accent">{texts.kicker}</p>
      <h1 className="mt-2 max-w-3xl text-3xl font-bold text-balance wrap-anywhere sm:text-4xl">
        {name}
      </h1>
      <p className="mt-3 max-w-prose text-pretty text-muted">{texts.more}</p>
      <div className="mt-6 flex flex-wrap gap-3">
        {category !== null && (
          <Link to={paths.category(category.slug)} className="button">
            {texts.toCategory(category.name)}
          </Link>
        )}
        <Link to={paths.search(name)} className="button-line">
          {shell.search}
        </Link>
      </div>
      <ProductShelf title={texts.instead} products={products} isFirst />
    </main>
  )
}
