import type { LiveProducts } from '#context/catalog'
import type { Availabilities } from '#context/inventory'
import type { Tail } from '#platform/cache/tail'
import type { Context, Platform } from '#platform/context'

import { problems } from './http/problems.ts'
import { liveRoutes } from './http/routes.ts'
import { openPages } from './queries/open-pages.ts'

/** Opened where requests are served: it follows the end of the log. */
export function openLive(
  platform: Pick<Platform, 'clock' | 'waiting' | 'log' | 'config'>,
  parts: {
    readonly products: LiveProducts
    readonly words: Availabilities
    readonly tail: Tail | undefined
  },
): { context: Context } {
  return {
    context: { name: 'live', routes: liveRoutes(openPages(platform, parts)), problems },
  }
}
