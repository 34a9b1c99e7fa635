import type { Instant } from '#platform/clock'
import type { HoldId, OpenHold } from '#platform/ledger/transfer'

/** Until when a line is held: until the first of its holds ends; null when one of them is gone. */
export function heldUntil(
  ids: readonly HoldId[],
  holds: ReadonlyMap<HoldId, Pick<OpenHold, 'until'>>,
): Instant | null {
  const ends = ids.map((id) => holds.get(id)?.until ?? null)
  return ends.includes(null) ? null : Math.min(...ends.map((end) => end ?? 0))
}
