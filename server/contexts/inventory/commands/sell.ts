import type { Platform } from '#platform/context'
import { balancesOf, holdsNamed } from '#platform/ledger/reads'
import type { TenantId } from '#platform/ids'

import { isOnHand, ON_HAND, onHand } from '../accounts.ts'
import type { ShopStock, Stock } from '../contract.ts'
import { fewestParcels } from '../domain/allocating.ts'
import { partsOf, type Part } from '../domain/parts.ts'
import { holdIdsOf, shopStock } from '../domain/shop-stock.ts'
import type { KnownShelves, ShopShelves } from '../store/shelves.ts'
import { takeBack } from './take-back.ts'

/** Gives callers the parts of their commits that move units. */
export function stockForSale(
  { reads }: Pick<Platform, 'reads'>,
  shelves: KnownShelves,
): Pick<Stock, 'of' | 'forOrder' | 'takeBack' | 'holdIds'> {
  const known = new WeakMap<ShopShelves, ShopStock>()
  const of = async (tenant: TenantId): Promise<ShopStock> => {
    const kept = await shelves.of(tenant)
    const stock = known.get(kept) ?? shopStock(kept)
    known.set(kept, stock)
    return stock
  }
  return {
    of,
    takeBack: takeBack({ reads }),
    holdIds: holdIdsOf,
    async forOrder(tenant, lines) {
      const kept = await shelves.of(tenant)
      if (kept.allocation === 'preference' || lines.length === 0) return of(tenant)
      return shopStock(kept, await plan(tenant, kept, lines.flatMap(partsOf)))
    },
  }

  async function plan(tenant: TenantId, kept: ShopShelves, lines: readonly Part[]) {
    const skus = [...new Set(lines.map(({ sku }) => sku))]
    const [balances, holds] = await Promise.all([
      balancesOf(reads, tenant, skus, ON_HAND),
      holdsNamed(
        reads,
        tenant,
        lines.map(({ id }) => id),
      ),
    ])
    const keyOf = ({ name, unit }: { name: string; unit: string }): string => `${name}\0${unit}`
    const free = new Map(balances.map((each) => [keyOf(each), each.posted - each.held]))
    // What these lines hold already is theirs to have somewhere else.
    for (const { account, amount } of holds) {
      if (!isOnHand(account.name)) continue
      free.set(keyOf(account), (free.get(keyOf(account)) ?? 0) + amount)
    }
    return fewestParcels(
      kept.warehouses,
      lines,
      (code, sku) => free.get(keyOf(onHand(code, sku))) ?? 0,
    )
  }
}
