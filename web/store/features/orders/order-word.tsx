import { useEffect, useRef } from 'react'
import { useFetcher, type FetcherWithComponents } from 'react-router'

import { moneyText, timeText } from '../../lib/format.ts'
import type { Order, Payment } from '../../lib/orders.ts'
import type { PaymentMethod } from '../../lib/payment-methods.ts'
import { useHere } from '../../lib/shop.ts'
import { useOrdersTexts } from '../../lib/texts/orders.ts'
import type { Done } from './order-actions.ts'
import type { Shown } from './state.ts'

interface Facts {
  readonly order: Order
  readonly payment: Payment | null
  readonly dueAt: string
  readonly timeZone: string
  readonly methods: readonly PaymentMethod[]
}

/** How far the order is, in a sentence, and what can be done about it now. */
export function OrderWord({
  data,
  shown,
  at,
  url,
  problem,
}: {
  readonly data: Facts
  readonly shown: Shown
  /** The same without what is being asked just now: what can be pressed stays where it was meanwhile. */
  readonly at: Shown
  /** The page of the bank on which the buyer has to agree. */
  readonly url: string | undefined
  readonly problem: string | undefined
}) {
  const { language } = useHere()
  const orders = useOrdersTexts()
  const { order } = data
  const [title, more] = useWords(data, shown)
  const heading = useFocusThatStays(at)
  const isUnderWay = shown === 'asking' || shown === 'paying'
  return (
    <section className="mt-1">
      <div aria-live="polite">
        <h2
          ref={heading}
          tabIndex={-1}
          className={`flex outline-none items-center gap-3 text-2xl font-bold sm:text-3xl ${shown === 'confirmed' ? 'text-good' : ''}`}
        >
          {isUnderWay ? (
            <span
              aria-hidden="true"
              className="size-6 shrink-0 animate-spin rounded-full border-3 border-line border-t-accent"
            />
          ) : null}
          {title}
        </h2>
        {more === '' ? null : <p className="mt-2 max-w-2xl text-muted">{more}</p>}
      </div>
      {problem === undefined ? null : (
        <p role="alert" className="notice mt-4 max-w-2xl text-bad">
          {problem}
        </p>
      )}
      <div className="mt-5 flex flex-wrap items-start gap-3">
        {at === 'to-pay' ? (
          <Pay text={orders.pay(moneyText(order.total, language))} look="button" />
        ) : null}
        {at === 'paying' ? (
          <Pay text={orders.askAgain} look="button-quiet border border-line" />
        ) : null}
        {at === 'declined' ? (
          <PayAnew data={data} text={orders.payAgain(moneyText(order.total, language))} />
        ) : null}
        {shown === 'bank' && url !== undefined ? (
          <a href={url} className="button">
            {orders.toBank}
          </a>
        ) : null}
      </div>
      {at === 'paying' || at === 'bank' ? <OtherWay data={data} /> : null}
      <MayGo shown={shown} />
    </section>
  )
}

/** Whoever pressed what is gone by now is at the sentence that says what came of it. */
function useFocusThatStays(at: Shown) {
  const heading = useRef<HTMLHeadingElement>(null)
  const was = useRef(at)
  useEffect(() => {
    if (was.current === at) return
    was.current = at
    if (document.activeElement === document.body) heading.current?.focus()
  }, [at])
  return heading
}

function useWords({ order, payment, dueAt, timeZone }: Facts, shown: Shown): [string, string] {
  const { language } = useHere()
  const orders = useOrdersTexts()
  const time = timeText(dueAt, language, timeZone)
  switch (shown) {
    case 'to-pay':
      return [orders.reserved, orders.reservedMore(time)]
    case 'asking':
    case 'paying':
      return [orders.paying, orders.payingMore]
    case 'bank':
      return [orders.bank, orders.bankMore]
    case 'declined':
      return [orders.declined, orders.declinedMore(time)]
    case 'confirmed':
      return [orders.thanks, orders.thanksMore]
    case 'fulfilled':
      return [orders.fulfilled, orders.fulfilledMore]
    case 'cancelled': {
      const isPaid = payment?.status === 'succeeded' || (payment?.refunded.amount ?? 0) > 0
      const why = orders.cancelledBecause[order.reason ?? ''] ?? ''
      return [orders.cancelled, isPaid ? `${why} ${orders.moneyBack}` : why]
    }
  }
}

