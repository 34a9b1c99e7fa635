import type { Platform } from '#platform/context'

import type { Notices } from '../contract.ts'
import type { SecretBox } from '../domain/ports.ts'
import { sealedFor } from '../domain/single-use.ts'
import { newestNotices } from '../store/notices.ts'

export function listNotices(
  { reads, clock }: Pick<Platform, 'reads' | 'clock'>,
  box: SecretBox,
): Notices['newest'] {
  return async (tenant, limit) => {
    const now = new Date(clock.now()).toISOString()
    const rows = await reads.read(tenant, newestNotices, [tenant, now, limit])
    return rows.map(({ user_id: userId, kind, email, sealed_token: sealed, ...row }) => ({
      userId,
      kind,
      email,
      token: sealed === null ? null : (box.open(sealed, sealedFor(tenant, userId, kind)) ?? null),
      createdAt: row.created_at.toISOString(),
      expiresAt: row.expires_at.toISOString(),
    }))
  }
}
