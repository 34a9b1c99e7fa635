import { Form, redirect } from 'react-router'

import type { Route } from './+types/address-step.ts'
import { moneyText } from '../../lib/format.ts'
import { useHere, usePaths } from '../../lib/shop.ts'
import { useCheckoutTexts } from '../../lib/texts/checkout.ts'
import { visitContext } from '../../visit.ts'
import { countriesIn, countryOf } from './countries.ts'
import { COLLECTED, draftOf, keepDraft, mustBeAt, pathsHere, saveStep, stepOf } from './draft.ts'
import { StepForm, TextField } from './step-form.tsx'

export function loader({ context }: Route.LoaderArgs) {
  mustBeAt(context, 'address')
  const { shop, language } = context.get(visitContext)
  const { country = countryOf(shop.timeZone), city, line1, line2, postalCode } = draftOf(context)
  return {
    typed: { country, city, line1, line2, postalCode },
    countries: countriesIn(language),
    canCollect: COLLECTED in shop.delivery,
  }
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.clone().formData()
  if (form.get('intent') !== 'collect') return saveStep(context, request, 'address')
  keepDraft(context, { delivery: COLLECTED })
  return redirect(pathsHere(context).checkout(stepOf(draftOf(context))), 303)
}

export default function AddressStep({ loaderData, actionData }: Route.ComponentProps) {
  const checkout = useCheckoutTexts()
  const paths = usePaths()
  const { typed, countries, canCollect } = loaderData
  const wrong = actionData?.wrong
  return (
    <>
      {canCollect ? <Collect /> : null}
      <StepForm title={checkout.addressTitle} back={paths.checkout('contact')} wrong={wrong}>
        <div>
          <label htmlFor="country" className="mb-1.5 block font-medium">
            {checkout.country}
          </label>
          <select
            id="country"
            name="country"
            autoComplete="country"
            defaultValue={typed.country}
            required
            aria-invalid={wrong?.includes('country') === true}
            className="field w-full"
          >
            {countries.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <div className="grid gap-5 sm:grid-cols-[1fr_17rem]">
          <TextField
            name="city"
            label={checkout.city}
            value={typed.city}
            wrong={wrong}
            autoComplete="address-level2"
            maxLength={80}
          />
          <TextField
            name="postalCode"
            label={checkout.postalCode}
            value={typed.postalCode}
            wrong={wrong}
            autoComplete="postal-code"
            maxLength={12}
            isOptional
          />
        </div>
        <TextField
          name="line1"
          label={checkout.line1}
          value={typed.line1}
          wrong={wrong}
          autoComplete="address-line1"
          maxLength={120}
        />
        <TextField
          name="line2"
          label={checkout.line2}
          value={typed.line2}
          wrong={wrong}
          autoComplete="address-line2"
          maxLength={80}
          isOptional
        />
      </StepForm>
    </>
  )
}

/** Who comes for the goods needs no address: said before it is typed. */
function Collect() {
  const { language, shop } = useHere()
  const checkout = useCheckoutTexts()
  return (
    <Form
      method="post"
      className="notice mb-5 flex flex-wrap items-center justify-between gap-3 sm:px-8"
    >
      <div>
        <p className="font-semibold">
          {checkout.deliveries[COLLECTED]}
          <span className="ml-2 font-normal text-muted">
            {moneyText({ amount: 0, currency: shop.currency }, language)}
          </span>
        </p>
        <p className="text-sm text-muted">{checkout.collectMore}</p>
      </div>
      <button name="intent" value="collect" className="button-quiet border border-line">
        {checkout.collect}
      </button>
    </Form>
  )
}
