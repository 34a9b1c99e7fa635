import type { Platform } from '#platform/context'
import { accept } from '#platform/outcome'

import type { Sessions } from '../contract.ts'
import type { SecretTexts } from '../domain/ports.ts'
import { readRefreshToken } from '../domain/session.ts'
import { sessionById } from '../store/sessions.ts'
import { sessionTable } from '../store/tables.ts'

/** Ends a session: its refresh token opens nothing more, its last access token lapses by itself. */
export function signOut(
  { write, reads }: Pick<Platform, 'write' | 'reads'>,
  texts: SecretTexts,
): Sessions['signOut'] {
  return async (tenant, which, cause) => {
    let id: string | undefined
    if ('sessionId' in which) {
      id = which.sessionId
    } else {
      const token = readRefreshToken(which.refreshToken)
      if (token === undefined) return accept(null)
      const [session] = await reads.read(tenant.id, sessionById, [tenant.id, token.sessionId])
      const mine = session && texts.equal(session.secret_hash, texts.hash(token.secret))
      if (mine !== true) return accept(null)
      id = token.sessionId
    }
    const written = await write({
      tenant: tenant.id,
      ...cause,
      streams: {},
      decide: () =>
        accept({ rows: [{ table: sessionTable, verb: 'delete', row: { id } }], answer: null }),
    })
    return written.ok ? accept(null) : written
  }
}
