import type { Platform } from '#platform/context'
import type { Instant } from '#platform/clock'
import { accept, refuse } from '#platform/outcome'
import { stream } from '#platform/write/commit'

import type { IdentityRefusal, Sessions } from '../contract.ts'
import type { SecretTexts } from '../domain/ports.ts'
import { END_IN_WORDS, ended, liveSessions, SHOWN_AGAIN_MS } from '../domain/session.ts'
import { readToken } from '../domain/token.ts'
import { users } from '../domain/user.ts'
import { sessionById, type SessionRow } from '../store/sessions.ts'
import { sessionTable } from '../store/tables.ts'
import { passFor, type AccessTokens } from './sign-in.ts'

/**
 * Changes a refresh token for a new pair. The next token follows from the one that is shown and a key
 * of the deployment, so requests that a browser sent at once with one token, to whichever processes,
 * get the same next one. A token that comes later than that was copied by someone, and nobody knows by
 * whom, so the session ends for both (RFC 9700 section 4.14.2). The last token of a session that was
 * ended from elsewhere hears why.
 */
export function refreshSession(
  { write, reads, clock }: Pick<Platform, 'write' | 'reads' | 'clock'>,
  tokens: AccessTokens,
  texts: SecretTexts,
): Sessions['refresh'] {
  const invalid: IdentityRefusal = { code: 'identity.refresh-token-invalid' }

  return async (tenant, text, cause) => {
    const given = readToken(text)
    if (given === undefined) return refuse(invalid)
    const { id: sessionId } = given
    const [session] = await reads.read(tenant.id, sessionById, [tenant.id, sessionId])
    if (session === undefined || session.expires_at.getTime() <= clock.now()) return refuse(invalid)

    const next = texts.next(given.secret)
    const who = { tenant: tenant.id, userId: session.user_id, roles: session.roles, sessionId }
    const intent = { tenant: tenant.id, ...cause, caller: `user/${session.user_id}` }
    if (!texts.equal(session.secret_hash, texts.hash(given.secret))) {
      if (isShownAgain(session, texts.hash(next), clock.now()))
        return accept(passFor(tokens, who, next))
      await write({
        ...intent,
        streams: { user: stream(users, session.user_id) },
        decide({ user }, at) {
          const copied = liveSessions(user, at).filter(({ id }) => id === sessionId)
          return accept({
            append: { user: ended(copied, 'refresh-token-copied') },
            rows: [{ table: sessionTable, verb: 'delete', row: { id: sessionId } }],
            answer: null,
          })
        },
      })
      return refuse(invalid)
    }
    if (session.ended !== null) return refuse(over(session.ended))

    const when = { secret_hash: session.secret_hash, ended: null }
    const written = await write({
      ...intent,
      streams: {},
      decide: (_states, at) =>
        accept({ rows: [replaced(sessionId, texts.hash(next), when, at, invalid)], answer: null }),
    })
    if (written.ok) return accept(passFor(tokens, who, next))
    // Whoever was faster with the same token has made the same pair of it.
    const [now] = await reads.read(tenant.id, sessionById, [tenant.id, sessionId])
    return now !== undefined && isShownAgain(now, texts.hash(next), clock.now())
      ? accept(passFor(tokens, who, next))
      : written
  }
}

/** Whether the session goes on with just the token that follows from the one that is shown, since a moment ago. */
function isShownAgain(session: SessionRow, nextHash: string, now: Instant): boolean {
  return (
    session.ended === null &&
    session.secret_hash === nextHash &&
    now - session.last_used_at.getTime() <= SHOWN_AGAIN_MS
  )
}

function over(reason: NonNullable<SessionRow['ended']>): IdentityRefusal {
  return { code: 'identity.session-ended', reason, why: END_IN_WORDS[reason] }
}

function replaced(
  id: string,
  secretHash: string,
  when: { readonly secret_hash: string; readonly ended: null },
  at: Instant,
  orRefuse: IdentityRefusal,
) {
  const row = { id, secret_hash: secretHash, last_used_at: new Date(at).toISOString() }
  return { table: sessionTable, verb: 'update', row, when, orRefuse } as const
}
