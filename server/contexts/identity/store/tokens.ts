import { statement } from '#platform/db/statement'

import type { Purpose } from '../contract.ts'

export const tokenOf = statement<{
  readonly secret_hash: string
  readonly expires_at: Date
  readonly email: string | null
}>(
  'identity.token-of',
  `select secret_hash, expires_at, email from identity.tokens
    where tenant_id = $1 and user_id = $2 and purpose = $3`,
)

interface LapsedRow {
  readonly user_id: string
  readonly purpose: Purpose
  readonly expires_at: Date
}

export const lapsedTokens = statement<LapsedRow>(
  'identity.lapsed-tokens',
  `select user_id, purpose, expires_at from (
       select * from identity.tokens where tenant_id = $1 and expires_at <= $2
       order by expires_at limit $3) as lapsed order by user_id, purpose`,
)
