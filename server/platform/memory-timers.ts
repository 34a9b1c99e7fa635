import { TRIES, type TimerSource } from './timers.ts'
import type { Chance } from './waiting.ts'
import type { KeptTimer, MemoryStore } from './write/memory-store.ts'
import { keyed } from './write/settle.ts'

/** The timers of a memory store, by the rules of PostgreSQL's; several processes may share one. */
export function memoryTimers(store: MemoryStore, chance: Chance): TimerSource {
  const { timers, clock, deadLetters } = store

  function bury({ tenant, timer, setFor, lastError }: KeptTimer): void {
    const { set: id, kind, data } = timer
    timers.delete(keyed(tenant, id))
    deadLetters.push({
      tenant,
      source: `timer/${kind}`,
      entry: { id, kind, setFor: new Date(setFor).toISOString(), data },
      reason: lastError ?? 'it was tried five times and never done',
    })
  }

  return {
    async claim(kinds, limit) {
      const now = clock.now()
      const due = [...timers.values()]
        .filter(({ dueAt, timer }) => dueAt <= now && kinds.includes(timer.kind))
        .sort((a, b) => a.dueAt - b.dueAt)
        .slice(0, limit)
      return due.flatMap((each) => {
        if (each.attempts >= TRIES) {
          bury(each)
          return []
        }
        each.dueAt = now + 10_000 * 2 ** each.attempts * (0.75 + chance.next() / 2)
        each.attempts += 1
        const { tenant, timer, attempts, setFor } = each
        return [{ tenant, id: timer.set, kind: timer.kind, data: timer.data, attempts, setFor }]
      })
    },
    async failed({ tenant, id, attempts }, reason) {
      const found = timers.get(keyed(tenant, id))
      if (found?.attempts !== attempts) return
      found.lastError = reason
      if (attempts >= TRIES) found.dueAt = clock.now()
    },
    async close() {
      // Nothing was opened.
    },
  }
}
