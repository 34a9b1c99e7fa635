import { useId, useState } from 'react'

import { Field } from '../../../kit/field.tsx'
import { useAccountTexts } from '../../lib/texts/account.ts'

const LEAST = 12

/** A password: one that is known, or a new one whose rules stand below and are ticked off while one types. */
export function PasswordField({
  label,
  name,
  isNew = false,
  error,
}: {
  readonly label: string
  readonly name: string
  readonly isNew?: boolean
  readonly error?: string | undefined
}) {
  const texts = useAccountTexts()
  const [typed, setTyped] = useState('')
  const [isShown, setShown] = useState(false)
  const rulesId = useId()
  return (
    <div className="flex flex-col gap-2">
      <Field
        label={label}
        name={name}
        type={isShown ? 'text' : 'password'}
        autoComplete={isNew ? 'new-password' : 'current-password'}
        autoCapitalize="none"
        spellCheck={false}
        required
        maxLength={isNew ? 128 : 1000}
        error={error}
        describedBy={isNew ? rulesId : undefined}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        end={
          <button
            type="button"
            onClick={() => setShown(!isShown)}
            aria-pressed={isShown}
            aria-label={isShown ? texts.hidePassword : texts.showPassword}
            className="absolute inset-y-0 right-0 flex w-12 items-center justify-center text-muted hover:text-accent"
          >
            <Eye isOpen={isShown} />
          </button>
        }
      />
      {isNew ? <Rules id={rulesId} typed={typed} /> : null}
    </div>
  )
}

function Rules({ id, typed }: { readonly id: string; readonly typed: string }) {
  const texts = useAccountTexts()
  const rules = [
    { text: texts.ruleLength, isMet: Array.from(typed.normalize('NFC')).length >= LEAST },
    { text: texts.ruleSpecial, isMet: /[^\p{L}\p{N}]/u.test(typed) },
  ]
  return (
    <ul id={id} className="flex flex-col gap-1 text-sm text-muted">
      {rules.map(({ text, isMet }) => (
        <li key={text} className={`flex items-baseline gap-2 ${isMet ? 'text-good' : ''}`}>
          <span aria-hidden="true" className="w-4 shrink-0 text-center">
            {isMet ? '✓' : '·'}
          </span>
          {text}
          <span className="sr-only">{isMet ? texts.ruleMet : texts.ruleOpen}</span>
        </li>
      ))}
      <li className="flex items-baseline gap-2">
        <span aria-hidden="true" className="w-4 shrink-0 text-center">
          ·
        </span>
        {texts.ruleCommon}
      </li>
    </ul>
  )
}

function Eye({ isOpen }: { readonly isOpen: boolean }) {
  return (
    <svg
      viewBox="0 0 24 24"
      className="size-5"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d="M2.5 12s3.5-6.5 9.5-6.5 9.5 6.5 9.5 6.5-3.5 6.5-9.5 6.5S2.5 12 2.5 12z" />
      <circle cx="12" cy="12" r="3" />
      {isOpen ? <path d="M4 20 20 4" /> : null}
    </svg>
  )
}
