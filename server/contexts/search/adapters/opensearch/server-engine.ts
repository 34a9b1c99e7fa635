import { LRUCache } from 'lru-cache'

import { Unavailable } from '#platform/outcome'

import type { EntryChanges, SearchEngine } from '../../domain/engine.ts'
import { EngineAway, NotYet, openCalls, type CallsOptions } from './calls.ts'
import { openFollowing, type FollowingPlatform } from './following.ts'
import { ServerShop, type ShownProducts } from './server-shop.ts'

/** Products whose stock looks are remembered with them. */
const PRODUCTS_KEPT = 20_000

/**
 * The engine of an OpenSearch server (decision 0028). Whatever goes wrong there, and while a shop is
 * written to it for the first time, `otherwise` does the whole question again.
 */
export function serverEngine(
  platform: FollowingPlatform,
  changes: EntryChanges,
  options: CallsOptions,
  otherwise: SearchEngine,
): SearchEngine {
  const calls = openCalls(options)
  const following = openFollowing(platform, calls, changes)
  const products: ShownProducts = new LRUCache({ max: PRODUCTS_KEPT })
  const figures = { fallbacks: 0 }
  let isAway = false

  function note(error: EngineAway | undefined): void {
    if (isAway === (error !== undefined)) return
    isAway = error !== undefined
    const { log } = platform
    if (error === undefined) log.info('OpenSearch answers searches again')
    else log.warn({ err: error }, 'the built-in engine answers instead of OpenSearch')
  }

  return {
    figures,
    async ask(tenant, work) {
      try {
        const followed = await following.of(tenant)
        const answer = await work(new ServerShop(calls, tenant, followed, products))
        note(undefined)
        return answer
      } catch (error) {
        if (!(error instanceof EngineAway)) throw error
        if (!(error instanceof NotYet)) note(error)
        figures.fallbacks += 1
      }
      return otherwise.ask(tenant, work)
    },
    async renew(tenant) {
      try {
        await following.forget(tenant)
      } catch (error) {
        if (!(error instanceof EngineAway)) throw error
        throw new Unavailable('OpenSearch does not answer', 10, { cause: error })
      }
    },
  }
}
