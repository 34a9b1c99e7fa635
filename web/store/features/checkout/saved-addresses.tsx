import { Form, redirect, type RouterContextProvider } from 'react-router'

import { pathsOf } from '../../lib/paths-of.ts'
import { addressesOf, isSamePlace, linesOf, type Address } from '../../lib/addresses.ts'
import { apiOf } from '../../lib/api.ts'
import { useCheckoutTexts } from '../../lib/texts/checkout.ts'
import type { CheckoutDraft } from '../../../../server/pages/contract.ts'
import { COLLECTED, draftOf, keepDraft, stepOf } from './draft.ts'

type Context = Readonly<RouterContextProvider>

/** An address as a choice, with the name of its country. */
export interface SavedAddress extends Address {
  readonly countryName: string
}

/** Sends the order to an address that is kept already. One that is gone is shown as not there. */
export async function sendTo(context: Context, id: string): Promise<Response> {
  const chosen = (await addressesOf(context)).find((each) => each.id === id)
  if (chosen === undefined) return redirect(pathsOf(context).checkout('address'), 303)
  const { country, city, line1, line2, postalCode } = chosen
  const collects = draftOf(context).delivery === COLLECTED
  keepDraft(context, {
    country,
    city,
    line1,
    line2: line2 ?? '',
    postalCode: postalCode ?? '',
    ...(collects ? { delivery: '' } : {}),
  })
  return redirect(pathsOf(context).checkout(stepOf(draftOf(context))), 303)
}

/** Keeps what was typed for the next orders, once. That it could not be kept stops no order. */
export async function keepTyped(context: Context, typed: CheckoutDraft): Promise<void> {
  const { name = '', phone } = draftOf(context)
  const { country = '', city = '', line1 = '', line2 = '', postalCode = '' } = typed
  const kept = await addressesOf(context)
  if (kept.some((each) => isSamePlace(each, typed))) return
  await apiOf(context).POST('/api/v1/users/me/addresses', {
    params: { header: { 'Idempotency-Key': crypto.randomUUID() } },
    body: {
      name,
      line1,
      city,
      country,
      isUsual: false,
      ...(phone === undefined ? {} : { phone }),
      ...(line2 === '' ? {} : { line2 }),
      ...(postalCode === '' ? {} : { postalCode }),
    },
  })
}

/** What is kept already is a press away; another address is typed below. */
export function SavedAddresses({ addresses }: { readonly addresses: readonly SavedAddress[] }) {
  const checkout = useCheckoutTexts()
  if (addresses.length === 0) return null
  return (
    <section aria-labelledby="saved" className="card mb-5 p-5 sm:p-8">
      <h2 id="saved" tabIndex={-1} className="text-2xl font-bold outline-none">
        {checkout.savedTitle}
      </h2>
      <Form method="post" className="mt-5">
        <input type="hidden" name="intent" value="use" />
        <ul className="space-y-3">
          {addresses.map((address) => (
            <li
              key={address.id}
              className="flex flex-wrap items-center justify-between gap-3 rounded-card border border-line px-4 py-3"
            >
              <p className="min-w-0 flex-1 basis-48 wrap-anywhere" id={`saved-${address.id}`}>
                {linesOf(address, address.countryName).map((line) => (
                  <span key={line} className="block first:font-medium not-first:text-muted">
                    {line}
                  </span>
                ))}
              </p>
              <button
                name="address"
                value={address.id}
                aria-describedby={`saved-${address.id}`}
                className="button-quiet border border-line max-sm:w-full"
              >
                {checkout.sendHere}
              </button>
            </li>
          ))}
        </ul>
      </Form>
    </section>
  )
}
