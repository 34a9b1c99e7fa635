import type { Platform } from '#platform/context'
import { accept, refuse } from '#platform/outcome'
import { newStream, stream, type Write } from '#platform/write/commit'
import type { Offers } from '#context/catalog'

import { inTransit, onHand } from '../accounts.ts'
import type { SkuQuantity, StockRefusal, TransferEvent } from '../contract.ts'
import type { StockTransfers, TransferView } from '../contract/desk.ts'
import {
  arriving,
  left,
  receiving,
  sending,
  stillOpen,
  transfers,
  wellFormed,
} from '../domain/transferring.ts'
import type { KnownShelves } from '../store/shelves.ts'
import { transferRows } from '../store/transfers.ts'
import { notOnShelves } from './on-shelves.ts'

type Changes = Pick<StockTransfers, 'send' | 'receive' | 'cancel'>

/** Every step is one commit: what leaves one account is on the next, and the list says so. */
export function transferStock(
  platform: Pick<Platform, 'write' | 'ids'>,
  offers: Offers,
  shelves: KnownShelves,
): Changes {
  return {
    send: send(platform, offers, shelves),
    receive: receive(platform),
    cancel: cancel(platform),
  }
}

function send(
  { write, ids }: Pick<Platform, 'write' | 'ids'>,
  offers: Offers,
  shelves: KnownShelves,
): Changes['send'] {
  return async (tenant, { from, to, lines }, cause) => {
    const malformed = wellFormed(from, to, lines)
    if (malformed !== undefined) return refuse(malformed)
    const { warehouses } = await shelves.of(tenant)
    const nowhere = [from, to].find((code) => !warehouses.includes(code))
    if (nowhere !== undefined) {
      return refused({ code: 'inventory.unknown-warehouse', warehouse: nowhere })
    }
    const skus = lines.map(({ sku }) => sku)
    const wrong = await notOnShelves(offers, tenant, skus)
    if (wrong !== undefined) return refuse(wrong)
    const id = ids.next()
    return write({
      tenant,
      ...cause,
      streams: { transfer: newStream(transfers, id) },
      decide: (_, at) =>
        accept({
          append: { transfer: [{ type: 'inventory.transfer-sent', from, to, lines }] },
          transfers: sending(id, from, lines),
          rows: [
            {
              table: transferRows.table,
              verb: 'insert',
              row: {
                id,
                source: from,
                target: to,
                status: 'on-the-way',
                created_at: new Date(at).toISOString(),
                changed_at: new Date(at).toISOString(),
              },
            },
          ],
          answer: { id },
        }),
    })
  }
}

function receive({ write }: Pick<Platform, 'write'>): Changes['receive'] {
  return (tenant, { id, lines, lostReason }, cause) =>
    write({
      tenant,
      ...cause,
      streams: { transfer: stream(transfers, id) },
      decide({ transfer }, at) {
        const outcome = receiving(transfer, id, lines, lostReason)
        if (!outcome.ok) return outcome
        const event: TransferEvent = outcome.value
        const { status } = transfers.apply(transfer, event, { version: 0, at })
        return accept({
          append: { transfer: [event] },
          transfers: arriving(id, transfer.to, outcome.value),
          rows: [changed(id, status, at)],
          answer: { id, status: shown(status) },
        })
      },
    })
}

function cancel({ write }: Pick<Platform, 'write'>): Changes['cancel'] {
  return (tenant, { id, reason }, cause) =>
    write({
      tenant,
      ...cause,
      streams: { transfer: stream(transfers, id) },
      decide({ transfer }, at) {
        const over = stillOpen(transfer, id)
        if (over !== undefined) return refuse(over)
        const lines = left(transfer)
        return accept({
          append: { transfer: [{ type: 'inventory.transfer-cancelled', lines, reason }] },
          transfers: lines.map((line) => back(id, transfer.from, line)),
          rows: [changed(id, 'cancelled', at)],
          answer: { id, status: 'cancelled' as const },
        })
      },
    })
}

function back(id: string, warehouse: string, { sku, quantity }: SkuQuantity) {
  const refusal: StockRefusal = { code: 'inventory.not-enough', sku, wanted: quantity }
  const [from, to] = [inTransit(id, sku), onHand(warehouse, sku)]
  return { verb: 'move', from, to, amount: quantity, refusal } as const
}

function changed(id: string, status: string, at: number): Write {
  const row = { id, status, changed_at: new Date(at).toISOString() }
  return { table: transferRows.table, verb: 'update', row }
}

function shown(status: string): TransferView['status'] {
  return status as TransferView['status']
}

function refused(refusal: StockRefusal) {
  return refuse(refusal)
}
