import type { Platform } from '#platform/context'
import type { Id, TenantId } from '#platform/ids'

import { forgetInterest, interestRowsOf, noteInterest } from '../store/interests.ts'
import { commitRows } from './commit.ts'

/** Rows forgotten together. */
const AT_ONCE = 500

/** What is known of a user for the own ranking (SRC-06); 90 days at most, and gone when asked. */
export interface InterestCommands {
  looked(tenant: TenantId, userId: Id, productId: Id): Promise<void>
  forget(tenant: TenantId, userId: Id): Promise<void>
}

export function interestCommands(
  platform: Pick<Platform, 'write' | 'reads' | 'ids' | 'clock'>,
): InterestCommands {
  return {
    async looked(tenant, userId, productId) {
      const at = new Date(platform.clock.now()).toISOString()
      const row = noteInterest(userId, productId, false, at)
      await commitRows(platform, tenant, 'search/interests', [row])
    },
    async forget(tenant, userId) {
      for (;;) {
        const rows = await interestRowsOf(platform.reads, tenant, userId, AT_ONCE)
        await commitRows(platform, tenant, 'search/interests', rows.map(forgetInterest))
        if (rows.length < AT_ONCE) return
      }
    },
  }
}
