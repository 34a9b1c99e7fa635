import { Form, redirect } from 'react-router'

import { Link } from '../../../kit/link.tsx'
import { Notice } from '../../../kit/notice.tsx'
import { Submit } from '../../../kit/submit.tsx'
import { apiOf } from '../../lib/api.ts'
import { ofVariant, productsOf } from '../../lib/cart/cart-of.ts'
import { orderOf, tokenOf } from '../../lib/orders.ts'
import { pathsOf } from '../../lib/paths-of.ts'
import { Picture } from '../../lib/picture.tsx'
import { usePaths } from '../../lib/shop.ts'
import { returnsTextsOf, useReturnsTexts } from '../../lib/texts/returns.ts'
import type { Route } from './+types/return-page.ts'
import { askReturn, REASONS, UNITS, type Refused } from './ask.ts'

export async function loader({ context, params }: Route.LoaderArgs) {
  const order = await orderOf(context, params.id)
  if (order === undefined) throw new Response(null, { status: 404 })
  const { data } = await apiOf(context).GET('/api/v1/orders/{id}/returns', {
    params: { path: { id: order.id }, header: tokenOf(context, order.id) },
  })
  if (data === undefined) throw new Response(null, { status: 503 })
  const left = new Map(data.returnable.map(({ sku, quantity }) => [sku, quantity]))
  const lines = order.lines.filter(({ sku }) => left.has(sku))
  const products = await productsOf(
    context,
    lines.map(({ productId }) => productId),
  )
  return {
    id: order.id,
    number: order.number,
    lines: lines.map(({ sku, name, productId }) => ({
      sku,
      name: products.get(productId)?.name ?? name,
      left: left.get(sku) ?? 0,
      ...ofVariant(products.get(productId), sku),
    })),
    // Made with the page, so that a form that is sent twice is one request.
    key: crypto.randomUUID(),
  }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const asked = await askReturn(context, params.id, await request.formData())
  if (!('id' in asked)) return asked
  throw redirect(`${pathsOf(context).order(params.id)}?returned=${asked.id}#returns`, 303)
}

export const meta: Route.MetaFunction = ({ matches, loaderData }) => {
  const here = matches[0].loaderData
  if (here === undefined || loaderData === undefined) return []
  const texts = returnsTextsOf(here.language)
  return [
    { title: `${texts.newTitle(loaderData.number)} · ${here.shop.name}` },
    { name: 'robots', content: 'noindex, nofollow' },
  ]
}

export default function ReturnPage({ loaderData, actionData }: Route.ComponentProps) {
  const texts = useReturnsTexts()
  const paths = usePaths()
  const { id, number, lines } = loaderData
  return (
    <main id="content" className="mx-auto w-full max-w-2xl flex-1 px-4 py-8">
      <Link to={paths.order(id)} className="-ml-3 button-quiet text-sm text-muted">
        {`← ${texts.back}`}
      </Link>
      <h1 className="mt-2 text-2xl font-bold wrap-anywhere sm:text-3xl">
        {texts.newTitle(number)}
      </h1>
      {lines.length === 0 ? (
        <div className="mt-6 flex flex-col items-start gap-3 rounded-card border border-dashed border-line p-8">
          <p className="font-semibold">{texts.nothingLeft}</p>
          <p className="text-muted">{texts.nothingLeftMore}</p>
        </div>
      ) : (
        <>
          <p className="mt-3 text-muted">{texts.lead}</p>
          <ReturnForm data={loaderData} refused={actionData} />
        </>
      )}
    </main>
  )
}

function ReturnForm({
  data: { lines, key },
  refused,
}: {
  readonly data: Route.ComponentProps['loaderData']
  readonly refused: Refused | undefined
}) {
  const texts = useReturnsTexts()
  return (
    <Form method="post" className="mt-6 flex flex-col gap-6">
      <input type="hidden" name="key" value={key} />
      {refused === undefined ? null : (
        <Notice tone="bad" about={refused}>
          {refused.message}
        </Notice>
      )}
      <fieldset>
        <legend className="text-lg font-bold">{texts.what}</legend>
        <ul className="mt-2 divide-y divide-line">
          {lines.map((line) => (
            <Line key={line.sku} line={line} isOnly={lines.length === 1} refused={refused} />
          ))}
        </ul>
      </fieldset>
      <div>
        <label htmlFor="reason" className="mb-1.5 block text-lg font-bold">
          {texts.why}
        </label>
        <select
          id="reason"
          name="reason"
          required
          defaultValue={refused?.reason ?? ''}
          aria-invalid={refused?.about === 'reason' || undefined}
          className={`field w-full ${refused?.about === 'reason' ? 'field-wrong' : ''}`}
        >
          <option value="">{texts.choose}</option>
          {REASONS.map((each) => (
            <option key={each} value={each}>
              {texts.reasons[each]}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label htmlFor="comment" className="mb-1.5 block font-medium">
          {texts.comment}
        </label>
        <textarea
          id="comment"
          name="comment"
          rows={4}
          maxLength={1000}
          defaultValue={refused?.comment}
          className="field w-full py-2"
        />
      </div>
      <Submit className="button self-start">{texts.send}</Submit>
    </Form>
  )
}

function Line({
  line: { sku, name, options, picture, left },
  isOnly,
  refused,
}: {
  readonly line: Route.ComponentProps['loaderData']['lines'][number]
  readonly isOnly: boolean
  readonly refused: Refused | undefined
}) {
  const texts = useReturnsTexts()
  const isWrong = refused?.about === 'units'
  return (
    <li className="grid grid-cols-[4.5rem_1fr_auto] items-center gap-4 py-4">
      <div className="overflow-hidden rounded-card border border-line">
        <Picture asset={picture} sizes="72px" />
      </div>
      <div className="min-w-0">
        <p className="font-medium wrap-anywhere">{name}</p>
        {options === '' ? null : <p className="text-sm text-muted">{options}</p>}
      </div>
      <label className="flex items-center gap-2">
        <span className="sr-only">{texts.units(name)}</span>
        <input
          type="number"
          name={`${UNITS}${sku}`}
          inputMode="numeric"
          min={0}
          max={left}
          // Of one thing it is clear what goes back.
          defaultValue={refused?.units[sku] ?? (isOnly && left === 1 ? 1 : 0)}
          aria-invalid={isWrong || undefined}
          className={`field w-20 px-3 text-center tabular-nums ${isWrong ? 'field-wrong' : ''}`}
        />
        <span className="text-sm whitespace-nowrap text-muted">{texts.of(left)}</span>
      </label>
    </li>
  )
}
