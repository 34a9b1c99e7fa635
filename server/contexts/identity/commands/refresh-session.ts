import type { Platform } from '#platform/context'
import { accept, refuse } from '#platform/outcome'

import type { IdentityRefusal, Sessions } from '../contract.ts'
import type { SecretTexts } from '../domain/ports.ts'
import { readRefreshToken } from '../domain/session.ts'
import { sessionById } from '../store/sessions.ts'
import { sessionTable } from '../store/tables.ts'
import { passFor, type AccessTokens } from './sign-in.ts'

/**
 * Changes a refresh token for a new pair. A token that was changed before was copied by someone, and
 * nobody knows by whom, so the session ends for both (RFC 9700 section 4.14.2). Two that arrive at
 * once are no theft: one gets the pair, the other is refused and the session stays.
 */
export function refreshSession(
  { write, reads, clock }: Pick<Platform, 'write' | 'reads' | 'clock'>,
  tokens: AccessTokens,
  texts: SecretTexts,
): Sessions['refresh'] {
  const invalid: IdentityRefusal = { code: 'identity.refresh-token-invalid' }

  return async (tenant, text, cause) => {
    const given = readRefreshToken(text)
    if (given === undefined) return refuse(invalid)
    const { sessionId } = given
    const [session] = await reads.read(tenant.id, sessionById, [tenant.id, sessionId])
    if (session === undefined || session.expires_at.getTime() <= clock.now()) return refuse(invalid)

    const intent = { tenant: tenant.id, ...cause, caller: `user/${session.user_id}`, streams: {} }
    if (!texts.equal(session.secret_hash, texts.hash(given.secret))) {
      await write({
        ...intent,
        decide: () =>
          accept({
            rows: [{ table: sessionTable, verb: 'delete', row: { id: sessionId } }],
            answer: null,
          }),
      })
      return refuse(invalid)
    }

    const secret = texts.make()
    const written = await write({
      ...intent,
      decide: () =>
        accept({
          rows: [
            {
              table: sessionTable,
              verb: 'update',
              row: { id: sessionId, secret_hash: texts.hash(secret) },
              when: { secret_hash: session.secret_hash },
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
