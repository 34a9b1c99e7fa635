import { Link } from '../../../kit/link.tsx'
import type { ShownLine } from '../../lib/cart/cart-of.ts'
import { moneyText, type Money } from '../../lib/format.ts'
import { Picture } from '../../lib/picture.tsx'
import { useHere, usePaths } from '../../lib/shop.ts'
import { useCartTexts } from '../../lib/texts/cart.ts'
import { useCheckoutTexts } from '../../lib/texts/checkout.ts'

/** What is being bought, beside every step; folded away on a phone. */
export function Summary({
  data: { lines, items, delivery, total },
}: {
  readonly data: {
    readonly lines: readonly ShownLine[]
    readonly items: Money
    readonly delivery: Money | null
    readonly total: Money
  }
}) {
  const { language } = useHere()
  const cart = useCartTexts()
  const checkout = useCheckoutTexts()
  const paths = usePaths()
  return (
    <section className="card p-5">
      <h2 className="text-lg font-bold">{checkout.summary}</h2>
      <ul className="mt-2 divide-y divide-line">
        {lines.map(({ sku, name, options, picture, quantity, total: sum }) => (
          <li key={sku} className="grid grid-cols-[3rem_1fr_auto] gap-3 py-3 text-sm">
            <div className="self-start overflow-hidden rounded-lg border border-line">
              <Picture asset={picture} sizes="48px" />
            </div>
            <div className="min-w-0">
              <p className="wrap-anywhere">{name}</p>
              <p className="text-muted">
                {[options, `× ${quantity}`].filter((each) => each !== '').join(' · ')}
              </p>
            </div>
            <p className="whitespace-nowrap">{moneyText(sum, language)}</p>
          </li>
        ))}
      </ul>
      <dl className="grid grid-cols-[1fr_auto] gap-y-2 border-t border-line pt-3 text-sm">
        <dt className="text-muted">{cart.items}</dt>
        <dd className="text-right">{moneyText(items, language)}</dd>
        <dt className="text-muted">{cart.delivery}</dt>
        <dd className="text-right">{delivery === null ? '–' : deliveryText(delivery)}</dd>
        <dt className="text-lg font-bold">{cart.total}</dt>
        <dd className="text-right text-lg font-bold">{moneyText(total, language)}</dd>
      </dl>
      <Link to={paths.cart()} className="-ml-3 button-quiet mt-2 text-sm underline">
        {checkout.openCart}
      </Link>
    </section>
  )

  function deliveryText(price: Money): string {
    return price.amount === 0 ? checkout.free : moneyText(price, language)
  }
}
