import { MemoryStore } from './memory-store.ts'
import { keyed } from './settle.ts'
import { counting, snapshotConformance, writersOver } from './snapshots.testing.ts'
import type { TenantId } from '../ids.ts'

const clock = { now: () => Date.now() }

snapshotConformance('the in-memory store', async () => {
  const memory = new MemoryStore(clock)
  const { store, handedOut } = counting(memory)
  return {
    store,
    handedOut,
    writer: writersOver(store, clock, 2),
    kept: async (stream) =>
      (memory.snapshots.get(keyed(1 as TenantId, stream)) ?? []).map(({ version }) => version),
    forget: async () => memory.snapshots.clear(),
    [Symbol.asyncDispose]: async () => undefined,
  }
})
