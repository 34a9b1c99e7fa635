import { useState } from 'react'
import { useFetcher } from 'react-router'

import { Link } from '../../../kit/link.tsx'
import { moneyText } from '../../lib/format.ts'
import { useHere, usePaths, useTexts } from '../../lib/shop.ts'
import { useProductPageTexts } from '../../lib/texts/product-page.ts'
import { unitPriceOf, type Availability, type PageVariant } from './product.ts'

/** As many as anybody orders at once; whether there are so many, the cart says. */
const MOST = 999

/** What the cart answers to a form that does not leave the page. */
type Added =
  | { readonly ok: true; readonly count: number; readonly isWaiting?: true }
  | { readonly ok: false; readonly code: string; readonly message: string }

/** The price of what is chosen, and whether there is any; changes are read out. */
export function Offer({
  variant,
  isGone,
}: {
  readonly variant: PageVariant
  readonly isGone: boolean
}) {
  const { language, currency } = useHere()
  const { product: words } = useTexts()
  const texts = useProductPageTexts()
  const { price, was, lowestBefore, tiers, availability } = variant
  const said = (money: typeof price): string => moneyText(money, language)
  return (
    <div className="flex flex-col gap-2">
      <div aria-live="polite" aria-atomic="true" className="flex flex-col gap-2">
        <p className="flex flex-wrap items-baseline gap-x-3 text-3xl font-bold tabular-nums">
          <span className={was === null ? '' : 'text-bad'}>{said(price)}</span>
          {was !== null && (
            <s className="text-lg font-normal text-muted">
              <span className="sr-only">{texts.was('')}</span>
              {said(was)}
            </s>
          )}
        </p>
        <p className={`flex items-center gap-2 text-sm font-semibold ${COLORS[availability]}`}>
          <svg viewBox="0 0 8 8" aria-hidden="true" className="size-2 fill-current">
            <circle cx="4" cy="4" r="4" />
          </svg>
          {isGone ? texts.gone : words.availability[availability]}
        </p>
      </div>
      {price.currency !== currency && (
        <p className="notice text-sm">{texts.onlyIn(price.currency)}</p>
      )}
      {lowestBefore !== null && (
        <p className="text-xs text-muted">{texts.lowest(said(lowestBefore))}</p>
      )}
      {tiers.length > 0 && (
        <ul className="text-sm text-muted">
          {tiers.map(({ fromQuantity, unitPrice }) => (
            <li key={fromQuantity}>{texts.tier(fromQuantity, said(unitPrice))}</li>
          ))}
        </ul>
      )}
    </div>
  )
}

const COLORS: Readonly<Record<Availability, string>> = {
  'in-stock': 'text-good',
  low: 'text-accent',
  preorder: 'text-ink',
  out: 'text-muted',
}

/** Into the cart: a form like any other, and with JavaScript one that does not leave the page. */
export function Buy({
  name,
  variant,
  isGone,
}: {
  readonly name: string
  readonly variant: PageVariant
  readonly isGone: boolean
}) {
  const paths = usePaths()
  const { language, currency } = useHere()
  const { product: words } = useTexts()
  const texts = useProductPageTexts()
  const cart = useFetcher<Added>({ key: 'cart' })
  const [quantity, setQuantity] = useState(1)
  const [asked, setAsked] = useState('')
  const { sku, availability } = variant
  const isSold = variant.price.currency === currency
  const canBuy = isSold && availability !== 'out' && !isGone
  const isBusy = cart.state !== 'idle'
  const price = moneyText(unitPriceOf(variant, quantity), language)
  return (
    <>
      <cart.Form
        method="post"
        action={paths.cart()}
        onSubmit={({ currentTarget }) => {
          // Made at the click: what is sent again, by whomever, is added once.
          const key = currentTarget.elements.namedItem('key') as HTMLInputElement
          key.value = crypto.randomUUID?.() ?? ''
          setAsked(sku)
        }}
        className="flex gap-3 max-md:sticky max-md:bottom-0 max-md:z-10 max-md:-mx-4 max-md:border-t max-md:border-line max-md:bg-paper max-md:p-4"
      >
        <input type="hidden" name="intent" value="add" />
        <input type="hidden" name="sku" value={sku} />
        <input type="hidden" name="name" value={name} />
        <input type="hidden" name="key" defaultValue="" />
        {canBuy && <Quantity quantity={quantity} onChange={setQuantity} />}
        <button
          type="submit"
          className="button flex-1 whitespace-nowrap disabled:bg-line disabled:text-muted max-md:px-3"
          disabled={!canBuy}
          aria-disabled={isBusy}
          onClick={(event) => isBusy && event.preventDefault()}
        >
          {!canBuy && (isSold ? words.availability['out'] : texts.add)}
          {canBuy && (isBusy ? texts.adding : texts.add)}
          {canBuy && !isBusy && quantity > 0 && (
            <span className="ml-2 font-normal tabular-nums md:hidden">{price}</span>
          )}
        </button>
      </cart.Form>
      <output className="block text-sm empty:hidden">
        {asked === sku && !isBusy && <Answer answer={cart.data} />}
      </output>
    </>
  )
}

