import { Form, redirect, useActionData, useSearchParams } from 'react-router'

import { Link } from '../../../kit/link.tsx'
import { Field } from '../../../kit/field.tsx'
import { Notice } from '../../../kit/notice.tsx'
import { Submit } from '../../../kit/submit.tsx'
import { apiOf } from '../../lib/api.ts'
import { problemOf } from '../../lib/problem.ts'
import { safePath } from '../../lib/safe-path.ts'
import { usePaths } from '../../lib/shop.ts'
import { textIn } from '../../lib/form.ts'
import { pathsOf } from '../../lib/paths-of.ts'
import type { Route } from './+types/register-page.ts'
import { enter } from './enter.ts'
import { EmailField } from './email-field.tsx'
import { Entrance } from './entrance.tsx'
import { ownMeta } from './meta.ts'
import { PasswordField } from './password-field.tsx'
import { isSignedIn } from './person.ts'
import { said } from './said.ts'
import { useAccountTexts } from '../../lib/texts/account.ts'

/** The key is made with the page, so that the same form sent twice is one account. */
export function loader({ context, url }: Route.LoaderArgs) {
  if (isSignedIn(context)) {
    throw redirect(safePath(url.searchParams.get('to'), pathsOf(context).account()))
  }
  return { key: crypto.randomUUID() }
}

export async function action({ request, context, url }: Route.ActionArgs) {
  const form = await request.formData()
  const typed = {
    email: textIn(form, 'email').trim(),
    username: textIn(form, 'name').trim(),
    birthDate: textIn(form, 'birthDate'),
  }
  const password = textIn(form, 'password')
  const { error, response } = await apiOf(context).POST('/api/v1/users/register', {
    params: { header: { 'Idempotency-Key': textIn(form, 'key') } },
    body: { ...typed, password },
  })
  if (!response.ok) return { problem: problemOf(error), typed }
  const entered = await enter(context, { email: typed.email, password })
  const paths = pathsOf(context)
  // The account is there; whoever cannot come in just now can a little later.
  if (!entered.ok) throw redirect(paths.signIn())
  throw redirect(safePath(url.searchParams.get('to'), `${paths.account('profile')}?welcome`))
}

export const meta: Route.MetaFunction = ({ matches }) =>
  ownMeta(matches, ({ register }) => register)

export default function RegisterPage({ loaderData: { key } }: Route.ComponentProps) {
  const texts = useAccountTexts()
  const paths = usePaths()
  const answer = useActionData<typeof action>()
  const to = useSearchParams()[0].get('to')
  const field = fieldOf(answer?.problem.code)
  const error = answer === undefined ? undefined : said(answer.problem, texts)
  const errorOf = (name: string) => (field === name ? error : undefined)
  return (
    <Entrance
      title={texts.register}
      lead={texts.registerLead}
      below={
        <p>
          {texts.haveAccount}{' '}
          <Link
            to={to === null ? paths.signIn() : paths.signInFor(to)}
            className="inline-flex min-h-11 items-center font-semibold text-accent underline"
          >
            {texts.enter}
          </Link>
        </p>
      }
    >
      {error === undefined ? null : (
        <Notice tone="bad" about={answer}>
          {error}
        </Notice>
      )}
      <Form method="post" className="flex flex-col gap-5">
        <input type="hidden" name="key" value={key} />
        <EmailField typed={answer?.typed.email} error={errorOf('email')} />
        <Field
          label={texts.name}
          name="name"
          autoComplete="name"
          maxLength={60}
          required
          hint={texts.nameHint}
          defaultValue={answer?.typed.username}
        />
        <Field
          label={texts.birthDate}
          name="birthDate"
          type="date"
          autoComplete="bday"
          required
          hint={texts.birthDateHint}
          defaultValue={answer?.typed.birthDate}
          error={errorOf('birthDate')}
        />
        <PasswordField label={texts.password} name="password" isNew error={errorOf('password')} />
        <Submit>{texts.register}</Submit>
      </Form>
    </Entrance>
  )
}

/** Which field a refusal concerns. */
function fieldOf(code: string | undefined): string | undefined {
  if (code === 'identity.email-taken') return 'email'
  if (code === 'identity.password-weak') return 'password'
  return code === 'identity.too-young' || code === 'identity.birth-date-wrong'
    ? 'birthDate'
    : undefined
}
