import { useEffect, useRef } from 'react'
import { Outlet, redirect, useLocation, useRevalidator } from 'react-router'

import type { Route } from './+types/checkout-page.ts'
import { Link } from '../../../kit/link.tsx'
import { pathsOf } from '../../lib/paths-of.ts'
import { cartOf, countOf, shownLines } from '../../lib/cart/cart-of.ts'
import { HoldClock } from '../../lib/cart/hold-clock.tsx'
import { useCartNews } from '../../lib/cart/own.ts'
import { usePaths } from '../../lib/shop.ts'
import { useCartTexts } from '../../lib/texts/cart.ts'
import { checkoutTextsOf, useCheckoutTexts } from '../../lib/texts/checkout.ts'
import { CHECKOUT_STEPS, type CheckoutStep } from '../../paths.ts'
import { visitContext } from '../../visit.ts'
import { COLLECTED, draftOf, stepOf } from './draft.ts'
import { foundAgain, keepAsked } from './place.ts'
import { Summary } from './summary.tsx'

export async function loader({ context }: Route.LoaderArgs) {
  const { session, currencies } = context.get(visitContext)
  const cart = await cartOf(context)
  if (cart === null || cart.lines.length === 0) {
    const again = await foundAgain(context)
    const paths = pathsOf(context)
    if (again !== undefined) throw redirect(`${paths.order(again)}?pay=now`)
    // Whoever comes back after ordering is shown the order.
    const { placed } = session.read()
    throw redirect(placed === undefined ? paths.cart() : paths.order(placed.orderId))
  }
  const draft = draftOf(context)
  const ways = await currencies.deliveryIn(cart.currency)
  const price = draft.delivery === undefined ? undefined : ways[draft.delivery]
  const items = cart.totalNow ?? cart.total
  const total = { amount: items.amount + (price ?? 0), currency: items.currency }
  if (stepOf(draft) === 'review') keepAsked(context, total)
  return {
    lines: await shownLines(context, cart.lines),
    state: `${cart.id} ${cart.version}`,
    count: countOf(cart),
    items,
    delivery: price === undefined ? null : { amount: price, currency: cart.currency },
    total,
    /** As long as every promise held. */
    promised: { amount: cart.total.amount + (price ?? 0), currency: items.currency },
    first: stepOf(draft),
    collects: draft.delivery === COLLECTED,
    isGuest: session.read().accessToken === undefined,
    now: new Date().toISOString(),
  }
}

/** Every step is of what was just said. */
export function shouldRevalidate(): boolean {
  return true
}

export const meta: Route.MetaFunction = ({ matches }) => {
  const here = matches[0].loaderData
  if (here === undefined) return []
  return [
    { title: `${checkoutTextsOf(here.language).title} – ${here.shop.name}` },
    { name: 'robots', content: 'noindex' },
  ]
}

export default function CheckoutPage({ loaderData }: Route.ComponentProps) {
  const cart = useCartTexts()
  const checkout = useCheckoutTexts()
  const { revalidate } = useRevalidator()
  const { lines, state, now, first, collects } = loaderData
  useCartNews(state, () => void revalidate())
  const [until] = lines.flatMap(({ heldUntil }) => heldUntil ?? []).toSorted()
  return (
    <main id="content" className="mx-auto w-full max-w-6xl flex-1 px-4 py-8">
      <h1 className="text-2xl font-bold">{checkout.title}</h1>
      <Steps first={first} collects={collects} />
      <div className="mt-8 grid items-start gap-8 lg:grid-cols-[1fr_22rem]">
        <Step />
        <aside className="space-y-4">
          {until === undefined ? null : (
            <p className="notice text-sm">
              {cart.held} <HoldClock until={until} now={now} onEnd={() => void revalidate()} />
            </p>
          )}
          <Summary data={loaderData} />
        </aside>
      </div>
    </main>
  )
}

/** The step itself; the focus goes to its title when it comes, so that nobody is left at a gone button. */
function Step() {
  const { pathname } = useLocation()
  const box = useRef<HTMLDivElement>(null)
  const seen = useRef(pathname)
  useEffect(() => {
    if (seen.current === pathname) return
    seen.current = pathname
    box.current?.querySelector('h2')?.focus()
  }, [pathname])
  return (
    <div ref={box} className="min-w-0">
      <Outlet />
    </div>
  )
}

function Steps({ first, collects }: { readonly first: CheckoutStep; readonly collects: boolean }) {
  const checkout = useCheckoutTexts()
  const paths = usePaths()
  const { pathname } = useLocation()
  const steps = CHECKOUT_STEPS.filter((step) => step !== 'address' || !collects)
  const here = steps.findIndex((step) => pathname.endsWith(`/${step}`))
  return (
    <nav aria-label={checkout.stepsLabel} className="mt-4">
      <ol className="flex gap-1.5 sm:gap-3">
        {steps.map((step, place) => {
          const isOpen = place <= steps.indexOf(first)
          const bar = place <= here ? 'bg-accent' : 'bg-line'
          const name = (
            <span className={place === here ? 'font-bold' : 'text-muted max-sm:sr-only'}>
              {checkout.steps[step]}
            </span>
          )
          return (
            <li
              key={step}
              className="min-w-0 flex-1 text-sm max-sm:data-here:flex-[2.5]"
              data-here={place === here || undefined}
            >
              <span className={`block h-1 rounded-full ${bar}`} />
              {isOpen && place !== here ? (
                <Link to={paths.checkout(step)} className="block min-h-11 pt-2 hover:text-accent">
                  {name}
                </Link>
              ) : (
                <span
                  className="block min-h-11 pt-2"
                  aria-current={place === here ? 'step' : undefined}
                >
                  {name}
                </span>
              )}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
