import { useFetcher, useSearchParams } from 'react-router'

import { Link } from '../../../kit/link.tsx'
import { Notice } from '../../../kit/notice.tsx'
import { useFocus } from '../../../kit/use-focus.ts'
import { dateText } from '../../lib/format.ts'
import { ReturnFacts, type Return, type ReturnsOfOrder } from '../../lib/returns.tsx'
import { useHere, usePaths } from '../../lib/shop.ts'
import { useReturnsTexts } from '../../lib/texts/returns.ts'
import type { Done } from './order-actions.ts'

/** What was asked back of the order, and the way to ask for more. */
export function OrderReturns({
  orderId,
  returns,
}: {
  readonly orderId: string
  readonly returns: ReturnsOfOrder
}) {
  const { language, shop } = useHere()
  const paths = usePaths()
  const texts = useReturnsTexts()
  const sent = useSearchParams()[0].get('returned')
  const { items, returnable, until } = returns
  const made = items.find(({ id }) => id === sent)
  // Who has just asked is led to what came of it.
  const title = useFocus<HTMLHeadingElement>(made?.id)
  if (items.length === 0 && returnable.length === 0) return null
  return (
    <section
      id="returns"
      className="card scroll-mt-32 px-5 py-4 sm:px-8"
      aria-labelledby="returns-title"
    >
      <h2
        id="returns-title"
        ref={title}
        tabIndex={-1}
        className="mb-2 scroll-mt-36 text-lg font-bold outline-none"
      >
        {texts.title}
      </h2>
      {made === undefined ? null : <Notice tone="good">{texts.sent(made.number)}</Notice>}
      {items.length === 0 ? null : (
        <ul className="divide-y divide-line">
          {items.map((each) => (
            <li key={each.id} className="py-3">
              <OneReturn of={each} />
            </li>
          ))}
        </ul>
      )}
      {returnable.length === 0 ? null : (
        <p className="flex flex-wrap items-center gap-x-4 gap-y-2 py-2">
          <Link to={paths.returnOf(orderId)} className="button-line">
            {texts.link}
          </Link>
          {until === null ? null : (
            <span className="text-sm text-muted">
              {texts.until(dateText(until, language, shop.timeZone))}
            </span>
          )}
        </p>
      )}
    </section>
  )
}

function OneReturn({ of }: { readonly of: Return }) {
  const texts = useReturnsTexts()
  const { id, number, state } = of
  const fetcher = useFetcher<Done>({ key: `return-${id}` })
  const problem = fetcher.state === 'idle' ? fetcher.data?.problem : undefined
  return (
    <div aria-live="polite">
      <ReturnFacts of={of} level="h3">
        {problem === undefined ? null : <p className="text-bad">{problem}</p>}
        {state === 'requested' ? (
          <fetcher.Form method="post" className="-ml-3">
            <input type="hidden" name="return" value={id} />
            <button
              className="button-quiet text-sm text-muted underline"
              name="intent"
              value="withdraw"
              aria-label={texts.withdrawOf(number)}
              aria-disabled={fetcher.state !== 'idle'}
            >
              {texts.withdraw}
            </button>
          </fetcher.Form>
        ) : null}
      </ReturnFacts>
    </div>
  )
}
