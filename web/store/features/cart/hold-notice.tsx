import { useFetcher } from 'react-router'

import type { ShownLine } from '../../lib/cart/cart-of.ts'
import type { CartAnswer } from '../../lib/cart/change.ts'
import { HoldClock } from '../../lib/cart/hold-clock.tsx'
import { usePaths } from '../../lib/shop.ts'
import { useCartTexts } from '../../lib/texts/cart.ts'

/** How long the units stay aside, and what to do when they no longer are. */
export function HoldNotice({
  lines,
  now,
  onEnd,
}: {
  readonly lines: readonly ShownLine[]
  readonly now: string
  readonly onEnd: () => void
}) {
  const cart = useCartTexts()
  const paths = usePaths()
  const fetcher = useFetcher<CartAnswer>({ key: 'hold' })
  const [first] = lines.flatMap(({ heldUntil }) => heldUntil ?? []).toSorted()
  const canHold = lines.some(({ heldUntil, quantity, free }) => !heldUntil && free >= quantity)
  // What others have taken is said beside each line.
  const said = fetcher.state === 'idle' && fetcher.data?.ok === false ? fetcher.data : null
  const refusal = said?.code === 'inventory.not-enough' ? null : said
  return (
    <div className="space-y-3">
      {first === undefined ? null : (
        <div className="notice">
          <p>
            {cart.held} <HoldClock until={first} now={now} onEnd={onEnd} />
          </p>
          <p className="mt-1 text-sm text-muted">{cart.heldMore}</p>
        </div>
      )}
      {canHold ? (
        <fetcher.Form
          method="post"
          action={paths.cart()}
          className="notice flex flex-wrap items-center justify-between gap-3"
        >
          <div>
            <p className="font-semibold">{cart.lapsed}</p>
            <p className="text-sm text-muted">{cart.lapsedMore}</p>
          </div>
          <button className="button" name="intent" value="hold">
            {cart.holdAgain}
          </button>
        </fetcher.Form>
      ) : null}
      {refusal === null ? null : (
        <p role="alert" className="notice text-bad">
          {refusal.message}
        </p>
      )}
    </div>
  )
}
