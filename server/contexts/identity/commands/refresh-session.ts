import type { Platform } from '#platform/context'
import { accept, refuse } from '#platform/outcome'
import { stream } from '#platform/write/commit'

import type { IdentityRefusal, Sessions } from '../contract.ts'
import type { SecretTexts } from '../domain/ports.ts'
import { END_IN_WORDS, ended, liveSessions } from '../domain/session.ts'
import { readToken } from '../domain/token.ts'
import { users } from '../domain/user.ts'
import { sessionById } from '../store/sessions.ts'
import { sessionTable } from '../store/tables.ts'
import { passFor, type AccessTokens } from './sign-in.ts'

/**
 * Changes a refresh token for a new pair. A token that was changed before was copied by someone, and
 * nobody knows by whom, so the session ends for both (RFC 9700 section 4.14.2). Two that arrive at
 * once are no theft: one gets the pair, the other is refused and the session stays. The last token of
 * a session that was ended from elsewhere hears why.
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

    const intent = { tenant: tenant.id, ...cause, caller: `user/${session.user_id}` }
    if (!texts.equal(session.secret_hash, texts.hash(given.secret))) {
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
    if (session.ended !== null) {
      const reason = session.ended
      const over: IdentityRefusal = {
        code: 'identity.session-ended',
        reason,
        why: END_IN_WORDS[reason],
      }
      return refuse(over)
    }

    const secret = texts.make()
    const written = await write({
      ...intent,
      streams: {},
      decide: (_states, at) =>
        accept({
          rows: [
            {
              table: sessionTable,
              verb: 'update',
              row: {
                id: sessionId,
                secret_hash: texts.hash(secret),
                last_used_at: new Date(at).toISOString(),
              },
              when: { secret_hash: session.secret_hash, ended: null },
              orRefuse: invalid,
            },
          ],
          answer: null,
        }),
    })
    if (!written.ok) return written
    const who = { tenant: tenant.id, userId: session.user_id, roles: session.roles, sessionId }
    return accept(passFor(tokens, who, secret))
  }
}
