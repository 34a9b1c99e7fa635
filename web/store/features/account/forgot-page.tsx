import { Form, useActionData } from 'react-router'

import { Link } from '../../../kit/link.tsx'
import { Notice } from '../../../kit/notice.tsx'
import { Submit } from '../../../kit/submit.tsx'
import { apiOf } from '../../lib/api.ts'
import { problemOf } from '../../lib/problem.ts'
import { usePaths } from '../../lib/shop.ts'
import { textIn } from '../../lib/form.ts'
import type { Route } from './+types/forgot-page.ts'
import { EmailField } from './email-field.tsx'
import { Entrance } from './entrance.tsx'
import { ownMeta } from './meta.ts'
import { said } from './said.ts'
import { useAccountTexts } from '../../lib/texts/account.ts'

export async function action({ request, context }: Route.ActionArgs) {
  const email = textIn(await request.formData(), 'email').trim()
  const { error, response } = await apiOf(context).POST('/api/v1/users/password/forgot', {
    body: { email },
  })
  return { email, problem: response.ok ? undefined : problemOf(error) }
}

export const meta: Route.MetaFunction = ({ matches }) => ownMeta(matches, ({ forgot }) => forgot)

/** Says the same whether or not there is such an account. */
export default function ForgotPage() {
  const texts = useAccountTexts()
  const paths = usePaths()
  const answer = useActionData<typeof action>()
  const back = (
    <Link to={paths.signIn()} className="inline-flex min-h-11 items-center text-accent underline">
      {texts.backToSignIn}
    </Link>
  )
  if (answer !== undefined && answer.problem === undefined) {
    return (
      <Entrance title={texts.forgotDone} below={back}>
        <Notice tone="good">{texts.forgotDoneMore(answer.email)}</Notice>
      </Entrance>
    )
  }
  return (
    <Entrance title={texts.forgot} lead={texts.forgotLead} below={back}>
      {answer?.problem === undefined ? null : (
        <Notice tone="bad" about={answer}>
          {said(answer.problem, texts)}
        </Notice>
      )}
      <Form method="post" className="flex flex-col gap-5">
        <EmailField typed={answer?.email} />
        <Submit>{texts.forgotSend}</Submit>
      </Form>
    </Entrance>
  )
}
