import type { Context, Platform } from '#platform/context'

import { approveReturn, declineReturn, withdrawReturn } from './commands/end-return.ts'
import { requestReturn, type OrderPort } from './commands/request-return.ts'
import { setReturnDays } from './commands/set-days.ts'
import type { ReturnCommands } from './contract.ts'
import { problems } from './http/problems.ts'
import { returnRoutes } from './http/routes.ts'
import { returnQueries } from './queries/returns.ts'

export function openReturns(
  platform: Pick<Platform, 'write' | 'reads' | 'ids' | 'clock'>,
  { orders }: { readonly orders: OrderPort },
): { readonly context: Context } {
  const parts = { platform, orders }
  const commands: ReturnCommands = {
    request: requestReturn(parts),
    withdraw: withdrawReturn(parts),
    approve: approveReturn(parts),
    decline: declineReturn(parts),
    setDays: setReturnDays(platform),
  }
  const routes = returnRoutes(commands, returnQueries(platform, orders))
  return { context: { name: 'returns', routes, problems } }
}
