import type { Aggregate } from '#platform/write/commit'

import type { IdentityEvent } from '../contract.ts'

/** What the log knows of a user: that there is one. */
export const users: Aggregate<{ readonly isRegistered: boolean }, IdentityEvent> = {
  kind: 'user',
  initial: { isRegistered: false },
  apply: () => ({ isRegistered: true }),
}

/** One spelling for one mailbox: providers that tell cases apart do not exist in practice. */
export function emailKey(email: string): string {
  return email.trim().normalize('NFC').toLowerCase()
}

const OLDEST_AGE_YEARS = 130

/** A real day in the past of someone who can be alive; `today` is the shop's, ISO 8601. */
export function isBirthDate(birthDate: string, today: string): boolean {
  const oldest = `${Number(today.slice(0, 4)) - OLDEST_AGE_YEARS}${today.slice(4)}`
  return birthDate < today && birthDate > oldest
}
