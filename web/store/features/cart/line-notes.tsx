import type { useFetcher } from 'react-router'

import type { ShownLine } from '../../lib/cart/cart-of.ts'
import type { CartAnswer } from '../../lib/cart/change.ts'
import { moneyText, timeText } from '../../lib/format.ts'
import { useHere, usePaths } from '../../lib/shop.ts'
import { useCartTexts } from '../../lib/texts/cart.ts'

/** What a buyer is to know of a line: its price moved, its units are going or gone, or a wish failed. */
export function LineNotes({
  line,
  clock,
  fetcher,
}: {
  readonly line: ShownLine
  readonly clock: { readonly now: string; readonly timeZone: string }
  readonly fetcher: ReturnType<typeof useFetcher<CartAnswer>>
}) {
  const { data, state } = fetcher
  const refusal = state === 'idle' && data?.ok === false ? data.message : null
  return (
    <div aria-live="polite" className="mt-1 space-y-1 text-sm">
      <PriceNote line={line} clock={clock} />
      <UnitsNote line={line} fetcher={fetcher} />
      {refusal === null ? null : <p className="text-bad">{refusal}</p>}
    </div>
  )
}

function PriceNote({
  line: { unitPrice, priceNow, promisedUntil },
  clock: { now, timeZone },
}: {
  readonly line: ShownLine
  readonly clock: { readonly now: string; readonly timeZone: string }
}) {
  const { language } = useHere()
  const cart = useCartTexts()
  if (priceNow === null) return null
  const [old, asked] = [moneyText(unitPrice, language), moneyText(priceNow, language)]
  if (priceNow.amount < unitPrice.amount) {
    return <p className="text-good">{cart.priceFallen(asked)}</p>
  }
  return promisedUntil > now ? (
    <p>{cart.priceKept(asked, timeText(promisedUntil, language, timeZone))}</p>
  ) : (
    <p className="text-bad">{cart.priceRisen(old, asked)}</p>
  )
}

/** Units that nobody keeps for this cart any more: they may be there, be fewer, or be gone. */
function UnitsNote({
  line: { sku, quantity, heldUntil, free },
  fetcher,
}: {
  readonly line: ShownLine
  readonly fetcher: ReturnType<typeof useFetcher<CartAnswer>>
}) {
  const cart = useCartTexts()
  const paths = usePaths()
  if (heldUntil !== null) return null
  if (free >= quantity) return <p className="text-muted">{cart.notHeld}</p>
  if (free === 0) return <p className="text-bad">{cart.gone}</p>
  return (
    <fetcher.Form
      method="post"
      action={paths.cart()}
      className="flex flex-wrap items-center gap-x-3 text-bad"
    >
      <input type="hidden" name="intent" value="set" />
      <input type="hidden" name="sku" value={sku} />
      <span>{cart.onlyLeft(free)}</span>
      <button className="button-quiet underline" name="quantity" value={free}>
        {cart.take(free)}
      </button>
    </fetcher.Form>
  )
}
