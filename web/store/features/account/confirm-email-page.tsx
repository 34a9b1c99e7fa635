import { Form, Link, useActionData, useSearchParams } from 'react-router'

import { Notice } from '../../../kit/notice.tsx'
import { Submit } from '../../../kit/submit.tsx'
import { apiOf } from '../../lib/api.ts'
import { problemOf } from '../../lib/problem.ts'
import { usePaths } from '../../lib/shop.ts'
import type { Route } from './+types/confirm-email-page.ts'
import { Entrance } from './entrance.tsx'
import { ownMeta } from './meta.ts'
import { said } from './said.ts'
import { useAccountTexts } from '../../lib/texts/account.ts'

export async function action({ context, url }: Route.ActionArgs) {
  const token = url.searchParams.get('token') ?? ''
  const { error, response } = await apiOf(context).POST('/api/v1/users/email/change', {
    body: { token },
  })
  return { problem: response.ok ? undefined : problemOf(error) }
}

export const meta: Route.MetaFunction = ({ matches }) =>
  ownMeta(matches, ({ emailChange }) => emailChange.confirm)

/** Where the link to a new address leads. A press confirms: programs that read letters open links. */
export default function ConfirmEmailPage() {
  const texts = useAccountTexts()
  const paths = usePaths()
  const answer = useActionData<typeof action>()
  const [query] = useSearchParams()
  const account = (
    <Link
      to={paths.account('profile')}
      className="inline-flex min-h-11 items-center text-accent underline"
    >
      {texts.toAccount}
    </Link>
  )
  if (answer !== undefined && answer.problem === undefined) {
    return (
      <Entrance title={texts.emailChange.done} below={account}>
        <Notice tone="good">{texts.emailChange.doneMore}</Notice>
        <Link to={paths.home()} className="button">
          {texts.toShop}
        </Link>
      </Entrance>
    )
  }
  if (!query.get('token')) {
    return (
      <Entrance title={texts.linkMissing} lead={texts.linkMissingMore} below={account}>
        {null}
      </Entrance>
    )
  }
  return (
    <Entrance
      title={texts.emailChange.confirm}
      lead={texts.emailChange.confirmLead}
      below={account}
    >
      {answer?.problem === undefined ? null : (
        <Notice tone="bad" about={answer}>
          {said(answer.problem, texts)}
        </Notice>
      )}
      {/* A link that is no longer good does not become so by another press. */}
      {answer?.problem?.code === 'identity.token-invalid' ? null : (
        <Form method="post">
          <Submit>{texts.verifyConfirm}</Submit>
        </Form>
      )}
    </Entrance>
  )
}
