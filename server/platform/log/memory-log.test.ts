import { MemoryStore } from '../write/memory-store.ts'
import { openWriter } from '../write/writer.ts'
import { reality } from '../waiting.ts'
import { followConformance } from './following.testing.ts'
import { MemoryLog } from './memory-log.ts'
import { LEASE_SECONDS } from './source.ts'
import { logConformance, type Open } from './source.testing.ts'

const open: Open = async () => {
  let ahead = 0
  const clock = { now: () => Date.now() + ahead }
  const store = new MemoryStore(clock)
  const log = new MemoryLog(store)
  return {
    writer: openWriter({ ...reality, store, clock, queueLimit: 100, batchLimit: 10, lanes: 1 }),
    source: () => log,
    rows: async () =>
      store.tables
        .rows('heard.numbers')
        .map((row) => ({
          subscription: String(row['subscription']),
          number: Number(row['number']),
        }))
        .sort((a, b) => a.number - b.number),
    letters: async () =>
      store.deadLetters.map(({ tenant, source, reason }) => ({ tenant, source, reason })),
    lapse: async () => {
      ahead += (LEASE_SECONDS + 1) * 1000
    },
    [Symbol.asyncDispose]: async () => undefined,
  }
}

logConformance('the log in memory', open)
followConformance('the log in memory', open)
