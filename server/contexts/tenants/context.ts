import type { Context, Platform } from '#platform/context'

import type { Shops } from './contract.ts'
import { openShops } from './queries/shops.ts'
import { routes } from './routes.ts'

export { createShop, type Administrator } from './store.ts'

export interface TenantsContext extends Context {
  readonly shops: Shops
}

export function openTenants(platform: Pick<Platform, 'reads' | 'clock'>): TenantsContext {
  return { name: 'tenants', routes, problems: {}, shops: openShops(platform) }
}
