import type { Media } from '#context/media'
import type { Context, Platform } from '#platform/context'

import { setLook } from './commands/set-look.ts'
import type { Looks } from './contract.ts'
import { problems } from './http/problems.ts'
import { routes } from './http/routes.ts'
import { openKnownLooks } from './queries/looks.ts'

export { openShops } from './queries/shops.ts'
export { createShop, type Administrator } from './store/shops.ts'

export interface TenantsContext extends Context {
  readonly looks: Looks
}

/** Which shops there are is opened before everything else, and how they look once there are pictures. */
export function openTenants(
  platform: Pick<Platform, 'reads' | 'write' | 'clock'>,
  media: Pick<Media, 'pictures'>,
): TenantsContext {
  const known = openKnownLooks(platform, media)
  const looks: Looks = { of: (tenant) => known.of(tenant), set: setLook(platform, media, known) }
  return { name: 'tenants', routes: routes(looks), problems, looks }
}