/** A button that is `disabled` would drop the focus. */
function notTwice({ state }: FetcherWithComponents<Done>) {
  return {
    'aria-disabled': state !== 'idle',
    onClick(event: React.MouseEvent) {
      if (state !== 'idle') event.preventDefault()
    },
  }
}

/** Asks for the money; asked again it says how the payment stands, and nothing is charged twice. */
function Pay({ text, look }: { readonly text: string; readonly look: string }) {
  const fetcher = useFetcher<Done>({ key: 'pay' })
  return (
    <fetcher.Form method="post">
      <button className={look} name="intent" value="pay" {...notTwice(fetcher)}>
        {text}
      </button>
    </fetcher.Form>
  )
}

/** Another try, with another card or the same. */
function PayAnew({
  data: { order, methods },
  text,
}: {
  readonly data: Pick<Facts, 'order' | 'methods'>
  readonly text: string
}) {
  const orders = useOrdersTexts()
  const fetcher = useFetcher<Done>({ key: 'pay' })
  return (
    <fetcher.Form method="post" className="card flex flex-wrap items-end gap-4 p-5">
      <input type="hidden" name="intent" value="retry" />
      <input type="hidden" name="instead-of" value={order.paymentId} />
      <div>
        <label htmlFor="payment" className="mb-1.5 block font-medium">
          {orders.payBy}
        </label>
        <select id="payment" name="payment" className="field w-full max-w-72">
          {methods.map(({ method, name }) => (
            <option key={method} value={method}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <button className="button" {...notTwice(fetcher)}>
        {text}
      </button>
    </fetcher.Form>
  )
}

/** For whoever does not want to wait for the bank any longer. */
function OtherWay({ data }: { readonly data: Facts }) {
  const { language } = useHere()
  const orders = useOrdersTexts()
  return (
    <details className="mt-3">
      <summary className="button-quiet -ml-3 cursor-pointer text-sm text-muted underline">
        {orders.otherWay}
      </summary>
      <div className="mt-2 flex">
        <PayAnew data={data} text={orders.pay(moneyText(data.order.total, language))} />
      </div>
    </details>
  )
}

/** Goodbye, asked for twice, and once more of the same. */
function MayGo({ shown }: { readonly shown: Shown }) {
  const orders = useOrdersTexts()
  const fetcher = useFetcher<Done>({ key: 'order' })
  const problem = fetcher.state === 'idle' ? fetcher.data?.problem : undefined
  const canCancel = shown === 'to-pay' || shown === 'declined'
  const isOver = shown === 'confirmed' || shown === 'fulfilled' || shown === 'cancelled'
  return (
    <>
      {problem === undefined ? null : (
        <p role="alert" className="notice mt-4 max-w-2xl text-bad">
          {problem}
        </p>
      )}
      <div className="-ml-3">
        {canCancel ? (
          <details>
            <summary className="button-quiet cursor-pointer text-sm text-muted underline">
              {orders.cancel}
            </summary>
            <fetcher.Form method="post" className="ml-3 flex flex-wrap items-center gap-3">
              <span>{orders.cancelSure}</span>
              <button
                className="button-quiet border border-line text-bad"
                name="intent"
                value="cancel"
              >
                {orders.cancelYes}
              </button>
            </fetcher.Form>
          </details>
        ) : null}
        {isOver ? (
          <fetcher.Form method="post" className="ml-3">
            <button className="button-quiet border border-line" name="intent" value="again">
              {orders.again}
            </button>
          </fetcher.Form>
        ) : null}
      </div>
    </>
  )
}
