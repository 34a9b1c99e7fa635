import { Link } from '../../../kit/link.tsx'
import { useHere, usePaths } from '../../lib/shop.ts'
import { useCartTexts } from '../../lib/texts/cart.ts'
import { useOrdersTexts } from '../../lib/texts/orders.ts'

const MOST_CATEGORIES = 6

/** An empty cart shows the way: to what there is, and to what was ordered last in this browser. */
export function EmptyCart({
  latest,
}: {
  readonly latest: readonly { readonly id: string; readonly number: string }[]
}) {
  const { categories } = useHere()
  const paths = usePaths()
  const cart = useCartTexts()
  const orders = useOrdersTexts()
  const top = categories.filter(({ parent }) => parent === null).slice(0, MOST_CATEGORIES)
  return (
    <div className="mx-auto flex max-w-xl flex-col items-center gap-5 py-16 text-center">
      <svg viewBox="0 0 24 24" className="size-16 fill-none stroke-muted" aria-hidden="true">
        <path
          strokeWidth="1.2"
          strokeLinejoin="round"
          d="M5 8h14l-1 12H6zM9 10V7a3 3 0 0 1 6 0v3"
        />
      </svg>
      <p className="text-2xl font-bold">{cart.empty}</p>
      <p className="text-muted">{cart.emptyMore}</p>
      <Link to={paths.home()} className="button">
        {cart.toShop}
      </Link>
      <ul className="flex flex-wrap justify-center gap-2">
        {top.map(({ slug, name }) => (
          <li key={slug}>
            <Link to={paths.category(slug)} className="button-quiet border border-line">
              {name}
            </Link>
          </li>
        ))}
      </ul>
      {latest.length === 0 ? null : (
        <section className="mt-4">
          <h2 className="font-semibold">{cart.recent}</h2>
          <ul>
            {latest.map(({ id, number }) => (
              <li key={id}>
                <Link to={paths.order(id)} className="button-quiet underline">
                  {orders.title(number)}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}
