import type { Platform } from '#platform/context'
import { accept, refuse } from '#platform/outcome'
import { stream } from '#platform/write/commit'

import type { EmailChanged, Emails, IdentityRefusal } from '../contract.ts'
import type { PasswordHashes } from '../domain/ports.ts'
import { emailKey, users } from '../domain/user.ts'
import { triesTable, userTable } from '../store/tables.ts'
import { credentialById, meById, userByEmail } from '../store/users.ts'
import { resetBucket, signInBuckets, type TryCounter } from './count-try.ts'
import { dropToken, findToken, newToken, notice, type TokenParts } from './single-use.ts'

type Needs = Pick<Platform, 'write' | 'reads'>
type Parts = TokenParts & { readonly passwords: PasswordHashes; readonly tries: TryCounter }

/**
 * Has a token sent to another address, by the password, which is guessed as seldom as at a sign-in.
 * An address that somebody has gets the same answer and no token (IDENTITY-5).
 */
export function askEmailChange({ write, reads }: Needs, parts: Parts): Emails['askChange'] {
  const wrong: IdentityRefusal = { code: 'identity.old-password-wrong' }
  return async (tenant, { userId }, given, cause) => {
    const [row] = await reads.read(tenant.id, credentialById, [tenant.id, userId])
    if (row === undefined) return refuse({ code: 'identity.user-unknown' })
    const { account, network } = signInBuckets(parts.texts, row.email, given.ip)
    const counted = await parts.tries.count(tenant.id, [account, network], cause)
    if (!counted.ok) return counted
    const password = given.password.normalize('NFC')
    if (!(await parts.passwords.verify(row.password_hash, password))) return refuse(wrong)

    const email = emailKey(given.email)
    const [taken] = await reads.read(tenant.id, userByEmail, [tenant.id, email])
    const rows = newToken(parts, tenant.id, userId, 'email-change', email)
    const written = await write({
      tenant: tenant.id,
      ...cause,
      streams: { user: stream(users, userId) },
      decide({ user }, at) {
        // The password was changed since it was compared.
        if (user.passwordChanges !== row.changes) return refuse(wrong)
        return accept({
          rows: [
            ...(taken === undefined ? rows(at) : dropToken(userId, 'email-change')),
            { table: triesTable, verb: 'delete' as const, row: { bucket: account.name } },
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

/**
 * The address is another from now on, and verified: its mail was read. What was sent to the one before
 * opens nothing any more, and its owner is told there.
 */
export function confirmEmailChange(
  { write, reads }: Needs,
  { texts, tries }: Pick<Parts, 'texts' | 'tries'>,
): Emails['confirmChange'] {
  const changed: EmailChanged = { type: 'identity.email-changed' }
  const invalid: IdentityRefusal = { code: 'identity.token-invalid' }
  return async (tenant, { token, ip }, cause) => {
    const counted = await tries.count(tenant.id, [resetBucket(texts, ip)], cause)
    if (!counted.ok) return counted
    const found = await findToken({ reads }, texts, tenant.id, token, 'email-change')
    if (!found.ok) return found
    const { userId, email, use } = found.value
    const [before] = await reads.read(tenant.id, meById, [tenant.id, userId])
    if (before === undefined || email === null) return refuse(invalid)
    const written = await write({
      tenant: tenant.id,
      ...cause,
      caller: `user/${userId}`,
      streams: { user: stream(users, userId) },
      decide(_states, at) {
        const used = use(at)
        if (!used.ok) return used
        const row = { id: userId, email, email_verified_at: new Date(at).toISOString() }
        return accept({
          append: { user: [changed] },
          rows: [
            ...used.value,
            // Somebody may have taken the address since the token was sent.
            { table: userTable, verb: 'update' as const, row, orRefuse: invalid },
            ...dropToken(userId, 'password-reset'),
            ...dropToken(userId, 'email-verification'),
            notice(userId, 'email-changed', at, before.email),
          ],
          answer: null,
        })
      },
    })
    return written.ok ? accept(null) : written
  }
}
