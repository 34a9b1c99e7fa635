import type { Instant } from '#platform/clock'

import type { SessionEnd, SessionEnded } from '../contract.ts'
import type { LiveSession, UserState } from './user.ts'

/** Seven days (ARCHITECTURE.md section 9). */
export const SESSION_SECONDS = 7 * 24 * 3600

/** Sessions of one user that live at once (IDN-10). */
export const MOST_SESSIONS = 5

/**
 * How long a refresh token may be shown again for the same pair: what a browser has sent at once arrives
 * within it, at whichever processes; who copied the token and comes later ends the session.
 */
export const SHOWN_AGAIN_MS = 10_000

/** Oldest first. */
export function liveSessions(user: UserState, at: Instant): readonly LiveSession[] {
  return user.sessions.filter(({ expiresAt }) => expiresAt > at)
}

/** Those that give way to one that begins now: the oldest. */
export function givingWay(user: UserState, at: Instant): readonly LiveSession[] {
  const live = liveSessions(user, at)
  return live.slice(0, Math.max(0, live.length - MOST_SESSIONS + 1))
}

export function ended(
  sessions: readonly { readonly id: string }[],
  why: SessionEnded['why'],
): readonly SessionEnded[] {
  return sessions.map(({ id }) => ({ type: 'identity.session-ended', sessionId: id, why }))
}

/** The end of a session as a sentence goes on: "the session has ended because …". */
export const END_IN_WORDS: Readonly<Record<SessionEnd, string>> = {
  'signed-out': 'it was signed out from another device',
  'newer-sign-in': `there were ${MOST_SESSIONS} newer sign-ins`,
  'password-changed': 'the password was changed',
}
