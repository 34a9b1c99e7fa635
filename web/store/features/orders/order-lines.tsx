import { Link } from '../../../kit/link.tsx'
import { moneyText, type Money } from '../../lib/format.ts'
import { Picture } from '../../lib/picture.tsx'
import { useHere, usePaths } from '../../lib/shop.ts'
import { useCartTexts } from '../../lib/texts/cart.ts'
import { useOrdersTexts } from '../../lib/texts/orders.ts'

interface Line {
  readonly sku: string
  readonly name: string
  readonly options: string
  readonly picture: string | null
  readonly slug: string | null
  readonly quantity: number
  readonly unitPrice: Money
}

/** What was ordered, at the prices of the order. */
export function OrderLines({ lines }: { readonly lines: readonly Line[] }) {
  const orders = useOrdersTexts()
  return (
    <section className="card px-5 py-4 sm:px-8">
      <h2 className="text-lg font-bold">{orders.items}</h2>
      <ul className="divide-y divide-line">
        {lines.map((line) => (
          <OrderLine key={line.sku} line={line} />
        ))}
      </ul>
    </section>
  )
}

function OrderLine({ line }: { readonly line: Line }) {
  const { language } = useHere()
  const cart = useCartTexts()
  const paths = usePaths()
  const { name, options, picture, slug, quantity, unitPrice } = line
  const sum = { ...unitPrice, amount: unitPrice.amount * quantity }
  return (
    <li className="grid grid-cols-[4.5rem_1fr_auto] gap-4 py-4">
      <div className="self-start overflow-hidden rounded-card border border-line">
        <Picture asset={picture} sizes="72px" />
      </div>
      <div className="min-w-0">
        <p className="font-medium wrap-anywhere">
          {slug === null ? name : <Link to={paths.product(slug)}>{name}</Link>}
        </p>
        <p className="text-sm text-muted">
          {[options, `× ${quantity}`].filter((each) => each !== '').join(' · ')}
        </p>
        {quantity > 1 ? (
          <p className="text-sm text-muted">{cart.each(moneyText(unitPrice, language))}</p>
        ) : null}
      </div>
      <p className="font-bold whitespace-nowrap">{moneyText(sum, language)}</p>
    </li>
  )
}
