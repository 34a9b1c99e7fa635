import { memoryTimers } from './memory-timers.ts'
import { timersConformance } from './timers.testing.ts'
import { realChance, reality } from './waiting.ts'
import { MemoryStore } from './write/memory-store.ts'
import { openWriter } from './write/writer.ts'

timersConformance('timers in memory', async () => {
  const clock = { now: () => Date.now() }
  const store = new MemoryStore(clock)
  return {
    writer: openWriter({ ...reality, store, clock, queueLimit: 100, batchLimit: 10, lanes: 1 }),
    source: () => memoryTimers(store, realChance),
    left: async () =>
      [...store.timers.values()].map(({ timer, attempts, dueAt }) => ({
        id: timer.set,
        attempts,
        inSeconds: (dueAt - clock.now()) / 1000,
      })),
    letters: async () => store.deadLetters,
    makeDue: async () => {
      for (const timer of store.timers.values()) timer.dueAt = clock.now()
    },
    [Symbol.asyncDispose]: async () => undefined,
  }
})
