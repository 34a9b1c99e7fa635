import type { Platform } from '#platform/context'
import { accept, refuse } from '#platform/outcome'
import { stream } from '#platform/write/commit'

import type { IdentityRefusal, UserRegistered, Users } from '../contract.ts'
import { passwordFor } from '../domain/password-rule.ts'
import type { PasswordHashes } from '../domain/ports.ts'
import { emailKey, isBirthDate, isOldEnough, MINIMUM_AGE, users } from '../domain/user.ts'
import { credentialTable, userTable } from '../store/tables.ts'
import { userById, userOf } from '../store/users.ts'
import { registrationBucket, type TryCounter } from './count-try.ts'
import { newToken, type TokenParts } from './single-use.ts'

/**
 * Makes an account. That an e-mail address is taken is said openly: a silent answer (requirement
 * R24) needs someone who sends notices, and nothing does yet.
 */
export function registerUser(
  platform: Pick<Platform, 'write' | 'reads' | 'clock' | 'ids'>,
  parts: TokenParts & { readonly passwords: PasswordHashes; readonly tries: TryCounter },
  isProduction: boolean,
): Users['register'] {
  const { write, reads, clock, ids } = platform
  const { passwords, texts, tries } = parts
  const wrongDay: IdentityRefusal = { code: 'identity.birth-date-wrong' }
  const tooYoung: IdentityRefusal = { code: 'identity.too-young', minimumAge: MINIMUM_AGE }
  const taken: IdentityRefusal = { code: 'identity.email-taken' }

  return async (
    tenant,
    { email: given, username, password: text, birthDate, ip },
    roles,
    cause,
  ) => {
    const email = emailKey(given)
    const today = Temporal.Instant.fromEpochMilliseconds(clock.now())
      .toZonedDateTimeISO(tenant.timeZone)
      .toPlainDate()
      .toString()
    if (!isBirthDate(birthDate, today)) return refuse(wrongDay)
    if (!isOldEnough(birthDate, today)) return refuse(tooYoung)
    const names = [tenant.slug, tenant.name, username, email, email.split('@')[0] ?? '']
    const password = passwordFor(text, { isProduction, names })
    if (!password.ok) return password

    if (ip !== undefined) {
      const counted = await tries.count(tenant.id, [registrationBucket(texts, ip)], cause)
      if (!counted.ok) return counted
    }
    const passwordHash = await passwords.hash(password.value)
    const id = ids.next()
    // Accounts that our own code makes are nobody's mailbox yet, so nothing is sent.
    const verification =
      ip === undefined ? undefined : newToken(parts, tenant.id, id, 'email-verification')
    const registered: UserRegistered = { type: 'identity.user-registered', userId: id }
    const written = await write({
      tenant: tenant.id,
      ...cause,
      streams: { user: stream(users, id) },
      decide: (_states, at) => {
        const createdAt = new Date(at).toISOString()
        const row = { id, email, username, birth_date: birthDate, roles, created_at: createdAt }
        return accept({
          append: { user: [registered] },
          rows: [
            { table: userTable, verb: 'insert', row, orRefuse: taken },
            {
              table: credentialTable,
              verb: 'insert',
              row: { user_id: id, password_hash: passwordHash },
            },
            ...(verification?.(at) ?? []),
          ],
          answer: { id },
        })
      },
    })
    if (!written.ok) return written

    // The stored answer has no personal data, so a repeated request reads the row like the first.
    const [row] = await reads.read(tenant.id, userById, [tenant.id, written.value.answer.id])
    if (row === undefined) return refuse({ code: 'identity.user-unknown' })
    return accept({ user: userOf(row), replayed: written.value.replayed })
  }
}
