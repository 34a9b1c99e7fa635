import { useEffect, useRef } from 'react'
import { useFetcher } from 'react-router'

import { Link } from '../../../kit/link.tsx'
import type { ShownLine } from '../../lib/cart/cart-of.ts'
import type { CartAnswer } from '../../lib/cart/change.ts'
import { moneyText } from '../../lib/format.ts'
import { Picture } from '../../lib/picture.tsx'
import { useHere, usePaths } from '../../lib/shop.ts'
import { useCartTexts } from '../../lib/texts/cart.ts'
import { LineNotes } from './line-notes.tsx'

/** One line: what it is, how many, and what there is to say of its price and its units. */
export function CartLine({
  line,
  clock,
  onRemoved,
}: {
  readonly line: ShownLine
  readonly clock: { readonly now: string; readonly timeZone: string }
  readonly onRemoved: (line: ShownLine) => void
}) {
  const { language } = useHere()
  const paths = usePaths()
  const cart = useCartTexts()
  const fetcher = useFetcher<CartAnswer>({ key: `line-${line.sku}` })
  const { sku, name, slug, options, picture, quantity, total } = line
  // What is charged now, which is not always what was shown first.
  const each = { ...total, amount: total.amount / quantity }
  const isLeaving = fetcher.formData?.get('intent') === 'remove'
  const shown = <Picture asset={picture} sizes="112px" />
  return (
    <li
      className={`grid grid-cols-[5.5rem_1fr] gap-x-4 gap-y-3 py-5 sm:grid-cols-[7rem_1fr_auto] ${isLeaving ? 'opacity-40' : ''}`}
    >
      <div className="row-span-2 self-start overflow-hidden rounded-card border border-line sm:row-span-1">
        {slug === null ? (
          shown
        ) : (
          <Link to={paths.product(slug)} tabIndex={-1} aria-hidden="true">
            {shown}
          </Link>
        )}
      </div>
      <div className="min-w-0">
        <h2 className="font-semibold wrap-anywhere">
          {slug === null ? name : <Link to={paths.product(slug)}>{name}</Link>}
        </h2>
        {options === '' ? null : <p className="text-sm text-muted">{options}</p>}
        {quantity > 1 ? (
          <p className="text-sm text-muted">{cart.each(moneyText(each, language))}</p>
        ) : null}
        <LineNotes line={line} clock={clock} fetcher={fetcher} />
      </div>
      <div className="flex flex-wrap items-center justify-between gap-3 sm:flex-col sm:items-end">
        <p className="order-2 text-lg font-bold whitespace-nowrap sm:order-1">
          {moneyText(total, language)}
        </p>
        <div className="order-1 flex items-center gap-1 sm:order-2">
          <Quantity line={line} fetcher={fetcher} />
          <fetcher.Form method="post" action={paths.cart()} onSubmit={() => onRemoved(line)}>
            <input type="hidden" name="intent" value="remove" />
            <input type="hidden" name="sku" value={sku} />
            <button className="button-quiet text-sm text-muted underline" type="submit">
              <span aria-hidden="true">{cart.remove}</span>
              <span className="sr-only">{cart.removeOf(name)}</span>
            </button>
          </fetcher.Form>
        </div>
      </div>
    </li>
  )
}

/** Less, the number, more; who types a number sends it by Enter or by going on. */
function Quantity({
  line: { sku, name, quantity },
  fetcher,
}: {
  readonly line: ShownLine
  readonly fetcher: ReturnType<typeof useFetcher<CartAnswer>>
}) {
  const cart = useCartTexts()
  const paths = usePaths()
  const field = useRef<HTMLInputElement>(null)
  const asked = fetcher.formData?.get('intent') === 'set' ? fetcher.formData.get('quantity') : null
  const shown = asked === null ? quantity : Number(asked)
  const isIdle = fetcher.state === 'idle'
  useEffect(() => {
    // What is on its way, and when that was refused again what the cart has.
    if (field.current !== null) field.current.value = String(shown)
  }, [shown, isIdle])
  const send = (wanted: number) =>
    void fetcher.submit(
      { intent: 'set', sku, quantity: wanted },
      { method: 'post', action: paths.cart() },
    )
  return (
    <fetcher.Form
      method="post"
      action={paths.cart()}
      className="flex items-stretch overflow-hidden rounded-card border border-line bg-card"
    >
      <input type="hidden" name="intent" value="set" />
      <input type="hidden" name="sku" value={sku} />
      <button
        type="button"
        className="size-11 text-xl hover:text-accent disabled:opacity-30"
        disabled={shown <= 1}
        aria-label={cart.less(name)}
        onClick={() => send(shown - 1)}
      >
        −
      </button>
      <input
        ref={field}
        name="quantity"
        defaultValue={quantity}
        inputMode="numeric"
        autoComplete="off"
        aria-label={cart.quantity(name)}
        className="w-10 bg-transparent text-center font-semibold tabular-nums"
        onBlur={({ target: { value } }) => {
          if (Number(value) !== quantity && /^\d{1,5}$/.test(value)) send(Number(value))
        }}
      />
      <button
        type="button"
        className="size-11 text-xl hover:text-accent"
        aria-label={cart.more(name)}
        onClick={() => send(shown + 1)}
      >
        +
      </button>
      <noscript>
        <button type="submit" className="button-quiet text-sm">
          {cart.update}
        </button>
      </noscript>
    </fetcher.Form>
  )
}
