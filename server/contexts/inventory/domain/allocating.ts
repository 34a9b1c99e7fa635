import type { Part } from './parts.ts'

/** Free units of a SKU in a warehouse, those the order itself holds there included. */
export type FreeIn = (warehouse: string, sku: string) => number

/**
 * For each line the warehouses in the order in which its hold should try them, so that the fewest
 * warehouses serve the order: every set of warehouses is tried, the small ones first, and among sets
 * of one size those of the shop's own preference. A line that no warehouse has whole is left out of
 * the choice and keeps the order of preference. Eight warehouses are 255 sets.
 */
export function fewestParcels(
  warehouses: readonly string[],
  lines: readonly Part[],
  free: FreeIn,
): ReadonlyMap<string, readonly string[]> {
  const servable = lines.filter(({ sku, quantity }) =>
    warehouses.some((code) => free(code, sku) >= quantity),
  )
  const chosen =
    subsets(warehouses)
      .map((set) => place(set, servable, free))
      .find((placed) => placed !== undefined) ?? new Map<string, string>()
  return new Map(
    lines.map(({ id }) => {
      const first = chosen.get(id)
      const rest = warehouses.filter((code) => code !== first)
      return [id, first === undefined ? warehouses : [first, ...rest]]
    }),
  )
}

/** All sets but the empty one, the small before the large, each and all in the order given. */
function subsets(warehouses: readonly string[]): readonly (readonly string[])[] {
  const sets = Array.from({ length: 2 ** warehouses.length - 1 }, (_, at) =>
    // The first warehouse is the highest bit, so that counting down goes by preference.
    warehouses.filter((_code, place_) => ((at + 1) >> (warehouses.length - 1 - place_)) & 1),
  )
  return sets.toReversed().toSorted((a, b) => a.length - b.length)
}

/** A warehouse for every line, or nothing when these warehouses cannot serve them all. */
function place(
  warehouses: readonly string[],
  lines: readonly Part[],
  free: FreeIn,
): ReadonlyMap<string, string> | undefined {
  const placed = new Map<string, string>()
  for (const [sku, ofSku] of Map.groupBy(lines, (line) => line.sku)) {
    const left = new Map(warehouses.map((code) => [code, free(code, sku)]))
    const large = ofSku.toSorted((a, b) => b.quantity - a.quantity)
    for (const { id, quantity } of large) {
      const code = warehouses.find((each) => (left.get(each) ?? 0) >= quantity)
      if (code === undefined) return undefined
      left.set(code, (left.get(code) ?? 0) - quantity)
      placed.set(id, code)
    }
  }
  return placed
}
