import { useActionData } from 'react-router'

import { apiOf } from '../../lib/api.ts'
import { problemOf } from '../../lib/problem.ts'
import type { Route } from './+types/verify-page.ts'
import { Confirmation } from './confirmation.tsx'
import { ownMeta } from './meta.ts'
import { useAccountTexts } from '../../lib/texts/account.ts'

export async function action({ context, url }: Route.ActionArgs) {
  const token = url.searchParams.get('token') ?? ''
  const { error, response } = await apiOf(context).POST('/api/v1/users/email/verify', {
    body: { token },
  })
  return { problem: response.ok ? undefined : problemOf(error) }
}

export const meta: Route.MetaFunction = ({ matches }) => ownMeta(matches, ({ verify }) => verify)

/** Where the link of the first letter leads. */
export default function VerifyPage() {
  const texts = useAccountTexts()
  return (
    <Confirmation
      answer={useActionData<typeof action>()}
      title={texts.verify}
      lead={texts.verifyLead}
      done={texts.verifyDone}
      doneMore={texts.verifyDoneMore}
    />
  )
}
