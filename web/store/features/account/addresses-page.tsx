import { Form, useActionData, useSearchParams } from 'react-router'

import { Link } from '../../../kit/link.tsx'
import { Notice } from '../../../kit/notice.tsx'
import { Submit } from '../../../kit/submit.tsx'
import { useFocus } from '../../../kit/use-focus.ts'
import { countryName, linesOf, MOST_ADDRESSES, type Address } from '../../lib/addresses.ts'
import { apiOf } from '../../lib/api.ts'
import { problemOf } from '../../lib/problem.ts'
import { useHere, usePaths } from '../../lib/shop.ts'
import { textIn } from '../../lib/form.ts'
import type { Route } from './+types/addresses-page.ts'
import { ownMeta } from './meta.ts'
import { needPerson, ownFound } from './person.ts'
import { said } from './said.ts'
import { useAccountTexts } from '../../lib/texts/account.ts'

export async function loader({ context, url }: Route.LoaderArgs) {
  needPerson(context, url)
  return ownFound(await apiOf(context).GET('/api/v1/users/me/addresses'), context, url)
}

/** Removes one. */
export async function action({ request, context, url }: Route.ActionArgs) {
  needPerson(context, url)
  const id = textIn(await request.formData(), 'id')
  const { error, response } = await apiOf(context).DELETE('/api/v1/users/me/addresses/{id}', {
    params: { path: { id } },
  })
  return { problem: response.ok ? undefined : problemOf(error) }
}

export const meta: Route.MetaFunction = ({ matches }) =>
  ownMeta(matches, ({ addresses }) => addresses.title)

export default function AddressesPage({ loaderData: { items } }: Route.ComponentProps) {
  const texts = useAccountTexts()
  const paths = usePaths()
  const answer = useActionData<typeof action>()
  // What was removed is gone with its button.
  const title = useFocus<HTMLHeadingElement>(answer?.problem === undefined ? answer : undefined)
  const isSaved = useSearchParams()[0].has('saved') && answer === undefined
  const add = (
    <Link to={paths.address('new')} className="button self-start">
      {texts.addresses.add}
    </Link>
  )
  return (
    <section aria-labelledby="title" className="flex flex-col gap-5">
      <div>
        <h1 id="title" ref={title} tabIndex={-1} className="text-2xl font-bold outline-none">
          {texts.addresses.title}
        </h1>
        <p className="mt-2 max-w-prose text-muted">{texts.addresses.lead}</p>
      </div>
      {isSaved ? <Notice tone="good">{texts.addresses.saved}</Notice> : null}
      {answer === undefined ? null : (
        <Notice tone={answer.problem === undefined ? 'good' : 'bad'} about={answer}>
          {answer.problem === undefined ? texts.addresses.removed : said(answer.problem, texts)}
        </Notice>
      )}
      {items.length === 0 ? (
        <div className="flex flex-col items-start gap-3 rounded-card border border-dashed border-line p-8">
          <p className="font-semibold">{texts.addresses.none}</p>
          <p className="text-muted">{texts.addresses.noneMore}</p>
          {add}
        </div>
      ) : (
        <>
          <ul className="grid gap-4 sm:grid-cols-2">
            {items.map((item) => (
              <Kept key={item.id} address={item} />
            ))}
          </ul>
          {items.length < MOST_ADDRESSES ? (
            add
          ) : (
            <p className="text-muted">{texts.faults['identity.addresses-full']}</p>
          )}
        </>
      )}
    </section>
  )
}

function Kept({ address }: { readonly address: Address }) {
  const { addresses: texts } = useAccountTexts()
  const { language } = useHere()
  const paths = usePaths()
  const { id, name, phone, line1, country, isUsual } = address
  return (
    <li className="flex flex-col rounded-card border border-line bg-card p-5">
      <p className="flex flex-wrap items-baseline justify-between gap-x-3 font-semibold">
        <span className="min-w-0 wrap-anywhere">{name}</span>
        {isUsual ? <span className="text-sm font-medium text-good">{texts.usual}</span> : null}
      </p>
      <p className="mt-1 wrap-anywhere">
        {[...linesOf(address, countryName(country, language)), phone ?? ''].map((line) =>
          line === '' ? null : (
            <span key={line} className="block">
              {line}
            </span>
          ),
        )}
      </p>
      <div className="mt-auto -ml-3 flex flex-wrap gap-x-2 pt-3">
        <Link
          to={paths.address(id)}
          className="button-quiet text-sm underline"
          aria-label={texts.changeOf(line1)}
        >
          {texts.change}
        </Link>
        <Form method="post">
          <input type="hidden" name="id" value={id} />
          <Submit className="button-quiet text-sm text-bad underline">
            {texts.remove}
            <span className="sr-only">: {line1}</span>
          </Submit>
        </Form>
      </div>
    </li>
  )
}
