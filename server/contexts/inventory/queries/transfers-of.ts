import type { Reads } from '#platform/db/reads'

import type { StockTransfers, TransferView } from '../contract/desk.ts'
import { transfers } from '../domain/transferring.ts'
import { transferRows, type TransferRow } from '../store/transfers.ts'
import { datesOf, findOf, listOf } from './listed-of.ts'

export function listTransfers(reads: Reads): StockTransfers['list'] {
  return listOf(reads, transferRows, present)
}

export function findTransfer(reads: Reads): StockTransfers['find'] {
  return findOf(
    reads,
    transferRows,
    transfers,
    (transferId) => ({ code: 'inventory.unknown-transfer', transferId }),
    (row, { lines, reason }) => ({ ...present(row), lines, reason }),
  )
}

function present(row: TransferRow): TransferView {
  const { id, source, target, status } = row
  return { id, from: source, to: target, status, ...datesOf(row) }
}
