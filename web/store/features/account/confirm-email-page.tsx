import { useActionData } from 'react-router'

import { apiOf } from '../../lib/api.ts'
import { problemOf } from '../../lib/problem.ts'
import type { Route } from './+types/confirm-email-page.ts'
import { Confirmation } from './confirmation.tsx'
import { ownMeta } from './meta.ts'
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

/** Where the link to a new address leads. */
export default function ConfirmEmailPage() {
  const texts = useAccountTexts()
  return (
    <Confirmation
      answer={useActionData<typeof action>()}
      title={texts.emailChange.confirm}
      lead={texts.emailChange.confirmLead}
      done={texts.emailChange.done}
      doneMore={texts.emailChange.doneMore}
    />
  )
}
