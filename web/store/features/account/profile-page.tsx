import type { ReactNode } from 'react'
import { Form, useActionData, useSearchParams } from 'react-router'

import { Link } from '../../../kit/link.tsx'
import { Notice } from '../../../kit/notice.tsx'
import { Submit } from '../../../kit/submit.tsx'
import { apiOf } from '../../lib/api.ts'
import { dateText } from '../../lib/format.ts'
import { problemOf } from '../../lib/problem.ts'
import { textIn } from '../../lib/form.ts'
import { Currencies } from '../../lib/currencies.tsx'
import { Languages } from '../../lib/languages.tsx'
import { useHere, usePaths, useTexts } from '../../lib/shop.ts'
import type { Route } from './+types/profile-page.ts'
import { ownMeta } from './meta.ts'
import { needPerson, ownFound } from './person.ts'
import { said } from './said.ts'
import { useAccountTexts } from '../../lib/texts/account.ts'

export async function loader({ context, url }: Route.LoaderArgs) {
  needPerson(context, url)
  const me = ownFound(await apiOf(context).GET('/api/v1/users/me'), context, url)
  const { username, email, createdAt, emailVerifiedAt } = me
  return { username, email, createdAt, isVerified: emailVerifiedAt !== null }
}

/** Calls who is signed in otherwise, forgets what their search follows, or has another letter sent that confirms the address. */
export async function action({ request, context, url }: Route.ActionArgs) {
  needPerson(context, url)
  const api = apiOf(context)
  const form = await request.formData()
  if (form.get('intent') === 'rename') {
    const username = textIn(form, 'name').trim()
    return told('renamed', await api.PATCH('/api/v1/users/me', { body: { username } }))
  }
  if (form.get('intent') === 'forget') {
    return told('forgotten', await api.DELETE('/api/v1/search/interests'))
  }
  return told('sent', await api.POST('/api/v1/users/me/email/verification', { body: {} }))
}

/** What a button has done, or why it has not. */
function told<Done extends string>(
  done: Done,
  { error, response }: { readonly error?: unknown; readonly response: Response },
) {
  return { done, problem: response.ok ? undefined : problemOf(error) }
}

export const meta: Route.MetaFunction = ({ matches }) =>
  ownMeta(matches, ({ profile }) => profile.title)

export default function ProfilePage({ loaderData }: Route.ComponentProps) {
  const { username, email, createdAt, isVerified } = loaderData
  const texts = useAccountTexts()
  const { language, languages, currencies, shop } = useHere()
  const { shell } = useTexts()
  const answer = useActionData<typeof action>()
  const isNew = useSearchParams()[0].has('welcome')
  return (
    <section aria-labelledby="title" className="flex flex-col gap-5">
      <h1 id="title" className="text-2xl font-bold">
        {texts.profile.title}
      </h1>
      {isNew && !isVerified && answer === undefined ? (
        <Notice tone="good">{texts.welcome(email)}</Notice>
      ) : null}
      {answer === undefined ? null : (
        <Notice tone={answer.problem === undefined ? 'good' : 'bad'} about={answer}>
          {answer.problem === undefined ? texts.profile[answer.done] : said(answer.problem, texts)}
        </Notice>
      )}
      <dl className="divide-y divide-line rounded-card border border-line bg-card px-5">
        <Fact name={texts.name}>
          <Name username={username} />
        </Fact>
        <Fact name={texts.email}>
          <Email email={email} isVerified={isVerified} />
        </Fact>
        <Fact name={texts.profile.since}>
          <time dateTime={createdAt}>{dateText(createdAt, language, shop.timeZone)}</time>
        </Fact>
        {languages.length < 2 ? null : (
          <Fact name={shell.language}>
            <Choice>
              <Languages />
            </Choice>
          </Fact>
        )}
        {currencies.length < 2 ? null : (
          <Fact name={texts.profile.currency}>
            <Choice>
              <Currencies />
            </Choice>
          </Fact>
        )}
        <Fact name={texts.profile.privacy}>
          <Form method="post" className="flex flex-col items-start gap-3">
            <input type="hidden" name="intent" value="forget" />
            <span className="max-w-prose">{texts.profile.interests}</span>
            <Submit className="button-line">{texts.profile.forget}</Submit>
          </Form>
        </Fact>
      </dl>
    </section>
  )
}

function Name({ username }: { readonly username: string }) {
  const texts = useAccountTexts()
  return (
    <Form method="post" className="flex items-end gap-3">
      <input type="hidden" name="intent" value="rename" />
      <input
        name="name"
        aria-label={texts.name}
        autoComplete="name"
        maxLength={60}
        required
        pattern=".*\S.*"
        defaultValue={username}
        className="field w-0 min-w-0 flex-1"
      />
      <Submit className="button-line">{texts.profile.rename}</Submit>
    </Form>
  )
}

function Email({ email, isVerified }: { readonly email: string; readonly isVerified: boolean }) {
  const texts = useAccountTexts()
  const paths = usePaths()
  return (
    <>
      <span className="flex flex-wrap items-center justify-between gap-x-4">
        <span className="min-w-0 break-words">{email}</span>
        <Link
          to={paths.account('email')}
          className="-my-2.5 inline-flex min-h-11 items-center text-sm text-accent underline"
        >
          {texts.emailChange.link}
        </Link>
      </span>
      {isVerified ? (
        <span className="text-sm text-good">{texts.profile.verified}</span>
      ) : (
        <span className="mt-1 flex flex-col items-start gap-2 text-sm">
          <span>{texts.profile.unverified}</span>
          <span className="text-muted">{texts.profile.unverifiedMore}</span>
          <Form method="post">
            <Submit className="button-line">{texts.profile.sendAgain}</Submit>
          </Form>
        </span>
      )}
    </>
  )
}

/** Its buttons are taller than the line they stand in. */
function Choice({ children }: { readonly children: ReactNode }) {
  return <div className="-mx-1 -my-2.5">{children}</div>
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="grid gap-x-6 gap-y-1 py-4 sm:grid-cols-[12rem_minmax(0,1fr)]">
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  )
}
