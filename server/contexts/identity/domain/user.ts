import type { Instant } from '#platform/clock'
import type { Aggregate } from '#platform/write/commit'

import type { IdentityEvent } from '../contract.ts'

export interface LiveSession {
  readonly id: string
  readonly expiresAt: Instant
}

/** What the log knows of a user: ids and how often, nothing personal. */
export interface UserState {
  readonly isRegistered: boolean
  readonly isEmailVerified: boolean
  readonly passwordChanges: number
  /** Not ended, oldest first; some may have lapsed. */
  readonly sessions: readonly LiveSession[]
}

export const users: Aggregate<UserState, IdentityEvent> = {
  kind: 'user',
  initial: { isRegistered: false, isEmailVerified: false, passwordChanges: 0, sessions: [] },
  apply(user, event, { at }) {
    switch (event.type) {
      case 'identity.user-registered':
        return { ...user, isRegistered: true }
      case 'identity.session-begun': {
        const { sessionId: id, expiresAt } = event
        const living = user.sessions.filter((session) => session.expiresAt > at)
        return { ...user, sessions: [...living, { id, expiresAt }] }
      }
      case 'identity.session-ended': {
        const sessions = user.sessions.filter(({ id }) => id !== event.sessionId)
        return { ...user, sessions }
      }
      case 'identity.password-changed':
        return { ...user, passwordChanges: user.passwordChanges + 1 }
      case 'identity.email-verified':
      case 'identity.email-changed':
        return { ...user, isEmailVerified: true }
      case 'identity.user-renamed':
        return user
    }
  },
}

/** One spelling for one mailbox: providers that tell cases apart do not exist in practice. */
export function emailKey(email: string): string {
  return email.trim().normalize('NFC').toLowerCase()
}

const OLDEST_AGE_YEARS = 130

/** A real day in the past of someone who can be alive; `today` is the shop's, ISO 8601. */
export function isBirthDate(birthDate: string, today: string): boolean {
  return birthDate < today && birthDate > yearsBefore(today, OLDEST_AGE_YEARS)
}

/** The age from which on somebody may have an account (IDN-11). */
export const MINIMUM_AGE = 13

/**
 * Whether someone has had that birthday; `today` is the shop's, ISO 8601. Who was born on 29
 * February is a year older on 1 March where there is no such day.
 */
export function isOldEnough(birthDate: string, today: string): boolean {
  return birthDate <= yearsBefore(today, MINIMUM_AGE)
}

/** Of the same form; a day that need not exist, to be compared as a text. */
function yearsBefore(day: string, years: number): string {
  return `${String(Number(day.slice(0, 4)) - years).padStart(4, '0')}${day.slice(4)}`
}
