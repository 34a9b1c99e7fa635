import type { Context, Platform } from '#platform/context'

import { fulfilOrder } from './commands/fulfil-order.ts'
import { ordersForCheckout } from './commands/place.ts'
import { tokenMaker } from './commands/tokens.ts'
import type { OrderCommands, OrderQueries, Orders } from './contract.ts'
import { problems } from './http/problems.ts'
import { orderRoutes } from './http/routes.ts'
import { summarizeOrders } from './projections/summaries.ts'
import { listOrders } from './queries/list-orders.ts'
import { viewOrder } from './queries/view-order.ts'

export function openOrders(platform: Pick<Platform, 'write' | 'reads' | 'secrets'>): {
  context: Context
  orders: Orders
  commands: OrderCommands
} {
  const tokens = tokenMaker(platform)
  const queries: OrderQueries = {
    view: viewOrder(platform, tokens),
    list: listOrders(platform),
  }
  return {
    context: {
      name: 'orders',
      routes: orderRoutes(queries),
      problems,
      subscriptions: [summarizeOrders],
    },
    orders: ordersForCheckout(platform, tokens),
    commands: { fulfil: fulfilOrder(platform) },
  }
}
