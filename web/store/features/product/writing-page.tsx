import { useEffect, useRef } from 'react'
import { Form, redirect, useNavigation } from 'react-router'

import type { Route } from './+types/writing-page.ts'
import { Link } from '../../../kit/link.tsx'
import { Picture } from '../../lib/picture.tsx'
import { pathOfPage } from '../../lib/safe-path.ts'
import { usePaths } from '../../lib/shop.ts'
import { useWritingTexts, writingTextsOf } from '../../lib/texts/writing.ts'
import { pathsOf } from '../../lib/paths-of.ts'
import { visitContext } from '../../visit.ts'
import { productAt } from './load.ts'
import { Rating } from './rating.tsx'
import { send, writtenIn, type Wrong, type Written } from './send.ts'

const MOST = { name: 60, title: 120, text: 5_000 }

/** Only who has signed in writes; who has not comes back here afterwards. */
function toSignIn({ url, context }: Pick<Route.LoaderArgs, 'url' | 'context'>): Response {
  return redirect(pathsOf(context).signInFor(pathOfPage(url)))
}

export async function loader({ request, url, context, params }: Route.LoaderArgs) {
  const { session } = context.get(visitContext)
  const product = await productAt(request, context, params.slug, '/review')
  if (session.read().accessToken === undefined) throw toSignIn({ url, context })
  const { slug, name, pictures } = product
  return {
    product: { slug, name, picture: pictures[0]?.asset ?? null },
    about:
      url.searchParams.get('about') === 'question' ? ('question' as const) : ('review' as const),
    key: crypto.randomUUID(),
  }
}

export async function action({ request, url, context, params }: Route.ActionArgs) {
  const form = await request.formData()
  const product = await productAt(request, context, params.slug, '/review')
  const key = form.get('key')
  const sent = await send(context, product.id, writtenIn(form), typeof key === 'string' ? key : '')
  if ('isUnknown' in sent) throw toSignIn({ url, context })
  return sent
}

export const meta: Route.MetaFunction = ({ matches, loaderData }) => {
  const here = matches[0].loaderData
  if (here === undefined || loaderData === undefined) return []
  const writing = writingTextsOf(here.language)
  const { about, product } = loaderData
  const title = about === 'review' ? writing.reviewOf : writing.questionAbout
  return [{ title: title(product.name) }, { name: 'robots', content: 'noindex' }]
}

export default function WritingPage({ loaderData, actionData }: Route.ComponentProps) {
  const { product, about, key } = loaderData
  const paths = usePaths()
  const texts = useWritingTexts()
  const title = about === 'review' ? texts.reviewOf : texts.questionAbout
  const isSent = actionData !== undefined && 'status' in actionData
  return (
    <main id="content" className="mx-auto w-full max-w-2xl flex-1 px-4 py-8">
      <div className="mb-6 flex items-center gap-4">
        <div className="w-20 shrink-0 overflow-hidden rounded-card border border-line">
          <Picture asset={product.picture} sizes="80px" />
        </div>
        <div className="min-w-0">
          <h1 className="text-2xl leading-tight font-bold break-words">{title(product.name)}</h1>
          <Link
            to={paths.product(product.slug)}
            className="inline-flex min-h-11 items-center underline"
          >
            {texts.back}
          </Link>
        </div>
      </div>
      {isSent ? (
        <Thanks status={actionData.status} />
      ) : (
        <Writing about={about} sendKey={key} {...actionData} />
      )}
    </main>
  )
}

function Thanks({ status }: { readonly status: 'waiting' | 'shown' | 'refused' }) {
  const texts = useWritingTexts()
  const line = useRef<HTMLElement>(null)
  useEffect(() => line.current?.focus(), [])
  return (
    <section
      ref={line}
      tabIndex={-1}
      aria-live="polite"
      className="rounded-card border border-line bg-card p-6"
    >
      {status !== 'refused' && <p className="text-xl font-bold">{texts.thanks}</p>}
      <p>{texts[status]}</p>
    </section>
  )
}

function Writing({
  about,
  sendKey,
  wrong = {},
  written,
}: {
  readonly about: Written['about']
  readonly sendKey: string
  readonly wrong?: Wrong
  readonly written?: Written
}) {
  const texts = useWritingTexts()
  const { state } = useNavigation()
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    form.current
      ?.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"], [data-wrong] input')
      ?.focus()
  }, [wrong])
  const isReview = about === 'review'
  return (
    <Form ref={form} method="post" noValidate className="flex flex-col gap-6">
      <input type="hidden" name="about" value={about} />
      <input type="hidden" name="key" value={sendKey} />
      {wrong.form !== undefined && (
        <p role="alert" tabIndex={-1} className="rounded-card border border-bad p-4 text-bad">
          {texts[wrong.form]}
        </p>
      )}
      {isReview && <Rating first={written?.rating} wrong={wrong.rating} />}
      {isReview && <Title first={written?.title} />}
      <Field
        name="text"
        label={isReview ? texts.review : texts.question}
        hint={isReview ? texts.reviewHint : texts.questionHint}
        wrong={wrong.text}
      >
        <textarea
          id="text"
          name="text"
          rows={isReview ? 6 : 3}
          required
          maxLength={MOST.text}
          defaultValue={written?.text}
          aria-invalid={wrong.text !== undefined}
          aria-describedby="text-hint text-wrong"
          className="field w-full py-3"
        />
      </Field>
      <Field name="name" label={texts.name} wrong={wrong.name}>
        <input
          id="name"
          name="name"
          required
          autoComplete="name"
          maxLength={MOST.name}
          defaultValue={written?.name}
          aria-invalid={wrong.name !== undefined}
          aria-describedby="name-wrong"
          className="field w-full"
        />
      </Field>
      <button type="submit" className="button self-start" aria-disabled={state === 'submitting'}>
        {state === 'submitting' ? texts.sending : texts.send}
      </button>
    </Form>
  )
}

function Title({ first }: { readonly first: string | undefined }) {
  const texts = useWritingTexts()
  return (
    <Field name="title" label={texts.title}>
      <input
        id="title"
        name="title"
        maxLength={MOST.title}
        defaultValue={first}
        className="field w-full"
      />
    </Field>
  )
}

function Field({
  name,
  label,
  hint,
  wrong,
  children,
}: {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly wrong?: 'textMissing' | 'nameMissing' | undefined
  readonly children: React.ReactNode
}) {
  const texts = useWritingTexts()
  return (
    <div>
      <label htmlFor={name} className="mb-1 block font-semibold">
        {label}
      </label>
      {hint !== undefined && (
        <p id={`${name}-hint`} className="mb-2 text-sm text-muted">
          {hint}
        </p>
      )}
      {children}
      {wrong !== undefined && (
        <p id={`${name}-wrong`} className="mt-1 text-sm text-bad">
          {texts[wrong]}
        </p>
      )}
    </div>
  )
}
