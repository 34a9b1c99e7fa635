import { useEffect, useRef, type ReactNode } from 'react'
import { Form, useNavigation } from 'react-router'

import { Field as KitField } from '../../../kit/field.tsx'
import { Link } from '../../../kit/link.tsx'
import { usePaths } from '../../lib/shop.ts'
import { useCheckoutTexts } from '../../lib/texts/checkout.ts'
import type { Field } from './draft.ts'

/** One step: its title, its fields and the way on. What is typed is kept as soon as a field is left. */
export function StepForm({
  title,
  more,
  back,
  wrong = [],
  children,
}: {
  readonly title: string
  readonly more?: ReactNode
  /** The step before; the first has none. */
  readonly back?: string
  readonly wrong?: readonly Field[] | undefined
  readonly children: ReactNode
}) {
  const checkout = useCheckoutTexts()
  const paths = usePaths()
  const form = useRef<HTMLFormElement>(null)
  const isSending = useNavigation().state !== 'idle'
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-wrong]')?.focus()
  }, [wrong])
  const keeping = useRef<AbortController>(null)
  // An answer that comes late would bring back the session of before.
  const stopKeeping = () => keeping.current?.abort()
  const keep = () => {
    if (form.current === null || isSending) return
    stopKeeping()
    keeping.current = new AbortController()
    const { signal } = keeping.current
    const body = new FormData(form.current)
    // Without the net it is kept by the next field, or by the step itself.
    void fetch(paths.keepCheckout(), { method: 'POST', body, keepalive: true, signal }).catch(
      () => null,
    )
  }
  return (
    <Form
      ref={form}
      method="post"
      noValidate
      onBlur={keep}
      onSubmit={stopKeeping}
      className="card p-5 sm:p-8"
    >
      <h2 tabIndex={-1} className="text-2xl font-bold outline-none">
        {title}
      </h2>
      {more === undefined ? null : <div className="mt-1 text-muted">{more}</div>}
      <p role="alert" className="mt-3 text-bad empty:hidden">
        {wrong.length > 0 ? checkout.wrong : null}
      </p>
      <div className="mt-5 space-y-5">{children}</div>
      <div className="mt-8 flex flex-wrap-reverse items-center justify-between gap-3">
        {back === undefined ? (
          <span />
        ) : (
          <Link to={back} className="-ml-3 button-quiet">
            ← {checkout.back}
          </Link>
        )}
        <button type="submit" className="button min-w-40 max-sm:w-full" disabled={isSending}>
          {checkout.next}
        </button>
      </div>
    </Form>
  )
}

type Typed = Pick<
  React.InputHTMLAttributes<HTMLInputElement>,
  'type' | 'inputMode' | 'autoComplete' | 'maxLength'
>

/** A field under its name, with what is wrong of it beside. */
export function TextField({
  name,
  label,
  hint,
  value = '',
  wrong = [],
  isOptional = false,
  ...typed
}: Typed & {
  readonly name: Field
  readonly label: string
  readonly hint?: string
  readonly value?: string | undefined
  readonly wrong?: readonly Field[] | undefined
  readonly isOptional?: boolean
}) {
  const checkout = useCheckoutTexts()
  return (
    <KitField
      {...typed}
      name={name}
      label={label}
      hint={hint}
      defaultValue={value}
      required={!isOptional}
      error={wrong.includes(name) ? checkout.missing[name] : undefined}
    />
  )
}

/** One of a few, each with a line of its own. */
export function Choices({
  name,
  legend,
  value,
  wrong = [],
  choices,
}: {
  readonly name: Field
  readonly legend: string
  readonly value: string | undefined
  readonly wrong?: readonly Field[] | undefined
  readonly choices: readonly {
    readonly value: string
    readonly label: string
    readonly more?: string | undefined
    readonly price?: string
  }[]
}) {
  const checkout = useCheckoutTexts()
  const isWrong = wrong.includes(name)
  return (
    <fieldset className="min-w-0">
      <legend className="sr-only">{legend}</legend>
      {isWrong ? <p className="mb-3 text-bad">{checkout.missing[name]}</p> : null}
      <div className="space-y-3">
        {choices.map((choice, place) => (
          <label
            key={choice.value}
            className="flex min-h-16 cursor-pointer items-center gap-4 rounded-card border border-line px-4 py-3 hover:border-accent has-checked:border-accent has-checked:ring-1 has-checked:ring-accent"
          >
            <input
              type="radio"
              name={name}
              value={choice.value}
              defaultChecked={choice.value === value}
              data-wrong={(isWrong && place === 0) || undefined}
              className="size-5 shrink-0 accent-accent"
            />
            <span className="min-w-0 flex-1">
              <span className="flex flex-wrap justify-between gap-x-4 font-medium">
                {choice.label}
                {choice.price === undefined ? null : (
                  <span className="font-bold whitespace-nowrap">{choice.price}</span>
                )}
              </span>
              {choice.more === undefined ? null : (
                <span className="block text-sm text-muted">{choice.more}</span>
              )}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
