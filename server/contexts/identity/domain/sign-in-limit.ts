/** Sign-ins evaluated for one e-mail address from one address within a window. */
export const MOST_TRIES = 10
export const WINDOW_SECONDS = 15 * 60

/** What was counted so far; a window that has ended counts for nothing. */
export interface Tries {
  readonly tries: number
  /** Milliseconds since 1970. */
  readonly endsAt: number
}

/** The count with one more try, or how long to wait. */
export function oneMoreTry(
  counted: Tries | undefined,
  now: number,
): { readonly next: Tries } | { readonly retryAfterSeconds: number } {
  if (counted === undefined || counted.endsAt <= now) {
    return { next: { tries: 1, endsAt: now + WINDOW_SECONDS * 1000 } }
  }
  if (counted.tries >= MOST_TRIES) {
    return { retryAfterSeconds: Math.max(1, Math.ceil((counted.endsAt - now) / 1000)) }
  }
  return { next: { tries: counted.tries + 1, endsAt: counted.endsAt } }
}
