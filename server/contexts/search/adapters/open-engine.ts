import type { Platform } from '#platform/context'
import { onDemand } from '#platform/on-demand'

import type { EntryChanges, SearchEngine } from '../domain/engine.ts'
import type * as OpenSearch from './opensearch/server-engine.ts'

/** The engine that the configuration names; the built-in one answers whenever another cannot. */
export function openEngine(
  platform: Pick<Platform, 'config' | 'clock' | 'waiting' | 'log'>,
  builtIn: SearchEngine,
  changes: EntryChanges,
): SearchEngine {
  const { searchEngine, opensearchUrl } = platform.config
  if (searchEngine !== 'opensearch' || opensearchUrl === undefined) return builtIn
  const { serverEngine } = onDemand<typeof OpenSearch>(
    import.meta.url,
    './opensearch/server-engine.ts',
  )
  return serverEngine(platform, changes, { url: opensearchUrl }, builtIn)
}
