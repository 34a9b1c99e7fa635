import { statement } from '#platform/db/statement'
import type { Role } from '#platform/http/route'

export interface SessionRow {
  readonly user_id: string
  readonly secret_hash: string
  readonly expires_at: Date
  readonly roles: readonly Role[]
}

/** With the roles of now: a change of roles is in the next access token. */
export const sessionById = statement<SessionRow>(
  'identity.session-by-id',
  `select s.user_id, s.secret_hash, s.expires_at, u.roles
     from identity.sessions s
     join identity.users u on u.tenant_id = s.tenant_id and u.id = s.user_id
    where s.tenant_id = $1 and s.id = $2`,
)

export const lapsedSessions = statement<{ readonly id: string }>(
  'identity.lapsed-sessions',
  `select id from identity.sessions where tenant_id = $1 and expires_at <= $2 order by id limit $3`,
)
