import { useId, type InputHTMLAttributes, type ReactNode } from 'react'

export interface FieldProps extends Omit<
  InputHTMLAttributes<HTMLInputElement>,
  'id' | 'className'
> {
  readonly label: string
  readonly name: string
  /** What one should know before typing. */
  readonly hint?: string | undefined
  /** What is wrong with what was typed. */
  readonly error?: string | undefined
  /** Further ids that describe it. */
  readonly describedBy?: string | undefined
  /** Stands within the field, at its end. */
  readonly end?: ReactNode
}

/** One line to fill in, with its name above and what is to be said of it below. */
export function Field({ label, hint, error, describedBy, end, ...input }: FieldProps) {
  const id = useId()
  const [hintId, errorId] = [`${id}-hint`, `${id}-error`]
  const described = [
    error === undefined ? undefined : errorId,
    hint === undefined ? undefined : hintId,
    describedBy,
  ].filter((each) => each !== undefined)
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-semibold">
        {label}
      </label>
      <div className="relative">
        <input
          {...input}
          id={id}
          aria-invalid={error === undefined ? undefined : true}
          aria-describedby={described.length === 0 ? undefined : described.join(' ')}
          className={`field w-full ${end === undefined ? '' : 'pr-14'} ${error === undefined ? '' : 'field-wrong'}`}
        />
        {end}
      </div>
      {error === undefined ? null : (
        <p id={errorId} className="text-sm text-bad">
          {error}
        </p>
      )}
      {hint === undefined ? null : (
        <p id={hintId} className="text-sm text-muted">
          {hint}
        </p>
      )}
    </div>
  )
}
