import { Link } from '../../kit/link.tsx'
import { ProductCard, type CardProduct } from './product-card.tsx'

/** Products side by side under a title. */
export function ProductShelf({
  title,
  products,
  isFirst = false,
  more,
}: {
  readonly title: string
  readonly products: readonly CardProduct[]
  /** What is seen first is loaded first. */
  readonly isFirst?: boolean
  /** Where there are more of them. */
  readonly more?: { readonly text: string; readonly path: string }
}) {
  if (products.length === 0) return null
  return (
    <section className="py-8">
      <div className="mb-5 flex flex-wrap items-center justify-between gap-x-4">
        <h2 className="text-2xl font-bold">{title}</h2>
        {more === undefined ? null : (
          <Link
            to={more.path}
            aria-label={`${more.text}: ${title}`}
            className="flex min-h-11 items-center font-medium text-accent underline-offset-4 hover:underline"
          >
            {more.text}
          </Link>
        )}
      </div>
      <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3 sm:gap-4 lg:grid-cols-4">
        {products.map((product, place) => (
          <li key={product.id}>
            <ProductCard product={product} isAtOnce={isFirst && place === 0} />
          </li>
        ))}
      </ul>
    </section>
  )
}
