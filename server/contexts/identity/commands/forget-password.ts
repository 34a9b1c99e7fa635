import type { Platform } from '#platform/context'
import { accept } from '#platform/outcome'

import type { Passwords } from '../contract.ts'
import { emailKey } from '../domain/user.ts'
import { userByEmail } from '../store/users.ts'
import { askBuckets, type TryCounter } from './count-try.ts'
import { dropToken, newToken, type TokenParts } from './single-use.ts'

/**
 * Has a token sent to an address. An address nobody has gets the same answer after the same work
 * (requirement R24): one count, one read, one token, one commit that writes two rows or deletes two
 * that are not there.
 */
export function forgetPassword(
  { write, reads, ids }: Pick<Platform, 'write' | 'reads' | 'ids'>,
  parts: TokenParts & { readonly tries: TryCounter },
): Passwords['forget'] {
  return async (tenant, given, cause) => {
    const email = emailKey(given.email)
    const counted = await parts.tries.count(
      tenant.id,
      askBuckets(parts.texts, email, given.ip),
      cause,
    )
    if (!counted.ok) return counted

    const [row] = await reads.read(tenant.id, userByEmail, [tenant.id, email])
    const userId = row?.id ?? ids.next()
    const rows = newToken(parts, tenant.id, userId, 'password-reset')
    const written = await write({
      tenant: tenant.id,
      ...cause,
      streams: {},
      decide: (_states, at) =>
        accept({
          rows: row === undefined ? dropToken(userId, 'password-reset') : rows(at),
          answer: null,
        }),
    })
    return written.ok ? accept(null) : written
  }
}
