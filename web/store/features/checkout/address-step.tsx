import { useEffect, useRef, useState } from 'react'
import { Form, redirect } from 'react-router'

import type { Route } from './+types/address-step.ts'
import { pathsOf } from '../../lib/paths-of.ts'
import {
  addressesOf,
  countryName,
  isSamePlace,
  MOST_ADDRESSES,
  type Place,
} from '../../lib/addresses.ts'
import { cartOf } from '../../lib/cart/cart-of.ts'
import { countriesIn, countryOf } from '../../lib/countries.ts'
import { CountryField } from '../../lib/country-field.tsx'
import { textIn } from '../../lib/form.ts'
import { moneyText, type Money } from '../../lib/format.ts'
import { useHere, usePaths } from '../../lib/shop.ts'
import { useCheckoutTexts } from '../../lib/texts/checkout.ts'
import { visitContext } from '../../visit.ts'
import {
  COLLECTED,
  draftOf,
  keepDraft,
  mustBeAt,
  saveStep,
  stepOf,
  typedIn,
  wrongIn,
} from './draft.ts'
import { keepTyped, SavedAddresses, sendTo } from './saved-addresses.tsx'
import { StepForm, TextField } from './step-form.tsx'

export async function loader({ context }: Route.LoaderArgs) {
  mustBeAt(context, 'address')
  const { shop, language, session, currencies } = context.get(visitContext)
  const [addresses, cart] = await Promise.all([addressesOf(context), cartOf(context)])
  const { currency } = cart ?? shop
  const collected = (await currencies.deliveryIn(currency))[COLLECTED]
  const { country = countryOf(shop.timeZone), city, line1, line2, postalCode } = draftOf(context)
  return {
    typed: { country, city, line1, line2, postalCode },
    countries: countriesIn(language),
    collect: collected === undefined ? null : { amount: collected, currency },
    addresses: addresses.map((each) => ({
      ...each,
      countryName: countryName(each.country, language),
    })),
    canKeep: session.read().accessToken !== undefined && addresses.length < MOST_ADDRESSES,
  }
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.clone().formData()
  const intent = form.get('intent')
  if (intent === 'use') return sendTo(context, textIn(form, 'address'))
  if (intent !== 'collect') {
    const typed = typedIn(form)
    const isKept = form.has('keepAddress') && wrongIn(typed, 'address').length === 0
    if (isKept) await keepTyped(context, typed)
    return saveStep(context, request, 'address')
  }
  keepDraft(context, { delivery: COLLECTED })
  return redirect(pathsOf(context).checkout(stepOf(draftOf(context))), 303)
}

export default function AddressStep({ loaderData, actionData }: Route.ComponentProps) {
  const checkout = useCheckoutTexts()
  const paths = usePaths()
  const { typed, countries, collect, addresses, canKeep } = loaderData
  const wrong = actionData !== undefined && 'wrong' in actionData ? actionData.wrong : undefined
  return (
    <>
      {collect === null ? null : <Collect price={collect} />}
      <SavedAddresses addresses={addresses} />
      <StepForm
        title={addresses.length === 0 ? checkout.addressTitle : checkout.otherAddress}
        back={paths.checkout('contact')}
        wrong={wrong}
      >
        <CountryField
          label={checkout.country}
          countries={countries}
          chosen={typed.country}
          isWrong={wrong?.includes('country') === true}
        />
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
        {canKeep ? <Keep typed={typed} kept={addresses} /> : null}
      </StepForm>
    </>
  )
}

const PLACE = ['country', 'city', 'line1', 'line2', 'postalCode'] as const

/** Offers to keep what is typed, as long as it is not kept already. */
function Keep({ typed, kept }: { readonly typed: Place; readonly kept: readonly Place[] }) {
  const checkout = useCheckoutTexts()
  const box = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState(typed)
  useEffect(() => {
    const form = box.current?.closest('form')
    if (!form) return
    const look = () => {
      const given = new FormData(form)
      setPlace(Object.fromEntries(PLACE.map((name) => [name, textIn(given, name)])))
    }
    form.addEventListener('input', look)
    return () => form.removeEventListener('input', look)
  }, [])
  const isKept = kept.some((each) => isSamePlace(each, place))
  return (
    <div ref={box}>
      {isKept ? null : (
        <label className="flex min-h-11 cursor-pointer items-center gap-3">
          <input type="checkbox" name="keepAddress" className="size-5 accent-accent" />
          {checkout.keepAddress}
        </label>
      )}
    </div>
  )
}

/** Who comes for the goods needs no address: said before it is typed. */
function Collect({ price }: { readonly price: Money }) {
  const { language } = useHere()
  const checkout = useCheckoutTexts()
  return (
    <Form
      method="post"
      className="notice mb-5 flex flex-wrap items-center justify-between gap-3 sm:px-8"
    >
      <div>
        <p className="font-semibold">
          {checkout.deliveries[COLLECTED]}
          <span className="ml-2 font-normal text-muted">{moneyText(price, language)}</span>
        </p>
        <p className="text-sm text-muted">{checkout.collectMore}</p>
      </div>
      <button name="intent" value="collect" className="button-quiet border border-line">
        {checkout.collect}
      </button>
    </Form>
  )
}
