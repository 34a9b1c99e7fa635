import type { Platform } from '#platform/context'
import { accept } from '#platform/outcome'
import { stream } from '#platform/write/commit'

import type { EmailVerified, Emails } from '../contract.ts'
import { users } from '../domain/user.ts'
import { userTable } from '../store/tables.ts'
import { meById } from '../store/users.ts'
import { askBuckets, resetBucket, type TryCounter } from './count-try.ts'
import { findToken, newToken, type TokenParts } from './single-use.ts'

type Parts = TokenParts & { readonly tries: TryCounter }

/** Has another token sent to whoever is signed in. */
export function askVerification(
  { write, reads }: Pick<Platform, 'write' | 'reads'>,
  parts: Parts,
): Emails['askAgain'] {
  return async (tenant, userId, ip, cause) => {
    const counted = await parts.tries.count(tenant.id, askBuckets(parts.texts, userId, ip), cause)
    if (!counted.ok) return counted
    const [row] = await reads.read(tenant.id, meById, [tenant.id, userId])
    if (row === undefined) return accept(null)
    const rows = newToken(parts, tenant.id, userId, 'email-verification')
    const written = await write({
      tenant: tenant.id,
      ...cause,
      streams: { user: stream(users, userId) },
      decide: ({ user }, at) =>
        accept(user.isEmailVerified ? { answer: null } : { rows: rows(at), answer: null }),
    })
    return written.ok ? accept(null) : written
  }
}

/** Whoever shows the token has read what was sent, signed in or not. */
export function verifyEmail(
  { write, reads }: Pick<Platform, 'write' | 'reads'>,
  { texts, tries }: Parts,
): Emails['verify'] {
  const verified: EmailVerified = { type: 'identity.email-verified' }
  return async (tenant, { token, ip }, cause) => {
    const counted = await tries.count(tenant.id, [resetBucket(texts, ip)], cause)
    if (!counted.ok) return counted
    const found = await findToken({ reads }, texts, tenant.id, token, 'email-verification')
    if (!found.ok) return found
    const { userId, use } = found.value
    const written = await write({
      tenant: tenant.id,
      ...cause,
      caller: `user/${userId}`,
      streams: { user: stream(users, userId) },
      decide(_states, at) {
        const used = use(at)
        if (!used.ok) return used
        const row = { id: userId, email_verified_at: new Date(at).toISOString() }
        return accept({
          append: { user: [verified] },
          rows: [...used.value, { table: userTable, verb: 'update', row }],
          answer: null,
        })
      },
    })
    return written.ok ? accept(null) : written
  }
}