function Answer({ answer }: { readonly answer: Added | undefined }) {
  const paths = usePaths()
  const texts = useProductPageTexts()
  if (answer === undefined) return null
  if (answer.ok && answer.isWaiting === true) return <span>{texts.waits}</span>
  if (!answer.ok) return <span className="text-bad">{answer.message || texts.notAdded}</span>
  return (
    <span className="flex flex-wrap items-center justify-between gap-x-3 rounded-card border border-good px-4 py-1">
      {texts.added(answer.count)}
      <Link to={paths.cart()} className="inline-flex min-h-11 items-center font-semibold underline">
        {texts.toCart}
      </Link>
    </span>
  )
}

function Quantity({
  quantity,
  onChange,
}: {
  readonly quantity: number
  readonly onChange: (quantity: number) => void
}) {
  const texts = useProductPageTexts()
  const within = (wanted: number): number => Math.min(MOST, Math.max(1, Math.round(wanted)))
  const step = 'grid size-11 place-items-center text-xl disabled:text-muted hover:text-accent'
  return (
    <div className="flex shrink-0 items-center rounded-card border border-line bg-card">
      <button
        type="button"
        aria-label={texts.fewer}
        disabled={quantity <= 1}
        onClick={() => onChange(within(quantity - 1))}
        className={step}
      >
        −
      </button>
      <input
        type="number"
        name="quantity"
        aria-label={texts.quantity}
        inputMode="numeric"
        min={1}
        max={MOST}
        required
        value={quantity === 0 ? '' : quantity}
        onChange={({ target }) => onChange(target.value === '' ? 0 : Number(target.value))}
        className="min-h-11 w-10 bg-transparent text-center tabular-nums [appearance:textfield] [&::-webkit-inner-spin-button]:appearance-none"
      />
      <button
        type="button"
        aria-label={texts.more}
        disabled={quantity >= MOST}
        onClick={() => onChange(within(quantity + 1))}
        className={step}
      >
        +
      </button>
    </div>
  )
}

/** How it comes to the buyer, for how much, and what is known of when. */
export function Delivery({
  variant: { availability },
  methods,
  holdMinutes,
}: {
  readonly variant: PageVariant
  readonly methods: readonly { readonly method: string; readonly price: PageVariant['price'] }[]
  readonly holdMinutes: number
}) {
  const { language } = useHere()
  const { shell } = useTexts()
  const texts = useProductPageTexts()
  return (
    <section className="rounded-card border border-line bg-card p-4 text-sm">
      <h2 className="mb-2 font-semibold">{texts.delivery}</h2>
      <p className="mb-3 text-muted">{texts.availabilityMore[availability]}</p>
      <ul className="flex flex-col gap-1">
        {methods.map(({ method, price }) => (
          <li key={method} className="flex justify-between gap-4">
            <span>{texts.methods[method] ?? method}</span>
            <span className="tabular-nums">
              {price.amount === 0 ? shell.free : moneyText(price, language)}
            </span>
          </li>
        ))}
      </ul>
      <p className="mt-3 text-xs text-muted">
        {texts.deliveryNote} {availability !== 'out' && texts.held(holdMinutes)}
      </p>
    </section>
  )
}
