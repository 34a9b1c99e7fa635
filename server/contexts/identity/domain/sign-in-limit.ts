/** Sign-ins evaluated for one e-mail address from one network within a window. */
export const MOST_TRIES = 10
/** Sign-ins that failed from one network within a window, for whatever e-mail addresses. */
export const MOST_FAILURES = 100
/** Accounts asked for from one network within a window: each costs a hash (see `PasswordHashes`). */
export const MOST_REGISTRATIONS = 1_000
/** Notices asked for within a window, for one account from one network: each is a mail. */
export const MOST_MESSAGES = 5
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
  most: number,
): { readonly next: Tries } | { readonly retryAfterSeconds: number } {
  if (counted === undefined || counted.endsAt <= now) {
    return { next: { tries: 1, endsAt: now + WINDOW_SECONDS * 1000 } }
  }
  if (counted.tries >= most) {
    return { retryAfterSeconds: Math.max(1, Math.ceil((counted.endsAt - now) / 1000)) }
  }
  return { next: { tries: counted.tries + 1, endsAt: counted.endsAt } }
}

/** Whoever has an address of IPv6 has the 2^64 of its network (RFC 4291 section 2.5.4). */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  if (!address.includes(':')) return address

  const [left = [], right = []] = address
    .toLowerCase()
    .split('::')
    .map((half) => (half === '' ? [] : half.split(':')))
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0')
  const groups = [...left, ...zeros, ...right].map((group) => group.replace(/^0+(?=.)/, ''))
  return `${groups.slice(0, 4).join(':')}::/64`
}
