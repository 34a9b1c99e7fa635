import type { Cause } from '#platform/http/route'
import type { Id, TenantId } from '#platform/ids'
import { accept, refuse, type Outcome } from '#platform/outcome'
import { stream } from '#platform/write/commit'
import type { Asker } from '#context/orders'

import type {
  Answered,
  ReturnCommands,
  ReturnEvent,
  ReturnRefusal,
  ReturnState,
} from '../contract.ts'
import { mayEnd, returnRequests } from '../domain/requests.ts'
import { requestById, requestTable } from '../store/requests.ts'
import { shownAs, type Parts } from './request-return.ts'

/** What a request becomes, by whom, and the shop's words. */
interface Ending {
  readonly event: Exclude<ReturnEvent['type'], 'returns.requested'>
  readonly state: ReturnState
  readonly because: string | null
  /** Must be one who may see the order; staff's routes let nobody else in. */
  readonly asker?: Asker
}

export function withdrawReturn(parts: Parts): ReturnCommands['withdraw'] {
  return (tenant, id, asker, cause) => {
    const ending = { event: 'returns.withdrawn', state: 'withdrawn', because: null, asker } as const
    return end(parts, tenant, id, ending, cause)
  }
}

export function approveReturn(parts: Parts): ReturnCommands['approve'] {
  return (tenant, id, cause) => {
    const ending = { event: 'returns.approved', state: 'approved', because: null } as const
    return end(parts, tenant, id, ending, cause)
  }
}

export function declineReturn(parts: Parts): ReturnCommands['decline'] {
  return (tenant, id, because, cause) => {
    const ending = { event: 'returns.declined', state: 'declined', because } as const
    return end(parts, tenant, id, ending, cause)
  }
}

async function end(
  { platform, orders }: Parts,
  tenant: TenantId,
  returnId: Id,
  { event, state, because, asker }: Ending,
  cause: Cause,
): Promise<Outcome<Answered>> {
  const { write, reads } = platform
  const unknown: ReturnRefusal = { code: 'returns.unknown', returnId }
  const [row] = await reads.read(tenant, requestById, [tenant, returnId])
  if (row === undefined) return refuse(unknown)
  if (asker !== undefined) {
    const order = await orders.see(tenant, row.order_id)
    if (!orders.maySee(tenant, row.order_id, order, asker)) return refuse(unknown)
  }
  const written = await write({
    tenant,
    ...cause,
    streams: { requests: stream(returnRequests, row.order_id) },
    decide({ requests }, at) {
      const may = mayEnd(requests, returnId)
      if (!may.ok) return may
      return accept({
        append: { requests: [{ type: event, returnId }] },
        rows: [
          {
            table: requestTable,
            verb: 'update' as const,
            row: { id: returnId, state, because, updated_at: new Date(at).toISOString() },
          },
        ],
        answer: null,
      })
    },
  })
  return written.ok ? shownAs(platform, tenant, returnId, written.value.replayed) : written
}
