import { ProductCard, type CardProduct } from './product-card.tsx'

/** Products side by side under a title. */
export function ProductShelf({
  title,
  products,
  isFirst = false,
}: {
  readonly title: string
  readonly products: readonly CardProduct[]
  /** What is seen first is loaded first. */
  readonly isFirst?: boolean
}) {
  return (
    <section className="py-8">
      <h2 className="mb-5 text-2xl font-bold">{title}</h2>
      <ul className="grid grid-cols-2 gap-4 sm:grid-cols-3 lg:grid-cols-4">
        {products.map((product, place) => (
          <li key={product.id}>
            <ProductCard product={product} isAtOnce={isFirst && place < 4} />
          </li>
        ))}
      </ul>
    </section>
  )
}
