import { Form, useActionData } from 'react-router'

import { Notice } from '../../../kit/notice.tsx'
import { Submit } from '../../../kit/submit.tsx'
import { apiOf } from '../../lib/api.ts'
import { problemOf } from '../../lib/problem.ts'
import { textIn } from '../../lib/form.ts'
import type { Route } from './+types/password-page.ts'
import { ownMeta } from './meta.ts'
import { PasswordField } from './password-field.tsx'
import { needPerson } from './person.ts'
import { said } from './said.ts'
import { useAccountTexts } from '../../lib/texts/account.ts'

export function loader({ context, url }: Route.LoaderArgs) {
  needPerson(context, url)
  return null
}

export async function action({ request, context, url }: Route.ActionArgs) {
  needPerson(context, url)
  const form = await request.formData()
  const { error, response } = await apiOf(context).POST('/api/v1/users/me/password', {
    body: { oldPassword: textIn(form, 'oldPassword'), password: textIn(form, 'password') },
  })
  // Fields that have been sent are emptied by another key.
  return { problem: response.ok ? undefined : problemOf(error), at: crypto.randomUUID() }
}

export const meta: Route.MetaFunction = ({ matches }) =>
  ownMeta(matches, ({ change }) => change.title)

export default function PasswordPage() {
  const texts = useAccountTexts()
  const answer = useActionData<typeof action>()
  const problem = answer?.problem
  const error = problem === undefined ? undefined : said(problem, texts)
  return (
    <section aria-labelledby="title" className="flex max-w-md flex-col gap-5">
      <div>
        <h1 id="title" className="text-2xl font-bold">
          {texts.change.title}
        </h1>
        <p className="mt-2 text-muted">{texts.change.lead}</p>
      </div>
      {answer === undefined ? null : (
        <Notice tone={error === undefined ? 'good' : 'bad'} about={answer}>
          {error ?? texts.change.done}
        </Notice>
      )}
      <Form key={answer?.at ?? ''} method="post" className="flex flex-col gap-5">
        <PasswordField
          label={texts.oldPassword}
          name="oldPassword"
          error={problem?.code === 'identity.old-password-wrong' ? error : undefined}
        />
        <PasswordField
          label={texts.newPassword}
          name="password"
          isNew
          error={problem?.code === 'identity.password-weak' ? error : undefined}
        />
        <Submit className="button self-start">{texts.change.save}</Submit>
      </Form>
    </section>
  )
}
