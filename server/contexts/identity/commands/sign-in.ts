import type { Platform } from '#platform/context'
import type { Role } from '#platform/http/route'
import type { Id, TenantId } from '#platform/ids'
import { accept, refuse } from '#platform/outcome'
import { stream } from '#platform/write/commit'

import type { IdentityEvent, IdentityRefusal, Pass, Sessions } from '../contract.ts'
import { deviceOf } from '../domain/device.ts'
import type { PasswordHashes, SecretTexts } from '../domain/ports.ts'
import { DEMO_PASSWORD } from '../domain/password-rule.ts'
import { givingWay, SESSION_SECONDS } from '../domain/session.ts'
import { writeToken } from '../domain/token.ts'
import { emailKey, users } from '../domain/user.ts'
import { sessionTable, triesTable } from '../store/tables.ts'
import { credentialByEmail } from '../store/users.ts'
import { signInBuckets, type TryCounter } from './count-try.ts'
import { ending } from './end-session.ts'

/** Issues access tokens; the platform's. */
export interface AccessTokens {
  readonly lifetimeSeconds: number
  issue(who: {
    readonly tenant: TenantId
    readonly userId: Id
    readonly roles: readonly Role[]
    readonly sessionId: Id
  }): string
}

/** The tokens of a session, to be shown once. */
export function passFor(
  tokens: AccessTokens,
  who: Parameters<AccessTokens['issue']>[0],
  secret: string,
): Pass {
  return {
    accessToken: tokens.issue(who),
    refreshToken: writeToken({ id: who.sessionId, secret }),
    tokenType: 'Bearer',
    expiresIn: tokens.lifetimeSeconds,
  }
}

/**
 * Signs in by password. An unknown address and a wrong password get the same answer after the same
 * work (requirement R24): one count, one read, one hash. How many sessions live is decided on the
 * user's stream, so that any number of sign-ins at once leave at most five (IDN-10).
 */
export function signIn(
  { write, reads, ids }: Pick<Platform, 'write' | 'reads' | 'ids'>,
  parts: {
    readonly tokens: AccessTokens
    readonly passwords: PasswordHashes
    readonly texts: SecretTexts
    readonly tries: TryCounter
  },
  isProduction: boolean,
): Sessions['signIn'] {
  const { tokens, passwords, texts, tries } = parts
  const wrong: IdentityRefusal = { code: 'identity.credentials-wrong' }

  return async (tenant, given, cause) => {
    const email = emailKey(given.email)
    const { account, network } = signInBuckets(texts, email, given.ip)
    const counted = await tries.count(tenant.id, [account, network], cause)
    if (!counted.ok) return counted

    const [row] = await reads.read(tenant.id, credentialByEmail, [tenant.id, email])
    const fits = await passwords.verify(row?.password_hash, given.password.normalize('NFC'))
    if (row === undefined || !fits) return refuse(wrong)
    // A database that was once a demo has accounts whose password everybody can read.
    if (isProduction && given.password === DEMO_PASSWORD) return refuse(wrong)

    const sessionId = ids.next()
    const secret = texts.make()
    const written = await write({
      tenant: tenant.id,
      ...cause,
      caller: `user/${row.id}`,
      streams: { user: stream(users, row.id) },
      decide({ user }, at) {
        // The password was changed since it was compared, and every session ended with it.
        if (user.passwordChanges !== row.changes) return refuse(wrong)
        const expiresAt = at + SESSION_SECONDS * 1000
        const begun: IdentityEvent = { type: 'identity.session-begun', sessionId, expiresAt }
        const oldest = ending(givingWay(user, at), 'newer-sign-in')
        return accept({
          append: { user: [...oldest.events, begun] },
          rows: [
            {
              table: sessionTable,
              verb: 'insert',
              row: {
                id: sessionId,
                user_id: row.id,
                secret_hash: texts.hash(secret),
                device: deviceOf(given.userAgent),
                created_at: new Date(at).toISOString(),
                last_used_at: new Date(at).toISOString(),
                expires_at: new Date(expiresAt).toISOString(),
              },
            },
            ...oldest.rows,
            // Whoever knows the password was not guessing.
            { table: triesTable, verb: 'delete', row: { bucket: account.name } },
          ],
          answer: null,
        })
      },
    })
    if (!written.ok) return written
    await tries.forgive(tenant.id, network, cause)
    const who = { tenant: tenant.id, userId: row.id, roles: row.roles, sessionId }
    return accept(passFor(tokens, who, secret))
  }
}
