import { Form, useActionData } from 'react-router'

import { Link } from '../../../kit/link.tsx'
import { Field } from '../../../kit/field.tsx'
import { Notice } from '../../../kit/notice.tsx'
import { Submit } from '../../../kit/submit.tsx'
import { useFocus } from '../../../kit/use-focus.ts'
import { apiOf } from '../../lib/api.ts'
import { problemOf } from '../../lib/problem.ts'
import { usePaths } from '../../lib/shop.ts'
import { textIn } from '../../lib/form.ts'
import type { Route } from './+types/email-page.ts'
import { ownMeta } from './meta.ts'
import { PasswordField } from './password-field.tsx'
import { needPerson } from './person.ts'
import { said } from './said.ts'
import { useAccountTexts } from '../../lib/texts/account.ts'

export function loader({ context, url }: Route.LoaderArgs) {
  needPerson(context, url)
  return null
}

/** Has a link sent to the new address; whether somebody has it is told to nobody. */
export async function action({ request, context, url }: Route.ActionArgs) {
  needPerson(context, url)
  const form = await request.formData()
  const email = textIn(form, 'email').trim()
  const { error, response } = await apiOf(context).POST('/api/v1/users/me/email', {
    body: { email, password: textIn(form, 'password') },
  })
  return { problem: response.ok ? undefined : problemOf(error), email }
}

export const meta: Route.MetaFunction = ({ matches }) =>
  ownMeta(matches, ({ emailChange }) => emailChange.title)

export default function EmailPage() {
  const texts = useAccountTexts()
  const paths = usePaths()
  const answer = useActionData<typeof action>()
  const problem = answer?.problem
  // The form is gone with the button that was pressed.
  const title = useFocus<HTMLHeadingElement>(problem === undefined ? answer : undefined)
  const isWrong = problem?.code === 'request.invalid'
  const error = problem === undefined ? undefined : said(problem, texts)
  return (
    <section aria-labelledby="title" className="flex max-w-md flex-col gap-5">
      <div>
        <h1 id="title" ref={title} tabIndex={-1} className="text-2xl font-bold outline-none">
          {texts.emailChange.title}
        </h1>
        <p className="mt-2 text-muted">{texts.emailChange.lead}</p>
      </div>
      {answer === undefined ? null : (
        <Notice tone={problem === undefined ? 'good' : 'bad'} about={answer}>
          {problem === undefined
            ? texts.emailChange.sent(answer.email)
            : isWrong
              ? texts.emailChange.wrong
              : error}
        </Notice>
      )}
      {answer !== undefined && problem === undefined ? null : (
        <Form method="post" className="flex flex-col gap-5">
          <Field
            label={texts.emailChange.email}
            name="email"
            type="email"
            autoComplete="email"
            inputMode="email"
            maxLength={254}
            required
            defaultValue={answer?.email}
            error={isWrong ? texts.emailChange.wrong : undefined}
          />
          <PasswordField
            label={texts.oldPassword}
            name="password"
            error={problem?.code === 'identity.old-password-wrong' ? error : undefined}
          />
          <Submit className="button self-start">{texts.emailChange.send}</Submit>
        </Form>
      )}
      <Link
        to={paths.account('profile')}
        className="inline-flex min-h-11 items-center self-start text-accent underline"
      >
        {texts.emailChange.back}
      </Link>
    </section>
  )
}
