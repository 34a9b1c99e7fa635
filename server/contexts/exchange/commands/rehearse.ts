import { AsyncLocalStorage } from 'node:async_hooks'

import type { Cause } from '#platform/http/route'
import type { TenantId } from '#platform/ids'
import { accept, refuse, type Outcome, type Refusal } from '#platform/outcome'
import type { Decision, Streams, WriteIntent } from '#platform/write/commit'

/** What a command came to. */
export type Effect = 'applied' | 'unchanged'

export interface Rehearsal {
  /** Commands that are to be watched are opened over this instead of the platform's own. */
  readonly write: WriteIntent
  /**
   * Does something with such commands, once, and says whether it recorded anything, now or under the
   * same key before. In a trial they decide as ever, under the same rules, and commit nothing. What
   * would record nothing is not committed either, so that a key that is known is one that did.
   */
  run(isTrial: boolean, work: () => Promise<Outcome<unknown>>): Promise<Outcome<Effect>>
  /** For work that finds nothing to do: unless it had done it before, it changes nothing. */
  nothing(tenant: TenantId, cause: Cause): Promise<Outcome<unknown>>
}

interface Watched {
  readonly isTrial: boolean
  hasChanged: boolean
}

/** Instead of a commit: the decision was to accept. It never leaves this file. */
const ACCEPTED: Refusal = { code: 'exchange.accepted' }

/** Lets commands be tried, and watched, without their knowing. */
export function openRehearsal(write: WriteIntent): Rehearsal {
  const watching = new AsyncLocalStorage<Watched>()
  return {
    async write(intent) {
      const watched = watching.getStore()
      if (watched === undefined) return write(intent)
      const written = await write({
        ...intent,
        isBulk: true,
        decide(states, at) {
          const decided = intent.decide(states, at)
          if (!decided.ok) return decided
          // A decision may be made again on another state: the last one counts.
          watched.hasChanged = changesSomething(decided.value)
          return watched.isTrial || !watched.hasChanged ? refuse(ACCEPTED) : decided
        },
      })
      if (written.ok) watched.hasChanged = true
      return written
    },
    run: (isTrial, work) => {
      const watched: Watched = { isTrial, hasChanged: false }
      return watching.run(watched, async () => {
        const outcome = await work()
        if (!outcome.ok && outcome.refusal.code !== ACCEPTED.code) return outcome
        return accept(watched.hasChanged ? 'applied' : 'unchanged')
      })
    },
    async nothing(tenant, cause) {
      const watched = watching.getStore()
      const decide = () => refuse(ACCEPTED)
      const written = await write({ tenant, ...cause, isBulk: true, streams: {}, decide })
      if (written.ok && watched !== undefined) watched.hasChanged = true
      return written
    },
  }
}

function changesSomething<S extends Streams, T>(decision: Decision<S, T>): boolean {
  const { append = {}, transfers, rows } = decision
  const events = Object.values(append).some((each) => Array.isArray(each) && each.length > 0)
  return events || (transfers?.length ?? 0) > 0 || (rows?.length ?? 0) > 0
}
