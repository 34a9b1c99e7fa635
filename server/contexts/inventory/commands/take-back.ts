import type { Platform } from '#platform/context'
import { accountPostedFrom } from '#platform/ledger/reads'
import type { Transfer } from '#platform/ledger/transfer'

import { sold } from '../accounts.ts'
import type { Stock, StockRefusal } from '../contract.ts'
import { partsOf } from '../domain/parts.ts'

/** Units go back to where the ledger says that they were sold from. */
export function takeBack({ reads }: Pick<Platform, 'reads'>): Stock['takeBack'] {
  return async (tenant, lines) => {
    const transfers = await Promise.all(
      lines.flatMap(partsOf).map(async ({ id, sku, quantity }): Promise<readonly Transfer[]> => {
        const refusal: StockRefusal = { code: 'inventory.hold-gone', sku }
        const name = await accountPostedFrom(reads, tenant, sku, id)
        if (name === undefined) return []
        const to = { name, unit: sku }
        return [{ verb: 'move', from: sold(sku), to, amount: quantity, hold: id, refusal }]
      }),
    )
    return transfers.flat()
  }
}
