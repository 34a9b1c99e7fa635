import { Link } from '../../../kit/link.tsx'
import { EmptyList } from '../../lib/empty-list.tsx'
import { usePaths } from '../../lib/shop.ts'
import { useCartTexts } from '../../lib/texts/cart.ts'
import { useOrdersTexts } from '../../lib/texts/orders.ts'

/** An empty cart shows the way: to what there is, and to what was ordered last in this browser. */
export function EmptyCart({
  latest,
}: {
  readonly latest: readonly { readonly id: string; readonly number: string }[]
}) {
  const paths = usePaths()
  const cart = useCartTexts()
  const orders = useOrdersTexts()
  return (
    <EmptyList sign={<CartSign />} texts={cart}>
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
    </EmptyList>
  )
}

function CartSign() {
  return (
    <svg viewBox="0 0 24 24" className="size-16 fill-none stroke-muted" aria-hidden="true">
      <path strokeWidth="1.2" strokeLinejoin="round" d="M5 8h14l-1 12H6zM9 10V7a3 3 0 0 1 6 0v3" />
    </svg>
  )
}
