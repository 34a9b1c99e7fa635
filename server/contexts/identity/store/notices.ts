import { statement } from '#platform/db/statement'

import type { Notice } from '../contract.ts'

interface NoticeRow {
  readonly user_id: string
  readonly kind: Notice['kind']
  readonly email: string | null
  readonly sealed_token: string | null
  readonly created_at: Date
  readonly expires_at: Date
}

/** Those that are still worth sending at an instant. */
export const newestNotices = statement<NoticeRow>(
  'identity.newest-notices',
  `select user_id, kind, email, sealed_token, created_at, expires_at from identity.notices
    where tenant_id = $1 and expires_at > $2
    order by created_at desc, user_id, kind limit $3`,
)

export const lapsedNotices = statement<Pick<NoticeRow, 'user_id' | 'kind' | 'expires_at'>>(
  'identity.lapsed-notices',
  `select user_id, kind, expires_at from (
       select * from identity.notices where tenant_id = $1 and expires_at <= $2
       order by expires_at limit $3) as lapsed order by user_id, kind`,
)
