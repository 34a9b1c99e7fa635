import { Form, redirect, useActionData } from 'react-router'

import { Link } from '../../../kit/link.tsx'
import { Field } from '../../../kit/field.tsx'
import { Notice } from '../../../kit/notice.tsx'
import { Submit } from '../../../kit/submit.tsx'
import { apiOf } from '../../lib/api.ts'
import { countriesIn, countryOf } from '../../lib/countries.ts'
import { CountryField } from '../../lib/country-field.tsx'
import { problemOf } from '../../lib/problem.ts'
import { usePaths } from '../../lib/shop.ts'
import { useCheckoutTexts } from '../../lib/texts/checkout.ts'
import { visitContext } from '../../visit.ts'
import { textIn } from '../../lib/form.ts'
import { pathsOf } from '../../lib/paths-of.ts'
import type { Route } from './+types/address-page.ts'
import { ownMeta } from './meta.ts'
import { needPerson, ownFound } from './person.ts'
import { said } from './said.ts'
import { useAccountTexts } from '../../lib/texts/account.ts'

/** The key is made with the page, so that a form that is sent twice keeps one address. */
export async function loader({ context, url, params }: Route.LoaderArgs) {
  needPerson(context, url)
  const { items } = ownFound(await apiOf(context).GET('/api/v1/users/me/addresses'), context, url)
  const address = items.find(({ id }) => id === params.id)
  const isNew = params.id === 'new'
  if (!isNew && address === undefined) throw new Response(null, { status: 404 })
  const { language, shop } = context.get(visitContext)
  return {
    address: address ?? null,
    countries: countriesIn(language),
    home: countryOf(shop.timeZone),
    key: crypto.randomUUID(),
  }
}

export async function action({ request, context, url, params }: Route.ActionArgs) {
  needPerson(context, url)
  const form = await request.formData()
  const given = (name: string) => textIn(form, name).trim()
  const optional = ['phone', 'line2', 'postalCode']
    .map((name) => [name, given(name)] as const)
    .filter(([, value]) => value !== '')
  const body = {
    name: given('name'),
    line1: given('line1'),
    city: given('city'),
    country: given('country'),
    isUsual: form.has('isUsual'),
    ...(Object.fromEntries(optional) as { phone?: string; line2?: string; postalCode?: string }),
  }
  const api = apiOf(context)
  const { id } = params
  const { error, response } = await (id === 'new'
    ? api.POST('/api/v1/users/me/addresses', {
        params: { header: { 'Idempotency-Key': given('key') } },
        body,
      })
    : api.PUT('/api/v1/users/me/addresses/{id}', { params: { path: { id } }, body }))
  if (!response.ok) return { problem: problemOf(error), typed: body }
  throw redirect(`${pathsOf(context).account('addresses')}?saved`, 303)
}

export const meta: Route.MetaFunction = ({ matches, params }) =>
  ownMeta(matches, ({ addresses }) =>
    params['id'] === 'new' ? addresses.newTitle : addresses.changeTitle,
  )

export default function AddressPage({ loaderData }: Route.ComponentProps) {
  const { address, countries, home, key } = loaderData
  const { addresses: texts } = useAccountTexts()
  const account = useAccountTexts()
  const checkout = useCheckoutTexts()
  const paths = usePaths()
  const answer = useActionData<typeof action>()
  const typed = answer?.typed ?? address ?? undefined
  const problem = answer?.problem
  const wrong = problem?.errors?.map(({ pointer = '' }) => pointer.replace('/', '')) ?? []
  const field = (name: 'name' | 'phone' | 'city' | 'postalCode' | 'line1' | 'line2') => ({
    name,
    label: checkout[name],
    defaultValue: typed?.[name] ?? '',
    error: wrong.includes(name) ? checkout.missing[name] : undefined,
  })
  return (
    <section aria-labelledby="title" className="flex max-w-xl flex-col gap-5">
      <h1 id="title" className="text-2xl font-bold">
        {address === null ? texts.newTitle : texts.changeTitle}
      </h1>
      {problem === undefined ? null : (
        <Notice tone="bad" about={answer}>
          {wrong.length > 0 ? texts.wrong : said(problem, account)}
        </Notice>
      )}
      <Form method="post" className="flex flex-col gap-5">
        <input type="hidden" name="key" value={key} />
        <Field {...field('name')} autoComplete="name" maxLength={100} required />
        <Field
          {...field('phone')}
          label={texts.phone}
          type="tel"
          inputMode="tel"
          autoComplete="tel"
          maxLength={25}
        />
        <CountryField
          label={checkout.country}
          countries={countries}
          chosen={typed?.country || home}
        />
        <div className="grid gap-5 sm:grid-cols-2">
          <Field {...field('city')} autoComplete="address-level2" maxLength={80} required />
          <Field {...field('postalCode')} autoComplete="postal-code" maxLength={12} />
        </div>
        <Field {...field('line1')} autoComplete="address-line1" maxLength={120} required />
        <Field {...field('line2')} autoComplete="address-line2" maxLength={80} />
        <Usual isUsual={address?.isUsual === true} isWished={typed?.isUsual === true} />
        <div className="flex flex-wrap gap-3">
          <Submit className="button">{texts.save}</Submit>
          <Link to={paths.account('addresses')} className="button-quiet">
            {texts.cancel}
          </Link>
        </div>
      </Form>
    </section>
  )
}

/** One that is the usual one stays so until another is chosen. */
function Usual({ isUsual, isWished }: { readonly isUsual: boolean; readonly isWished: boolean }) {
  const { addresses: texts } = useAccountTexts()
  if (isUsual) return <p className="text-sm text-muted">{texts.usualMore}</p>
  return (
    <label className="flex min-h-11 cursor-pointer items-center gap-3">
      <input
        type="checkbox"
        name="isUsual"
        defaultChecked={isWished}
        className="size-5 accent-accent"
      />
      {texts.isUsual}
    </label>
  )
}
