import type { Id } from '#platform/ids'
import type { Transfer } from '#platform/ledger/transfer'
import { accept, refuse, type Outcome } from '#platform/outcome'
import type { Aggregate } from '#platform/write/commit'

import { inTransit, lost, onHand } from '../accounts.ts'
import type { SkuQuantity, StockRefusal, TransferEvent, TransferReceived } from '../contract.ts'
import type { TransferLine } from '../contract/desk.ts'

/** Units on their way from one warehouse to another. */
export interface OnTheWay {
  readonly status: 'none' | 'on-the-way' | 'received' | 'cancelled'
  readonly from: string
  readonly to: string
  readonly lines: readonly TransferLine[]
  /** Why units were lost or came back. */
  readonly reason: string | null
}

export const transfers: Aggregate<OnTheWay, TransferEvent> = {
  kind: 'stock-transfer',
  initial: { status: 'none', from: '', to: '', lines: [], reason: null },
  apply(before, event) {
    switch (event.type) {
      case 'inventory.transfer-sent': {
        const { from, to } = event
        const lines = event.lines.map(({ sku, quantity }) => ({
          sku,
          sent: quantity,
          received: 0,
          lost: 0,
          returned: 0,
        }))
        return { status: 'on-the-way', from, to, lines, reason: null }
      }
      case 'inventory.transfer-received': {
        const came = added(before.lines, event.lines, 'received')
        const lines = added(came, event.lost, 'lost')
        const isOver = lines.every((line) => leftOf(line) === 0)
        const status = isOver ? 'received' : before.status
        return { ...before, status, lines, reason: event.reason ?? before.reason }
      }
      case 'inventory.transfer-cancelled':
        return {
          ...before,
          status: 'cancelled',
          lines: added(before.lines, event.lines, 'returned'),
          reason: event.reason,
        }
    }
  },
}

function added(
  lines: readonly TransferLine[],
  some: readonly SkuQuantity[],
  what: 'received' | 'lost' | 'returned',
): readonly TransferLine[] {
  return lines.map((line) => {
    const quantity = some.find(({ sku }) => sku === line.sku)?.quantity ?? 0
    return { ...line, [what]: line[what] + quantity }
  })
}

function leftOf({ sent, received, lost: gone, returned }: TransferLine): number {
  return sent - received - gone - returned
}

/** What is still on its way. */
export function left({ lines }: Pick<OnTheWay, 'lines'>): readonly SkuQuantity[] {
  return lines
    .map((line) => ({ sku: line.sku, quantity: leftOf(line) }))
    .filter(({ quantity }) => quantity > 0)
}

/** A transfer names two warehouses and each SKU once. */
export function wellFormed(
  from: string,
  to: string,
  lines: readonly SkuQuantity[],
): StockRefusal | undefined {
  if (from === to) return { code: 'inventory.same-warehouse', warehouse: from }
  return twice(lines)
}

function twice(lines: readonly SkuQuantity[]): StockRefusal | undefined {
  const again = lines.find(({ sku }, at) => lines.findIndex((each) => each.sku === sku) < at)
  return again === undefined ? undefined : { code: 'inventory.sku-twice', sku: again.sku }
}

/** Units leave the shelf, whoever holds the others. */
export function sending(id: Id, from: string, lines: readonly SkuQuantity[]): readonly Transfer[] {
  return lines.map(({ sku, quantity }) =>
    moved(sku, quantity, onHand(from, sku), inTransit(id, sku)),
  )
}

/** What comes, and what of the rest is given up: never more than is on its way. */
export function receiving(
  transfer: OnTheWay,
  id: Id,
  asked: readonly SkuQuantity[] | undefined,
  lostReason: string | undefined,
): Outcome<TransferReceived, StockRefusal> {
  const open = stillOpen(transfer, id)
  if (open !== undefined) return refuse(open)
  const rest = left(transfer)
  const lines = asked ?? rest
  const repeated = twice(lines)
  if (repeated !== undefined) return refuse(repeated)
  for (const { sku, quantity } of lines) {
    const still = rest.find((line) => line.sku === sku)?.quantity ?? 0
    if (quantity > still) {
      return refuse({ code: 'inventory.not-sent', sku, wanted: quantity, left: still })
    }
  }
  const missing = rest.flatMap(({ sku, quantity }) => {
    const gone = quantity - (lines.find((line) => line.sku === sku)?.quantity ?? 0)
    return gone > 0 ? [{ sku, quantity: gone }] : []
  })
  return accept({
    type: 'inventory.transfer-received',
    lines,
    lost: lostReason === undefined ? [] : missing,
    reason: lostReason ?? null,
  })
}

/** Why nothing can be done with this transfer, if so. */
export function stillOpen({ status }: OnTheWay, transferId: Id): StockRefusal | undefined {
  if (status === 'none') return { code: 'inventory.unknown-transfer', transferId }
  if (status === 'on-the-way') return undefined
  return { code: 'inventory.transfer-over', transferId, status }
}

export function arriving(
  id: Id,
  to: string,
  { lines, lost: gone }: Pick<TransferReceived, 'lines' | 'lost'>,
): readonly Transfer[] {
  return [
    ...lines.map(({ sku, quantity }) => moved(sku, quantity, inTransit(id, sku), onHand(to, sku))),
    ...gone.map(({ sku, quantity }) => moved(sku, quantity, inTransit(id, sku), lost(sku))),
  ]
}

type Place = ReturnType<typeof onHand>

function moved(sku: string, quantity: number, from: Place, to: Place): Transfer {
  const refusal: StockRefusal = { code: 'inventory.not-enough', sku, wanted: quantity }
  return { verb: 'move', from, to, amount: quantity, refusal }
}
