import type { Platform } from '#platform/context'
import { accept, refuse } from '#platform/outcome'
import { stream } from '#platform/write/commit'

import type { UserRenamed, Users } from '../contract.ts'
import { users } from '../domain/user.ts'
import { userTable } from '../store/tables.ts'
import { meById, meOf } from '../store/users.ts'

/** Calls a user otherwise; the log says that it happened, never how. */
export function renameUser({ write, reads }: Pick<Platform, 'write' | 'reads'>): Users['rename'] {
  const renamed: UserRenamed = { type: 'identity.user-renamed' }
  return async (tenant, id, username, cause) => {
    const written = await write({
      tenant,
      ...cause,
      streams: { user: stream(users, id) },
      decide({ user }) {
        if (!user.isRegistered) return refuse({ code: 'identity.user-unknown' })
        const row = { id, username: username.normalize('NFC') }
        return accept({
          append: { user: [renamed] },
          rows: [{ table: userTable, verb: 'update' as const, row }],
          answer: null,
        })
      },
    })
    if (!written.ok) return written
    const [row] = await reads.read(tenant, meById, [tenant, id])
    return row === undefined ? refuse({ code: 'identity.user-unknown' }) : accept(meOf(row))
  }
}
