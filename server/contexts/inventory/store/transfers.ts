import type { TransferView } from '../contract/desk.ts'
import { listed, type ListedRow } from './listed.ts'

export interface TransferRow extends ListedRow {
  readonly source: string
  readonly target: string
  readonly status: TransferView['status']
}

export const transferRows = listed<TransferRow>('transfer', 'inventory.transfers', [
  'source',
  'target',
  'status',
])
