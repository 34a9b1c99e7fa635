import type { Platform } from '#platform/context'

import type { Sessions } from '../contract.ts'
import { liveSessionsOf, sessionOf } from '../store/sessions.ts'

export function listSessions({
  reads,
  clock,
}: Pick<Platform, 'reads' | 'clock'>): Sessions['list'] {
  return async (tenant, userId) => {
    const now = new Date(clock.now()).toISOString()
    return (await reads.read(tenant, liveSessionsOf, [tenant, userId, now])).map(sessionOf)
  }
}
