/** What the API refused, as far as a page needs it: see docs/problems.md. */
export interface Problem {
  readonly code: string
  readonly retryAfterSeconds?: number
  readonly minimumAge?: number
  readonly why?: string
  /** Which fields are wrong, as JSON pointers. */
  readonly errors?: readonly { readonly pointer?: string }[]
}

/** What the client gives as `error`; what is none of the API's problems is an outage. */
export function problemOf(error: unknown): Problem {
  const given = error as Partial<Problem> | null | undefined
  return typeof given?.code === 'string' ? { ...given, code: given.code } : { code: 'unavailable' }
}
