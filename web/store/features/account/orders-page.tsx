import { redirect, useActionData } from 'react-router'

import { Link } from '../../../kit/link.tsx'
import { Notice } from '../../../kit/notice.tsx'
import { apiOf } from '../../lib/api.ts'
import { problemOf } from '../../lib/problem.ts'
import { Pager } from '../../lib/pager.tsx'
import { usePaths } from '../../lib/shop.ts'
import { textIn } from '../../lib/form.ts'
import { pathsOf } from '../../lib/paths-of.ts'
import type { Route } from './+types/orders-page.ts'
import { ownMeta } from './meta.ts'
import { orderAgain } from './order-again.ts'
import { OrderRow } from './order-row.tsx'
import { needPerson, ownFound } from './person.ts'
import { said } from './said.ts'
import { useAccountTexts } from '../../lib/texts/account.ts'

const ON_A_PAGE = 10

export async function loader({ context, url }: Route.LoaderArgs) {
  needPerson(context, url)
  const api = apiOf(context)
  const { id: userId } = ownFound(await api.GET('/api/v1/users/me'), context, url)
  const after = url.searchParams.get('after')
  const answer = await api.GET('/api/v1/orders/user/{userId}', {
    params: {
      path: { userId },
      query: { limit: ON_A_PAGE, ...(after === null ? {} : { after }) },
    },
  })
  // The keys are made with the page, so that a form that is sent twice is one request.
  const { items, next } = ownFound(answer, context, url)
  const orders = await Promise.all(
    items.map(async (order) => {
      const { data } = await api.GET('/api/v1/orders/{id}', { params: { path: { id: order.id } } })
      const lines = data?.lines.map(({ name, quantity }) => ({ name, quantity })) ?? []
      // The list follows the log; what was done by the last button, the order itself knows.
      const status = data?.status ?? order.status
      return { ...order, status, lines, key: crypto.randomUUID() }
    }),
  )
  return { orders, next, isFirst: after === null }
}

export async function action({ request, context, url }: Route.ActionArgs) {
  needPerson(context, url)
  const form = await request.formData()
  const [id, number, key] = [textIn(form, 'id'), textIn(form, 'number'), textIn(form, 'key')]
  if (textIn(form, 'intent') === 'cancel') {
    const { error, response } = await apiOf(context).POST('/api/v1/orders/{id}/cancel', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body: {},
    })
    return response.ok
      ? { intent: 'cancelled' as const, number }
      : { intent: 'refused' as const, problem: problemOf(error) }
  }
  const again = await orderAgain(context, id, key)
  if (again === undefined) {
    return { intent: 'refused' as const, problem: { code: 'unavailable' } }
  }
  if (again.added === again.all) throw redirect(pathsOf(context).cart())
  return { intent: 'added' as const, ...again }
}

export const meta: Route.MetaFunction = ({ matches }) =>
  ownMeta(matches, ({ orders }) => orders.title)

export default function OrdersPage({ loaderData }: Route.ComponentProps) {
  const { orders, next, isFirst } = loaderData
  const texts = useAccountTexts()
  const paths = usePaths()
  return (
    <section aria-labelledby="title" className="flex flex-col gap-5">
      <h1 id="title" className="text-2xl font-bold">
        {texts.orders.title}
      </h1>
      <Outcome />
      {orders.length === 0 ? (
        <div className="flex flex-col items-start gap-3 rounded-card border border-dashed border-line p-8">
          <p className="font-semibold">{texts.orders.none}</p>
          <p className="text-muted">{texts.orders.noneMore}</p>
          <Link to={paths.home()} className="button">
            {texts.toShop}
          </Link>
        </div>
      ) : (
        <ul className="flex flex-col gap-3">
          {orders.map((order) => (
            <OrderRow key={order.id} order={order} />
          ))}
        </ul>
      )}
      <Pager path={paths.account()} isFirst={isFirst} next={next} texts={texts.orders} />
    </section>
  )
}

/** What came of the last button. */
function Outcome() {
  const texts = useAccountTexts()
  const paths = usePaths()
  const answer = useActionData<typeof action>()
  if (answer === undefined) return null
  if (answer.intent === 'refused') {
    return (
      <Notice tone="bad" about={answer}>
        {said(answer.problem, texts)}
      </Notice>
    )
  }
  if (answer.intent === 'cancelled') {
    return <Notice tone="good">{texts.orders.cancelDone(answer.number)}</Notice>
  }
  const { added, all } = answer
  if (added === 0) {
    return (
      <Notice tone="bad" about={answer}>
        {texts.orders.addedNone}
      </Notice>
    )
  }
  return (
    <Notice tone="good">
      {texts.orders.addedSome(added, all)}{' '}
      <Link to={paths.cart()} className="font-semibold text-accent underline">
        {texts.orders.toCart}
      </Link>
    </Notice>
  )
}
