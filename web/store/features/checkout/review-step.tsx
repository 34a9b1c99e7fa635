import { Form, useNavigation, useRouteLoaderData } from 'react-router'

import type { Route } from './+types/review-step.ts'
import { Link } from '../../../kit/link.tsx'
import { moneyText } from '../../lib/format.ts'
import { methodName, paymentMethods } from '../../lib/payment-methods.ts'
import { useHere, usePaths } from '../../lib/shop.ts'
import { useCheckoutTexts } from '../../lib/texts/checkout.ts'
import type { CheckoutStep } from '../../paths.ts'
import { visitContext } from '../../visit.ts'
import type { loader as checkoutLoader } from './checkout-page.tsx'
import { COLLECTED, draftOf, mustBeAt } from './draft.ts'
import { keyOf, place, type NotPlaced } from './place.ts'

export async function loader({ context }: Route.LoaderArgs) {
  mustBeAt(context, 'review')
  const key = keyOf(context)
  const { country = '', ...draft } = draftOf(context)
  const names = new Intl.DisplayNames(context.get(visitContext).language, { type: 'region' })
  const payment = methodName(await paymentMethods(context), draft.payment ?? '')
  return { key, draft, payment, country: country === '' ? '' : (names.of(country) ?? country) }
}

export async function action({ context, request }: Route.ActionArgs) {
  return place(context, await request.formData())
}

const FORM = 'place'

export default function ReviewStep({ loaderData, actionData }: Route.ComponentProps) {
  const checkout = useCheckoutTexts()
  const { draft, country, payment } = loaderData
  const { name, phone, email, line1, line2, city, postalCode, delivery = '' } = draft
  const said = (...parts: (string | undefined)[]) => parts.filter((each) => each).join(', ')
  return (
    <div className="card p-5 sm:p-8">
      <h2 tabIndex={-1} className="text-2xl font-bold outline-none">
        {checkout.reviewTitle}
      </h2>
      <dl className="mt-4 divide-y divide-line">
        <Part step="contact" lines={[name, phone, email]} />
        {delivery === COLLECTED ? null : (
          <Part step="address" lines={[said(line1, line2), said(city, postalCode), country]} />
        )}
        <Part step="delivery" lines={[checkout.deliveries[delivery] ?? delivery]} />
        <Part step="payment" lines={[payment]} />
      </dl>
      <Place orderKey={loaderData.key} refusal={actionData} />
    </div>
  )
}

function Part({
  step,
  lines,
}: {
  readonly step: CheckoutStep
  readonly lines: readonly (string | undefined)[]
}) {
  const checkout = useCheckoutTexts()
  const paths = usePaths()
  return (
    <div className="grid grid-cols-[1fr_auto] gap-x-4 py-4 sm:grid-cols-[9rem_1fr_auto]">
      <dt className="text-muted">{checkout.steps[step]}</dt>
      <dd className="row-start-2 wrap-anywhere sm:col-start-2 sm:row-start-1">
        {lines.map((line) => (line ? <p key={line}>{line}</p> : null))}
      </dd>
      <dd className="col-start-2 row-span-2 row-start-1 sm:col-start-3">
        <Link
          to={paths.checkout(step)}
          className="-my-2 button-quiet text-sm underline"
          aria-label={checkout.changeOf(checkout.steps[step])}
        >
          {checkout.change}
        </Link>
      </dd>
    </div>
  )
}

/** The button that orders, once; what it costs stands on it. */
function Place({
  orderKey,
  refusal,
}: {
  readonly orderKey: string
  readonly refusal: NotPlaced | undefined
}) {
  const { language } = useHere()
  const checkout = useCheckoutTexts()
  const paths = usePaths()
  const isSending = useNavigation().state !== 'idle'
  const seen = useRouteLoaderData<typeof checkoutLoader>('features/checkout/checkout-page')
  if (seen === undefined) return null
  const { total, promised } = seen
  // The API adds taxes where prices are without: then its total is the one to agree to.
  const asked = refusal?.total ?? total
  const old = refusal?.total === undefined ? promised : (refusal.was ?? promised)
  const text = moneyText(asked, language)
  const isDearer = asked.amount > old.amount
  return (
    <Form id={FORM} method="post" className="mt-4">
      <input type="hidden" name="key" value={orderKey} />
      <input type="hidden" name="amount" value={asked.amount} />
      <input type="hidden" name="currency" value={asked.currency} />
      <div role="alert">
        {isDearer ? (
          <div className="notice mb-4 border-bad">
            <p className="font-semibold">{checkout.newTotal(moneyText(old, language), text)}</p>
            <p className="text-sm">{checkout.newTotalMore}</p>
          </div>
        ) : null}
        {refusal === undefined || refusal.total !== undefined ? null : (
          <div className="notice mb-4 border-bad text-bad">
            <p>{refusal.message}</p>
            {/^(cart|inventory)\./.test(refusal.code) ? (
              <Link to={paths.cart()} className="-ml-3 button-quiet underline">
                {checkout.openCart}
              </Link>
            ) : null}
          </div>
        )}
      </div>
      <button
        type="submit"
        className="button min-h-13 w-full py-2 text-lg leading-snug"
        disabled={isSending}
      >
        {isSending ? checkout.placing : checkout.place(text)}
      </button>
      <p className="mt-2 text-center text-sm text-muted">{checkout.placeMore}</p>
    </Form>
  )
}
