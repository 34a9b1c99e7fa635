import type { Reads } from '#platform/db/reads'
import { pageOf, placeOf } from '#platform/keyset'
import { see } from '#platform/log/streams'
import { accept, refuse } from '#platform/outcome'
import { stream } from '#platform/write/commit'

import type { StockRefusal } from '../contract.ts'
import type { StockTransfers, TransferView } from '../contract/desk.ts'
import { transfers } from '../domain/transferring.ts'
import { transferOf, transfersAfter, type TransferRow } from '../store/transfers.ts'

export function listTransfers(reads: Reads): StockTransfers['list'] {
  return async (tenant, limit, after) => {
    const rows = await transfersAfter(reads, tenant, placeOf(after), limit + 1)
    const page = pageOf(rows, limit, (row) => ({ at: row.created_at, id: row.id }))
    return { ...page, items: page.items.map(present) }
  }
}

export function findTransfer(reads: Reads): StockTransfers['find'] {
  return async (tenant, id) => {
    const unknown: StockRefusal = { code: 'inventory.unknown-transfer', transferId: id }
    const [row, { state }] = await Promise.all([
      transferOf(reads, tenant, id),
      see(reads, tenant, stream(transfers, id)),
    ])
    if (row === undefined) return refuse(unknown)
    return accept({ ...present(row), lines: state.lines, reason: state.reason })
  }
}

function present({ id, source, target, status, ...row }: TransferRow): TransferView {
  return {
    id,
    from: source,
    to: target,
    status,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.changed_at.toISOString(),
  }
}
