import { MemoryStore } from './memory-store.ts'
import { keyed } from './settle.ts'
import { counting, snapshotConformance } from './snapshots.testing.ts'
import { openWriter } from './writer.ts'
import type { TenantId } from '../ids.ts'
import { reality } from '../waiting.ts'

const clock = { now: () => Date.now() }

snapshotConformance('the in-memory store', async () => {
  const memory = new MemoryStore(clock)
  const { store, handedOut } = counting(memory)
  return {
    store,
    handedOut,
    writer: ({ aheadMs = 0, cachedStates = 1_000 } = {}) =>
      openWriter({
        ...reality,
        store,
        clock: { now: () => clock.now() + aheadMs },
        queueLimit: 10_000,
        batchLimit: 64,
        lanes: 2,
        cachedStates,
      }),
    kept: async (stream) =>
      (memory.snapshots.get(keyed(1 as TenantId, stream)) ?? []).map(({ version }) => version),
    forget: async () => memory.snapshots.clear(),
    [Symbol.asyncDispose]: async () => undefined,
  }
})
