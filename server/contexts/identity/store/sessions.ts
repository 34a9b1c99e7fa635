import { statement } from '#platform/db/statement'
import type { Role } from '#platform/http/route'

import type { Session, SessionEnd } from '../contract.ts'

export interface SessionRow {
  readonly user_id: string
  readonly secret_hash: string
  readonly last_used_at: Date
  readonly expires_at: Date
  readonly ended: SessionEnd | null
  readonly roles: readonly Role[]
}

/** With the roles of now: a change of roles is in the next access token. */
export const sessionById = statement<SessionRow>(
  'identity.session-by-id',
  `select s.user_id, s.secret_hash, s.last_used_at, s.expires_at, s.ended, u.roles
     from identity.sessions s
     join identity.users u on u.tenant_id = s.tenant_id and u.id = s.user_id
    where s.tenant_id = $1 and s.id = $2`,
)

interface LiveRow {
  readonly id: string
  readonly device: string
  readonly created_at: Date
  readonly last_used_at: Date
  readonly expires_at: Date
}

/** Those that can still be refreshed at an instant, newest first. */
export const liveSessionsOf = statement<LiveRow>(
  'identity.live-sessions-of',
  `select id, device, created_at, last_used_at, expires_at from identity.sessions
    where tenant_id = $1 and user_id = $2 and ended is null and expires_at > $3
    order by created_at desc, id`,
)

export const lapsedSessions = statement<{ readonly id: string }>(
  'identity.lapsed-sessions',
  `select id from (
       select * from identity.sessions where tenant_id = $1 and expires_at <= $2
       order by expires_at limit $3) as lapsed order by id`,
)

export function sessionOf(row: LiveRow): Session {
  return {
    id: row.id,
    device: row.device,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  }
}
