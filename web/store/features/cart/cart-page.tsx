import { useEffect, useRef, useState } from 'react'
import { redirect, useFetcher, useRevalidator } from 'react-router'

import type { Route } from './+types/cart-page.ts'
import { Link } from '../../../kit/link.tsx'
import { useCartNews } from '../../lib/cart/own.ts'
import { latestOrders } from '../../lib/orders.ts'
import { cartOf, countOf, shownLines, type ShownLine } from '../../lib/cart/cart-of.ts'
import { elsewhereOf } from '../../lib/cart/move.ts'
import { changeCart, type CartAnswer } from '../../lib/cart/change.ts'
import { moneyText } from '../../lib/format.ts'
import { useHere, usePaths } from '../../lib/shop.ts'
import { cartTextsOf, useCartTexts } from '../../lib/texts/cart.ts'
import { useOrdersTexts } from '../../lib/texts/orders.ts'
import { pathsOf } from '../../lib/paths-of.ts'
import { visitContext } from '../../visit.ts'
import { CartLine } from './cart-line.tsx'
import { EmptyCart } from './empty-cart.tsx'
import { HoldNotice } from './hold-notice.tsx'

export async function loader({ context, request }: Route.LoaderArgs) {
  const { shop, language, currencies } = context.get(visitContext)
  const cart = await cartOf(context)
  const lines = cart === null ? [] : await shownLines(context, cart.lines)
  const { searchParams } = new URL(request.url)
  const code = searchParams.get('problem')
  return {
    cart: cart === null ? null : { ...cart, lines, count: countOf(cart) },
    now: new Date().toISOString(),
    timeZone: shop.timeZone,
    cheapestDelivery: Math.min(
      ...Object.values(await currencies.deliveryIn(cart?.currency ?? shop.currency)).filter(
        (price) => price > 0,
      ),
      Infinity,
    ),
    elsewhere: await elsewhereOf(context, cart, searchParams.get('elsewhere')),
    latest: lines.length > 0 ? [] : await latestOrders(context),
    /** Of a form that was sent without a script. */
    problem: code === null ? null : cartTextsOf(language).problem({ code }),
    isMissing: searchParams.has('missing'),
  }
}

export async function action({ context, request }: Route.ActionArgs) {
  const answer = await changeCart(context, await request.formData())
  // A browser without scripts wants a page; scripts want the answer.
  if (request.headers.get('accept')?.includes('text/html') !== true) return answer
  const path = pathsOf(context).cart()
  return redirect(answer.ok ? path : `${path}?problem=${encodeURIComponent(answer.code)}`, 303)
}

/** Without a network what is added waits in the browser, and nothing else is changed. */
export async function clientAction({
  request,
  serverAction,
}: Route.ClientActionArgs): Promise<CartAnswer> {
  const form = await request.clone().formData()
  try {
    return (await serverAction()) as CartAnswer
  } catch (error) {
    // An answer that came, whatever it says, is no lost network.
    if (!(error instanceof TypeError)) throw error
    const { withoutNetwork } = await import('./without-network.ts')
    return withoutNetwork(form)
  }
}

export const meta: Route.MetaFunction = ({ matches }) => {
  const here = matches[0].loaderData
  if (here === undefined) return []
  return [
    { title: `${cartTextsOf(here.language).title} – ${here.shop.name}` },
    { name: 'robots', content: 'noindex' },
  ]
}

export default function CartPage({ loaderData }: Route.ComponentProps) {
  const texts = useCartTexts()
  const orders = useOrdersTexts()
  const { revalidate } = useRevalidator()
  const { cart, now, timeZone, problem, isMissing, latest, elsewhere } = loaderData
  const [removed, setRemoved] = useState<ShownLine>()
  useCartNews(cart === null ? undefined : `${cart.id} ${cart.version}`, () => void revalidate())
  const title = useRef<HTMLHeadingElement>(null)
  const putBack = () => {
    setRemoved(undefined)
    title.current?.focus()
  }
  const isEmpty = cart === null || cart.lines.length === 0
  return (
    <main id="content" className="mx-auto w-full max-w-7xl flex-1 px-4 py-8">
      <h1 ref={title} tabIndex={-1} className="text-3xl font-bold outline-none">
        {texts.title}
        {isEmpty ? null : (
          <span className="ml-3 text-base font-normal text-muted">{texts.count(cart.count)}</span>
        )}
      </h1>
      {problem === null ? null : (
        <p role="alert" className="notice mt-4 text-bad">
          {problem}
        </p>
      )}
      {elsewhere === null ? null : (
        <p role="alert" className="notice mt-4">
          {texts.elsewhere(elsewhere.names.join(', '), elsewhere.currency)}
        </p>
      )}
      {isMissing ? <p className="notice mt-4">{orders.againMissing}</p> : null}
      <Removed line={removed} onBack={putBack} />
      {isEmpty ? (
        <EmptyCart latest={latest} />
      ) : (
        <div className="mt-4 grid items-start gap-8 lg:grid-cols-[1fr_22rem]">
          <div>
            <HoldNotice lines={cart.lines} now={now} onEnd={() => void revalidate()} />
            <ul className="divide-y divide-line">
              {cart.lines.map((line) => (
                <CartLine
                  key={line.sku}
                  line={line}
                  clock={{ now, timeZone }}
                  onRemoved={setRemoved}
                />
              ))}
            </ul>
          </div>
          <Totals data={loaderData} />
        </div>
      )}
    </main>
  )
}

