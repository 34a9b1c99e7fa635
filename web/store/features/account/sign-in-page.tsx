import { Form, redirect, useActionData, useSearchParams } from 'react-router'

import { Link } from '../../../kit/link.tsx'
import { Notice } from '../../../kit/notice.tsx'
import { Submit } from '../../../kit/submit.tsx'
import { safePath } from '../../lib/safe-path.ts'
import { usePaths } from '../../lib/shop.ts'
import { textIn } from '../../lib/form.ts'
import { pathsOf } from '../../lib/paths-of.ts'
import type { Route } from './+types/sign-in-page.ts'
import { enter } from './enter.ts'
import { EmailField } from './email-field.tsx'
import { Entrance } from './entrance.tsx'
import { ownMeta } from './meta.ts'
import { PasswordField } from './password-field.tsx'
import { isSignedIn } from './person.ts'
import { said } from './said.ts'
import { useAccountTexts } from '../../lib/texts/account.ts'

export function loader({ context, url }: Route.LoaderArgs) {
  if (isSignedIn(context)) {
    throw redirect(safePath(url.searchParams.get('to'), pathsOf(context).account()))
  }
  return null
}

export async function action({ request, context, url }: Route.ActionArgs) {
  const form = await request.formData()
  const email = textIn(form, 'email').trim()
  const entered = await enter(context, { email, password: textIn(form, 'password') })
  if (!entered.ok) return { problem: entered.problem, email }
  const paths = pathsOf(context)
  // Units that were not free for both carts together are told where one sees the cart.
  if (entered.left > 0) throw redirect(`${paths.cart()}?left=${entered.left}`)
  throw redirect(safePath(url.searchParams.get('to'), paths.account()))
}

export const meta: Route.MetaFunction = ({ matches }) => ownMeta(matches, ({ signIn }) => signIn)

export default function SignInPage() {
  const texts = useAccountTexts()
  const paths = usePaths()
  const answer = useActionData<typeof action>()
  const [query] = useSearchParams()
  const to = query.get('to')
  return (
    <Entrance
      title={texts.signIn}
      lead={texts.signInLead}
      below={
        <p>
          {texts.noAccount}{' '}
          <Link
            to={to === null ? paths.register() : paths.registerFor(to)}
            className="inline-flex min-h-11 items-center font-semibold text-accent underline"
          >
            {texts.register}
          </Link>
        </p>
      }
    >
      {query.has('reset') && answer === undefined ? (
        <Notice tone="good">{texts.resetDone}</Notice>
      ) : null}
      {answer === undefined ? null : (
        <Notice tone="bad" about={answer}>
          {said(answer.problem, texts)}
        </Notice>
      )}
      <Form method="post" className="flex flex-col gap-5">
        <EmailField typed={answer?.email} />
        <PasswordField label={texts.password} name="password" />
        <Submit>{texts.enter}</Submit>
      </Form>
      <Link
        to={paths.forgot()}
        className="inline-flex min-h-11 items-center self-center text-sm text-accent underline"
      >
        {texts.forgotLink}
      </Link>
    </Entrance>
  )
}
