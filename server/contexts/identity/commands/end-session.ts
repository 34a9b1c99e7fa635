import type { Platform } from '#platform/context'
import { accept, refuse, type Outcome } from '#platform/outcome'
import { stream, type Write } from '#platform/write/commit'
import type { Cause } from '#platform/http/route'
import type { Id, TenantId } from '#platform/ids'

import type { IdentityRefusal, SessionEnd, SessionEnded, Sessions } from '../contract.ts'
import { ended, liveSessions } from '../domain/session.ts'
import { users, type LiveSession } from '../domain/user.ts'
import { sessionTable } from '../store/tables.ts'

/** The parts of a commit that end sessions; their rows stay, so that their devices hear why. */
export function ending(
  sessions: readonly LiveSession[],
  why: SessionEnd,
): { readonly events: readonly SessionEnded[]; readonly rows: readonly Write[] } {
  return {
    events: ended(sessions, why),
    rows: sessions.map(({ id }) => ({
      table: sessionTable,
      verb: 'update',
      row: { id, ended: why },
      when: { ended: null },
    })),
  }
}

type Needs = Pick<Platform, 'write'>

export function endSession(platform: Needs): Sessions['end'] {
  const unknown: IdentityRefusal = { code: 'identity.session-unknown' }
  return (tenant, userId, sessionId, cause) =>
    end(platform, tenant, userId, cause, (live) => {
      const found = live.filter(({ id }) => id === sessionId)
      return found.length === 0 ? refuse(unknown) : accept(found)
    })
}

export function endAllSessions(platform: Needs): Sessions['endAll'] {
  return (tenant, userId, cause) => end(platform, tenant, userId, cause, (live) => accept(live))
}

async function end(
  { write }: Needs,
  tenant: TenantId,
  userId: Id,
  cause: Cause,
  which: (live: readonly LiveSession[]) => Outcome<readonly LiveSession[]>,
): Promise<Outcome<null>> {
  const written = await write({
    tenant,
    ...cause,
    streams: { user: stream(users, userId) },
    decide({ user }, at) {
      const chosen = which(liveSessions(user, at))
      if (!chosen.ok) return chosen
      const { events, rows } = ending(chosen.value, 'signed-out')
      return accept({ append: { user: events }, rows, answer: null })
    },
  })
  return written.ok ? accept(null) : written
}
