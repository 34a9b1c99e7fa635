import { Field } from '../../../kit/field.tsx'
import { useAccountTexts } from '../../lib/texts/account.ts'

/** The address that names an account, where one comes in or asks for a way in. */
export function EmailField({
  typed,
  error,
}: {
  readonly typed: string | undefined
  readonly error?: string | undefined
}) {
  const texts = useAccountTexts()
  return (
    <Field
      label={texts.email}
      name="email"
      type="email"
      autoComplete="username"
      inputMode="email"
      maxLength={254}
      required
      defaultValue={typed}
      error={error}
    />
  )
}
