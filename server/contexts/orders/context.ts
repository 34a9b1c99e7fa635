import type { Context, Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'

import { ordersForCheckout } from './commands/place.ts'
import { tokenMaker } from './commands/tokens.ts'
import type { OrderQueries, Orders } from './contract.ts'
import { problems } from './http/problems.ts'
import { orderRoutes } from './http/routes.ts'
import { archiveOrders } from './jobs/archive-orders.ts'
import { summarizeOrders } from './projections/summaries.ts'
import { historyOfOrder } from './queries/history-of-order.ts'
import { listOrders } from './queries/list-orders.ts'
import { viewOrder } from './queries/view-order.ts'

export type OrdersPlatform = Pick<Platform, 'write' | 'reads' | 'secrets' | 'clock' | 'ids'> & {
  readonly config: Pick<Platform['config'], 'orderArchiveDays'>
}

export function openOrders(
  platform: OrdersPlatform,
  ports: { readonly tenants: () => Promise<readonly TenantId[]> },
): {
  context: Context
  orders: Orders
  queries: OrderQueries
} {
  const tokens = tokenMaker(platform)
  const queries: OrderQueries = {
    view: viewOrder(platform, tokens),
    list: listOrders(platform),
    history: historyOfOrder(platform, tokens),
  }
  return {
    context: {
      name: 'orders',
      routes: orderRoutes(queries),
      problems,
      subscriptions: [summarizeOrders],
      jobs: [archiveOrders(platform, platform.config.orderArchiveDays, ports.tenants)],
    },
    orders: ordersForCheckout(platform, tokens),
    queries,
  }
}
