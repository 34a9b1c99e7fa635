import type { HoldId } from '#platform/ledger/transfer'

import type { Held } from '../contract.ts'

/** So many units of one SKU that is on shelves, under a hold of its own. */
export interface Part {
  readonly id: HoldId
  readonly sku: string
  readonly quantity: number
}

/**
 * What a line takes of the shelves: the SKU itself, or each component of a bundle once, with the
 * demand of the whole line (INVENTORY-9). A SKU has no slash, so no part is taken for another line.
 */
export function partsOf({ holdId, sku, quantity, components = [] }: Held): readonly Part[] {
  if (components.length === 0) return [{ id: holdId, sku, quantity }]
  const each = new Map<string, number>()
  for (const part of components) each.set(part.sku, (each.get(part.sku) ?? 0) + part.quantity)
  return [...each].map(([component, units]) => ({
    id: `${holdId}/${component}`,
    sku: component,
    quantity: units * quantity,
  }))
}

/** Whether two settings of a line take the same SKUs from the shelves, so many for each unit. */
export function isAlike(one: Held, other: Held): boolean {
  const makeOf = (line: Held): string =>
    JSON.stringify(
      partsOf({ ...line, quantity: 1 })
        .map(({ id, quantity }) => [id, quantity])
        .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)),
    )
  return makeOf(one) === makeOf(other)
}
