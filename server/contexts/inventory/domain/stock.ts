import type { Aggregate } from '#platform/write/commit'

import type { StockEvent } from '../contract.ts'

/** The stream of a SKU keeps what people did and why; the numbers are the ledger's. */
export const stock: Aggregate<{ readonly changes: number }, StockEvent> = {
  kind: 'stock',
  initial: { changes: 0 },
  apply: ({ changes }) => ({ changes: changes + 1 }),
}
