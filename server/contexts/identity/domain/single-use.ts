import type { Id, TenantId } from '#platform/ids'

import type { Notice, Purpose } from '../contract.ts'

/** How long a token that is good once is good (requirement R24: a reset at most 30 minutes). */
export const TOKEN_SECONDS: Readonly<Record<Purpose, number>> = {
  'password-reset': 30 * 60,
  'email-verification': 24 * 3600,
  'email-change': 24 * 3600,
}

/** A notice that brings no token is worth sending so long. */
export const NOTICE_SECONDS = 7 * 24 * 3600

/** What a sealed token belongs to, so that no row can be taken for another. */
export function sealedFor(tenant: TenantId, userId: Id, kind: Notice['kind']): string {
  return `${tenant}/${userId}/${kind}`
}