/** Says what has gone and offers it back, where whoever listens hears it. */
function Removed({
  line,
  onBack,
}: {
  readonly line: ShownLine | undefined
  readonly onBack: () => void
}) {
  const cart = useCartTexts()
  const paths = usePaths()
  const fetcher = useFetcher<CartAnswer>({ key: 'undo' })
  const refusal = fetcher.state === 'idle' && fetcher.data?.ok === false ? fetcher.data : null
  const undo = useRef<HTMLButtonElement>(null)
  // The button that removed the line goes with it.
  useEffect(() => undo.current?.focus(), [line])
  return (
    <div aria-live="polite">
      {refusal === null ? null : <p className="notice mt-4 text-bad">{refusal.message}</p>}
      {line === undefined ? null : (
        <fetcher.Form
          method="post"
          action={paths.cart()}
          onSubmit={onBack}
          className="notice mt-4 flex flex-wrap items-center justify-between gap-x-4"
        >
          <span>{cart.removed(line.name)}</span>
          <input type="hidden" name="intent" value="add" />
          <input type="hidden" name="sku" value={line.sku} />
          <input type="hidden" name="quantity" value={line.quantity} />
          <button ref={undo} className="-ml-3 button-quiet underline">
            {cart.undo}
          </button>
        </fetcher.Form>
      )}
    </div>
  )
}

function Totals({ data }: { readonly data: Route.ComponentProps['loaderData'] }) {
  const { language } = useHere()
  const texts = useCartTexts()
  const paths = usePaths()
  const { cart, cheapestDelivery } = data
  if (cart === null) return null
  const delivery = { amount: cheapestDelivery, currency: cart.currency }
  const [total, totalNow] = [cart.total, cart.totalNow ?? cart.total]
  const old = moneyText(total, language)
  const asked = moneyText(totalNow, language)
  const isSoldOut = cart.lines.some((each) => each.heldUntil === null && each.free < each.quantity)
  return (
    <section className="card sticky top-32 p-5" aria-label={texts.total}>
      <dl className="grid grid-cols-[1fr_auto] gap-y-2">
        <dt className="text-muted">{texts.items}</dt>
        <dd className="text-right">{asked}</dd>
        {Number.isFinite(delivery.amount) ? (
          <>
            <dt className="text-muted">{texts.delivery}</dt>
            <dd className="text-right">{texts.deliveryFrom(moneyText(delivery, language))}</dd>
          </>
        ) : null}
        <dt className="border-t border-line pt-3 text-lg font-bold">{texts.withoutDelivery}</dt>
        <dd className="border-t border-line pt-3 text-right text-lg font-bold">{asked}</dd>
      </dl>
      {totalNow.amount > total.amount ? (
        <p className="mt-3 text-sm text-bad">{texts.totalChanged(old, asked)}</p>
      ) : null}
      {isSoldOut ? (
        <ClearSoldOut />
      ) : (
        <Link to={paths.checkout('contact')} className="button mt-5 w-full">
          {texts.toCheckout}
        </Link>
      )}
      <Link to={paths.home()} className="button-quiet mt-2 w-full text-sm">
        {texts.goOn}
      </Link>
    </section>
  )
}

function ClearSoldOut() {
  const cart = useCartTexts()
  const paths = usePaths()
  const fetcher = useFetcher<CartAnswer>({ key: 'clear' })
  return (
    <fetcher.Form method="post" action={paths.cart()} className="mt-5">
      <input type="hidden" name="intent" value="clear-sold-out" />
      <button className="button w-full">{cart.clearGone}</button>
    </fetcher.Form>
  )
}
