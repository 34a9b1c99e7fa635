import { statement } from '#platform/db/statement'
import type { Role } from '#platform/http/route'

import type { Me, User } from '../contract.ts'

export interface UserRow {
  readonly id: string
  readonly email: string
  readonly username: string
  readonly roles: readonly Role[]
  readonly created_at: Date
}

export interface CredentialRow {
  readonly id: string
  readonly email: string
  readonly username: string
  readonly roles: readonly Role[]
  readonly password_hash: string
  readonly changes: number
}

const COLUMNS = 'id, email, username, roles, created_at'

export interface MeRow extends UserRow {
  readonly email_verified_at: Date | null
}

/** A user with the verification of the e-mail address. */
export const meById = statement<MeRow>(
  'identity.me-by-id',
  `select ${COLUMNS}, email_verified_at from identity.users where tenant_id = $1 and id = $2`,
)

export const userById = statement<UserRow>(
  'identity.user-by-id',
  `select ${COLUMNS} from identity.users where tenant_id = $1 and id = $2`,
)

const CREDENTIAL = `select u.id, u.email, u.username, u.roles, c.password_hash, c.changes
     from identity.users u
     join identity.credentials c on c.tenant_id = u.tenant_id and c.user_id = u.id
    where u.tenant_id = $1 and`

export const credentialByEmail = statement<CredentialRow>(
  'identity.credential-by-email',
  `${CREDENTIAL} u.email = $2`,
)

/** Only whether there is one, and who. */
export const userByEmail = statement<{ readonly id: string }>(
  'identity.user-by-email',
  'select id from identity.users where tenant_id = $1 and email = $2',
)

export const credentialById = statement<CredentialRow>(
  'identity.credential-by-id',
  `${CREDENTIAL} u.id = $2`,
)

/** Newest first, from behind a place given by time and id. */
export const newestUsers = statement<UserRow>(
  'identity.newest-users',
  `select ${COLUMNS} from identity.users
    where tenant_id = $1 and (created_at, id) < ($2::timestamptz, $3::uuid)
    order by created_at desc, id desc
    limit $4`,
)

export function userOf(row: UserRow): User {
  const { id, email, username, roles } = row
  return { id, email, username, roles, createdAt: row.created_at.toISOString() }
}

export function meOf(row: MeRow): Me {
  return { ...userOf(row), emailVerifiedAt: row.email_verified_at?.toISOString() ?? null }
}
