import type { Platform } from '#platform/context'
import { accept } from '#platform/outcome'
import { stream } from '#platform/write/commit'

import type { Sessions } from '../contract.ts'
import type { SecretTexts } from '../domain/ports.ts'
import { ended, liveSessions } from '../domain/session.ts'
import { readToken } from '../domain/token.ts'
import { users } from '../domain/user.ts'
import { sessionById } from '../store/sessions.ts'
import { sessionTable } from '../store/tables.ts'

/** Ends a session: its refresh token opens nothing more, its last access token lapses by itself. */
export function signOut(
  { write, reads }: Pick<Platform, 'write' | 'reads'>,
  texts: SecretTexts,
): Sessions['signOut'] {
  return async (tenant, which, cause) => {
    const token = 'sessionId' in which ? undefined : readToken(which.refreshToken)
    const id = 'sessionId' in which ? which.sessionId : token?.id
    if (id === undefined) return accept(null)
    const [session] = await reads.read(tenant.id, sessionById, [tenant.id, id])
    if (session === undefined) return accept(null)
    const { user_id: userId, secret_hash: hash } = session
    if (token !== undefined && !texts.equal(hash, texts.hash(token.secret))) return accept(null)
    const written = await write({
      tenant: tenant.id,
      ...cause,
      streams: { user: stream(users, userId) },
      decide({ user }, at) {
        const mine = liveSessions(user, at).filter((live) => live.id === id)
        return accept({
          append: { user: ended(mine, 'signed-out') },
          rows: [{ table: sessionTable, verb: 'delete', row: { id } }],
          answer: null,
        })
      },
    })
    return written.ok ? accept(null) : written
  }
}
