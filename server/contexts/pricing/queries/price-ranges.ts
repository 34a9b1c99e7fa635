import type { Offers } from '#context/catalog'
import type { Id } from '#platform/ids'
import { accept } from '#platform/outcome'

import type { BuyerPrice, PriceRange, RuleQueries } from '../contract.ts'

/** What whole products cost a buyer: the prices of their variants, put together. */
export function priceRanges(
  { skusOf }: Pick<Offers, 'skusOf'>,
  prices: RuleQueries['prices'],
): RuleQueries['ranges'] {
  return async (tenant, { productIds, ...ask }) => {
    const products = await Promise.all(
      productIds.map(async (id) => [id, await skusOf(tenant.id, id)] as const),
    )
    const skus = products.flatMap(([, each]) => each)
    const found = await prices(tenant, { ...ask, skus, quantity: 1 })
    if (!found.ok) return found
    const bySku = new Map(found.value.map((price) => [price.sku, price]))
    return accept(
      products.flatMap(([productId, variants]) =>
        rangeOf(
          productId,
          variants.flatMap((sku) => bySku.get(sku) ?? []),
        ),
      ),
    )
  }
}

/** Of the prices of one product, none of which means that it is not sold so. */
function rangeOf(productId: Id, prices: readonly BuyerPrice[]): readonly PriceRange[] {
  const inTurn = prices.toSorted((one, other) => one.unitPrice.amount - other.unitPrice.amount)
  const [least] = inTurn
  const most = inTurn.at(-1)
  if (least === undefined || most === undefined) return []
  const { unitPrice, lowestBefore } = least
  const isReduced = lowestBefore !== null && lowestBefore.amount > unitPrice.amount
  const was = isReduced ? lowestBefore : null
  return [{ productId, from: unitPrice, to: most.unitPrice, was }]
}
