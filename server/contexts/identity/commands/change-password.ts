import type { Platform } from '#platform/context'
import { accept, refuse } from '#platform/outcome'
import { stream, type Write } from '#platform/write/commit'
import type { Instant } from '#platform/clock'
import type { Id } from '#platform/ids'
import type { Tenant } from '#platform/tenants'

import type { IdentityEvent, IdentityRefusal, PasswordChanged, Passwords } from '../contract.ts'
import { passwordFor } from '../domain/password-rule.ts'
import type { PasswordHashes } from '../domain/ports.ts'
import { liveSessions } from '../domain/session.ts'
import { users, type UserState } from '../domain/user.ts'
import { credentialTable, triesTable } from '../store/tables.ts'
import { credentialById, type CredentialRow } from '../store/users.ts'
import { resetBucket, signInBuckets, type TryCounter } from './count-try.ts'
import { ending } from './end-session.ts'
import { dropToken, findToken, notice, type TokenParts } from './single-use.ts'

type Needs = Pick<Platform, 'write' | 'reads'>
type Parts = TokenParts & { readonly passwords: PasswordHashes; readonly tries: TryCounter }

/**
 * Sets another password by a token that was sent. The token is used up in the commit that sets the
 * password, so of fifty that come with it at once one sets theirs. Every session ends: whoever
 * knew the old password may have one.
 */
export function resetPassword(
  { write, reads }: Needs,
  parts: Parts,
  isProduction: boolean,
): Passwords['reset'] {
  const invalid: IdentityRefusal = { code: 'identity.token-invalid' }
  return async (tenant, { token, password: text, ip }, cause) => {
    const counted = await parts.tries.count(tenant.id, [resetBucket(parts.texts, ip)], cause)
    if (!counted.ok) return counted
    const found = await findToken({ reads }, parts.texts, tenant.id, token, 'password-reset')
    if (!found.ok) return found
    const { userId, use } = found.value
    const [row] = await reads.read(tenant.id, credentialById, [tenant.id, userId])
    if (row === undefined) return refuse(invalid)
    const password = passwordFor(text, { isProduction, names: namesOf(tenant, row) })
    if (!password.ok) return password

    const hash = await parts.passwords.hash(password.value)
    const written = await write({
      tenant: tenant.id,
      ...cause,
      caller: `user/${userId}`,
      streams: { user: stream(users, userId) },
      decide({ user }, at) {
        const used = use(at)
        if (!used.ok) return used
        const { events, rows } = changed(user, userId, hash, 'reset', undefined, at)
        return accept({ append: { user: events }, rows: [...used.value, ...rows], answer: null })
      },
    })
    return written.ok ? accept(null) : written
  }
}

/** Sets another password by the old one, which is guessed as seldom as at a sign-in. */
export function changePassword(
  { write, reads }: Needs,
  parts: Parts,
  isProduction: boolean,
): Passwords['change'] {
  const wrong: IdentityRefusal = { code: 'identity.old-password-wrong' }
  const unknown: IdentityRefusal = { code: 'identity.user-unknown' }
  return async (tenant, { userId, sessionId }, given, cause) => {
    const [row] = await reads.read(tenant.id, credentialById, [tenant.id, userId])
    if (row === undefined) return refuse(unknown)
    const { account, network } = signInBuckets(parts.texts, row.email, given.ip)
    const counted = await parts.tries.count(tenant.id, [account, network], cause)
    if (!counted.ok) return counted
    const old = given.oldPassword.normalize('NFC')
    if (!(await parts.passwords.verify(row.password_hash, old))) return refuse(wrong)
    const password = passwordFor(given.password, { isProduction, names: namesOf(tenant, row) })
    if (!password.ok) return password

    const hash = await parts.passwords.hash(password.value)
    const written = await write({
      tenant: tenant.id,
      ...cause,
      streams: { user: stream(users, userId) },
      decide({ user }, at) {
        // It was changed since the old one was compared.
        if (user.passwordChanges !== row.changes) return refuse(wrong)
        const { events, rows } = changed(user, userId, hash, 'changed', sessionId, at)
        return accept({
          append: { user: events },
          rows: [
            ...rows,
            ...dropToken(userId, 'password-reset'),
            { table: triesTable, verb: 'delete', row: { bucket: account.name } },
          ],
          answer: null,
        })
      },
    })
    if (!written.ok) return written
    await parts.tries.forgive(tenant.id, network, cause)
    return accept(null)
  }
}

function changed(
  user: UserState,
  userId: Id,
  hash: string,
  how: PasswordChanged['how'],
  stays: Id | undefined,
  at: Instant,
): { readonly events: readonly IdentityEvent[]; readonly rows: readonly Write[] } {
  const others = liveSessions(user, at).filter(({ id }) => id !== stays)
  const { events, rows } = ending(others, 'password-changed')
  return {
    events: [{ type: 'identity.password-changed', how }, ...events],
    rows: [
      {
        table: credentialTable,
        verb: 'update',
        row: { user_id: userId, password_hash: hash, changes: user.passwordChanges + 1 },
      },
      ...rows,
      notice(userId, 'password-changed', at),
    ],
  }
}

function namesOf(tenant: Tenant, { username, email }: CredentialRow): string[] {
  return [tenant.slug, tenant.name, username, email, email.split('@')[0] ?? '']
}
