import { Form, redirect, useActionData } from 'react-router'

import { Notice } from '../../../kit/notice.tsx'
import { Submit } from '../../../kit/submit.tsx'
import { useFocus } from '../../../kit/use-focus.ts'
import { apiOf } from '../../lib/api.ts'
import { momentText } from '../../lib/format.ts'
import { problemOf } from '../../lib/problem.ts'
import { useHere } from '../../lib/shop.ts'
import { textIn } from '../../lib/form.ts'
import { pathsOf } from '../../lib/paths-of.ts'
import { visitContext } from '../../visit.ts'
import type { Route } from './+types/sessions-page.ts'
import { ownMeta } from './meta.ts'
import { needPerson, ownFound } from './person.ts'
import { said } from './said.ts'
import { useAccountTexts } from '../../lib/texts/account.ts'

export async function loader({ context, url }: Route.LoaderArgs) {
  needPerson(context, url)
  const { items } = ownFound(await apiOf(context).GET('/api/v1/users/me/sessions'), context, url)
  return { sessions: items }
}

export async function action({ request, context, url }: Route.ActionArgs) {
  needPerson(context, url)
  const api = apiOf(context)
  const id = textIn(await request.formData(), 'id')
  if (id === '') {
    const { error, response } = await api.DELETE('/api/v1/users/me/sessions')
    if (!response.ok) return { problem: problemOf(error) }
    context.get(visitContext).session.signOut()
    throw redirect(pathsOf(context).signIn())
  }
  const { error, response } = await api.DELETE('/api/v1/users/me/sessions/{id}', {
    params: { path: { id } },
  })
  return { problem: response.ok ? undefined : problemOf(error) }
}

export const meta: Route.MetaFunction = ({ matches }) =>
  ownMeta(matches, ({ sessions }) => sessions.title)

export default function SessionsPage({ loaderData: { sessions } }: Route.ComponentProps) {
  const texts = useAccountTexts()
  const { language, shop } = useHere()
  const answer = useActionData<typeof action>()
  // What was ended is gone with its button.
  const title = useFocus<HTMLHeadingElement>(answer?.problem === undefined ? answer : undefined)
  return (
    <section aria-labelledby="title" className="flex flex-col gap-5">
      <div>
        <h1 id="title" ref={title} tabIndex={-1} className="text-2xl font-bold outline-none">
          {texts.sessions.title}
        </h1>
        <p className="mt-2 max-w-prose text-muted">{texts.sessions.lead}</p>
      </div>
      {answer === undefined ? null : (
        <Notice tone={answer.problem === undefined ? 'good' : 'bad'} about={answer}>
          {answer.problem === undefined ? texts.sessions.ended : said(answer.problem, texts)}
        </Notice>
      )}
      <ul className="divide-y divide-line rounded-card border border-line bg-card px-5">
        {sessions.map(({ id, device, createdAt, lastUsedAt, isCurrent }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-4">
            <div className="min-w-0">
              <p className="font-semibold break-words">
                {device}
                {isCurrent ? (
                  <span className="ml-2 text-sm font-medium text-good">{texts.sessions.here}</span>
                ) : null}
              </p>
              <p className="text-sm text-muted">
                {texts.sessions.began(momentText(createdAt, language, shop.timeZone))},{' '}
                {texts.sessions.used(momentText(lastUsedAt, language, shop.timeZone))}
              </p>
            </div>
            {isCurrent ? null : (
              <Form method="post">
                <input type="hidden" name="id" value={id} />
                <button
                  type="submit"
                  className="button-line"
                  aria-label={texts.sessions.endOf(device)}
                >
                  {texts.sessions.end}
                </button>
              </Form>
            )}
          </li>
        ))}
      </ul>
      <Form method="post" className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Submit className="button-line border-bad text-bad">{texts.sessions.endAll}</Submit>
        <span className="text-sm text-muted">{texts.sessions.endAllMore}</span>
      </Form>
    </section>
  )
}
