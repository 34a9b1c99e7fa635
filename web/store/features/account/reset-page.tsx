import { Form, redirect, useActionData, useSearchParams } from 'react-router'

import { Link } from '../../../kit/link.tsx'
import { Notice } from '../../../kit/notice.tsx'
import { Submit } from '../../../kit/submit.tsx'
import { apiOf } from '../../lib/api.ts'
import { problemOf } from '../../lib/problem.ts'
import { usePaths } from '../../lib/shop.ts'
import { textIn } from '../../lib/form.ts'
import { pathsOf } from '../../lib/paths-of.ts'
import { visitContext } from '../../visit.ts'
import type { Route } from './+types/reset-page.ts'
import { Entrance } from './entrance.tsx'
import { ownMeta } from './meta.ts'
import { PasswordField } from './password-field.tsx'
import { isSignedIn } from './person.ts'
import { said } from './said.ts'
import { useAccountTexts } from '../../lib/texts/account.ts'

export async function action({ request, context, url }: Route.ActionArgs) {
  const password = textIn(await request.formData(), 'password')
  const token = url.searchParams.get('token') ?? ''
  const { error, response } = await apiOf(context).POST('/api/v1/users/password/reset', {
    body: { token, password },
  })
  if (!response.ok) return { problem: problemOf(error) }
  // Every session has ended, that of this browser too.
  if (isSignedIn(context)) context.get(visitContext).session.signOut()
  throw redirect(`${pathsOf(context).signIn()}?reset`)
}

export const meta: Route.MetaFunction = ({ matches }) => ownMeta(matches, ({ reset }) => reset)

/** Where the link of a letter leads. */
export default function ResetPage() {
  const texts = useAccountTexts()
  const paths = usePaths()
  const answer = useActionData<typeof action>()
  const [query] = useSearchParams()
  const another = (
    <Link to={paths.forgot()} className="inline-flex min-h-11 items-center text-accent underline">
      {texts.forgotSend}
    </Link>
  )
  if (!query.get('token')) {
    return (
      <Entrance title={texts.linkMissing} lead={texts.linkMissingMore} below={another}>
        {null}
      </Entrance>
    )
  }
  const error = answer === undefined ? undefined : said(answer.problem, texts)
  const isWeak = answer?.problem.code === 'identity.password-weak'
  return (
    <Entrance title={texts.reset} lead={texts.resetLead} below={isWeak ? undefined : another}>
      {error === undefined ? null : (
        <Notice tone="bad" about={answer}>
          {error}
        </Notice>
      )}
      <Form method="post" className="flex flex-col gap-5">
        <PasswordField
          label={texts.newPassword}
          name="password"
          isNew
          error={isWeak ? error : undefined}
        />
        <Submit>{texts.resetSave}</Submit>
      </Form>
    </Entrance>
  )
}
