import { Form, useSearchParams } from 'react-router'

import { Link } from '../../../kit/link.tsx'
import { Notice } from '../../../kit/notice.tsx'
import { Submit } from '../../../kit/submit.tsx'
import type { Problem } from '../../lib/problem.ts'
import { usePaths } from '../../lib/shop.ts'
import { useAccountTexts } from '../../lib/texts/account.ts'
import { Entrance } from './entrance.tsx'
import { said } from './said.ts'

/** Where the link of a letter leads. A press confirms: programs that read letters open their links, too. */
export function Confirmation({
  answer,
  title,
  lead,
  done,
  doneMore,
}: {
  /** What the action said, once the button has been pressed. */
  readonly answer: { readonly problem: Problem | undefined } | undefined
  readonly title: string
  readonly lead: string
  readonly done: string
  readonly doneMore: string
}) {
  const texts = useAccountTexts()
  const paths = usePaths()
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
      <Entrance title={done} below={account}>
        <Notice tone="good">{doneMore}</Notice>
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
    <Entrance title={title} lead={lead} below={account}>
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
