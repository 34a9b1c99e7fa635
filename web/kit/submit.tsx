import type { ReactNode } from 'react'
import { useFormAction, useNavigation } from 'react-router'

/** Sends its form. While it is on its way it is not sent again, and stays where the focus is. */
export function Submit({
  children,
  className = 'button w-full',
  name,
  value,
  label,
}: {
  readonly children: ReactNode
  readonly className?: string
  readonly name?: string
  readonly value?: string
  /** What it is called where its text alone says too little. */
  readonly label?: string
}) {
  const { state, formAction } = useNavigation()
  const own = useFormAction()
  const isBusy = state !== 'idle' && formAction === own
  return (
    <button
      type="submit"
      name={name}
      value={value}
      aria-label={label}
      aria-disabled={isBusy || undefined}
      onClick={(event) => {
        if (isBusy) event.preventDefault()
      }}
      className={`${className} aria-disabled:cursor-progress aria-disabled:opacity-60`}
    >
      {children}
    </button>
  )
}
