import { useEffect, useRef } from 'react'
import { redirect, useFetcher, useRevalidator, useSearchParams } from 'react-router'

import type { Route } from './+types/order-page.ts'
import { pathsOf } from '../../lib/paths-of.ts'
import { apiOf } from '../../lib/api.ts'
import { ofVariant, productsOf } from '../../lib/cart/cart-of.ts'
import { orderOf, tokenOf } from '../../lib/orders.ts'
import { paymentMethods } from '../../lib/payment-methods.ts'
import { visitContext } from '../../visit.ts'
import { actOn, type Done } from './order-actions.ts'
import { OrderFacts } from './order-facts.tsx'
import { OrderLines } from './order-lines.tsx'
import { OrderReturns } from './order-returns.tsx'
import { OrderSteps } from './order-steps.tsx'
import { OrderWord } from './order-word.tsx'
import { pauseOf, shownOf, type Shown } from './state.ts'
import { ordersTextsOf, useOrdersTexts } from '../../lib/texts/orders.ts'

export async function loader({ context, params }: Route.LoaderArgs) {
  const { shop, language } = context.get(visitContext)
  const order = await orderOf(context, params.id)
  if (order === undefined) throw new Response(null, { status: 404 })
  const api = apiOf(context)
  const header = tokenOf(context, order.id)
  const [payment, history, products, methods, returns] = await Promise.all([
    api.GET('/api/v1/payments/{id}', { params: { path: { id: order.paymentId }, header } }),
    api.GET('/api/v1/orders/{id}/history', {
      params: { path: { id: order.id }, header },
      headers: { 'accept-language': language },
    }),
    productsOf(
      context,
      order.lines.map(({ productId }) => productId),
    ),
    paymentMethods(context),
    api.GET('/api/v1/orders/{id}/returns', { params: { path: { id: order.id }, header } }),
  ])
  const { country } = order.shippingAddress ?? {}
  const names = new Intl.DisplayNames(language, { type: 'region' })
  return {
    order,
    payment: payment.data ?? null,
    history: history.data?.items ?? [],
    lines: order.lines.map((line) => ({
      ...line,
      name: products.get(line.productId)?.name ?? line.name,
      ...ofVariant(products.get(line.productId), line.sku),
    })),
    country: country === undefined ? null : (names.of(country) ?? country),
    /** The money has to come before the units are let go. */
    dueAt: new Date(Date.parse(order.createdAt) + shop.holdMinutes * 60_000).toISOString(),
    timeZone: shop.timeZone,
    methods,
    returns: returns.data ?? null,
  }
}

export async function action({ context, params, request }: Route.ActionArgs): Promise<Done> {
  const order = await orderOf(context, params.id)
  if (order === undefined) throw new Response(null, { status: 404 })
  const done = await actOn(context, order, await request.formData())
  // Without scripts the page itself says how it went and shows the way to the bank, which a form may
  // not go to (CSP); when there is nothing to be said it is opened anew.
  const isPlain = request.headers.get('accept')?.includes('text/html') === true
  if (isPlain && done.problem === undefined && done.url === undefined) {
    throw redirect(pathsOf(context).order(order.id), 303)
  }
  return done
}

export const meta: Route.MetaFunction = ({ matches, loaderData }) => {
  const here = matches[0].loaderData
  if (here === undefined || loaderData === undefined) return []
  const orders = ordersTextsOf(here.language)
  return [
    { title: `${orders.title(loaderData.order.number)} – ${here.shop.name}` },
    { name: 'robots', content: 'noindex' },
  ]
}

export default function OrderPage({ loaderData, actionData }: Route.ComponentProps) {
  const orders = useOrdersTexts()
  const { order, payment, history, timeZone } = loaderData
  const isToPay = shownOf(order, payment, undefined) === 'to-pay'
  const payer = usePayer(isToPay)
  const url = payer.url ?? actionData?.url
  const at = shownOf(order, payment, url)
  const shown = payer.isPaying ? 'asking' : at
  useFreshOrder(shown)
  const isOver = at === 'confirmed' || at === 'fulfilled' || at === 'cancelled'
  // What the bank did not say in time, its news has said since.
  const problem = isOver ? undefined : (payer.problem ?? actionData?.problem)
  return (
    <main id="content" className="mx-auto w-full max-w-6xl flex-1 px-4 py-8">
      <h1 className="text-sm font-semibold tracking-wide text-muted">
        {orders.title(order.number)}
      </h1>
      <OrderWord data={loaderData} shown={shown} at={at} url={url} problem={problem} />
      <OrderSteps order={order} history={history} timeZone={timeZone} />
      <div className="mt-8 grid items-start gap-8 lg:grid-cols-[1fr_22rem]">
        <div className="space-y-4">
          <OrderLines lines={loaderData.lines} />
          {loaderData.returns === null ? null : (
            <OrderReturns orderId={order.id} returns={loaderData.returns} />
          )}
        </div>
        <OrderFacts data={loaderData} />
      </div>
    </main>
  )
}

/**
 * Pays as soon as the order is there: by then the browser has the key to it, so closing the page loses
 * nothing. Goes to the bank's page when the bank asks for it.
 */
function usePayer(isToPay: boolean) {
  const fetcher = useFetcher<Done>({ key: 'pay' })
  const [search, setSearch] = useSearchParams()
  const { submit, data, state } = fetcher
  const begun = useRef(false)
  const isNow = search.get('pay') === 'now'
  useEffect(() => {
    if (!isNow || begun.current) return
    begun.current = true
    setSearch({}, { replace: true, preventScrollReset: true })
    if (isToPay) void submit({ intent: 'pay' }, { method: 'post' })
  }, [isNow, isToPay, submit, setSearch])
  useEffect(() => {
    if (data?.url !== undefined) location.assign(data.url)
  }, [data])
  const { url, problem } = state === 'idle' ? (data ?? {}) : {}
  return { isPaying: state !== 'idle', url, problem }
}

/** Looks again: often while money is on its way, rarely later, never at a page that nobody sees. */
function useFreshOrder(shown: Shown): void {
  const { revalidate, state } = useRevalidator()
  const looks = useRef({ shown, count: 0 })
  useEffect(() => {
    if (looks.current.shown !== shown) looks.current = { shown, count: 0 }
    const pause = pauseOf(shown, looks.current.count)
    if (pause === null || state !== 'idle') return
    const look = () => {
      if (document.visibilityState !== 'visible') return
      looks.current.count += 1
      void revalidate()
    }
    const timer = setTimeout(look, pause)
    document.addEventListener('visibilitychange', look)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [shown, state, revalidate])
}
