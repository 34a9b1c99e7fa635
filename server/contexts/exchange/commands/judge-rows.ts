import { openRoom, turns } from '#platform/turns'

import type { ImportMode, TableKind } from '../contract.ts'
import { openClashes, type Clash } from '../domain/clashes.ts'
import { componentsIn } from '../domain/components.ts'
import { brokenCells, fault, type TableRow } from '../domain/rows.ts'
import { apply, namesOf, type Batch, type Result, type Targets } from './apply-rows.ts'

/**
 * Rows that are decided side by side, and leave room for buyers: a third is written, a third is prepared
 * behind it, and a third waits to be answered.
 */
const AT_ONCE = 576

/** Says of rows what becomes of them, and sees to it. */
export interface Judge {
  readonly isTrial: boolean
  /** Rows that were judged before, by a process that went on no further. */
  learn(record: TableRow): void
  /**
   * Begins them in their order, so many at once, and comes back when the last has begun: then others may
   * follow, and nobody waits for the slowest.
   */
  begin(batch: Batch, groups: readonly (readonly TableRow[])[]): Promise<Begun>
}

export interface Begun {
  readonly results: Promise<readonly Result[]>
}

/** For one import, from its first row on. */
export function openJudge(
  targets: Targets,
  { kind, mode }: { readonly kind: TableKind; readonly mode: ImportMode },
): Judge {
  const isTrial = mode === 'trial'
  const clashes = openClashes(kind)

  const inTurn = turns()
  const room = openRoom(AT_ONCE)

  /** What would be made twice is seen here: a trial makes it no time at all. */
  async function tried(batch: Batch, group: readonly TableRow[], clash: Clash): Promise<Result> {
    const { notes, maker } = clash
    const [first] = group
    if (maker !== undefined && first !== undefined) {
      const skus = group.flatMap(({ cells }) => cells.get('sku') ?? [])
      const known = await targets.offers.offers(batch.tenant.id, skus)
      if (known.size === 0) {
        const reason = `Line ${maker} would make the product ${first.cells.get('product')} before.`
        return failed(group, [fault(first.line, 'product', 'catalog.slug-taken', reason)])
      }
    }
    const result = await apply(targets, batch, group)
    return { ...result, faults: [...result.faults, ...notes] }
  }

  function judged(batch: Batch, group: readonly TableRow[]): Promise<Result> {
    const broken = group.flatMap(brokenCells)
    if (broken.length > 0) return Promise.resolve(failed(group, broken))
    // Seen in the order of the file, whenever its turn comes.
    const clash = isTrial ? clashes.see(group) : undefined
    const { names, needs } = thingsOf(kind, group)
    return inTurn(names, needs, () =>
      clash === undefined ? apply(targets, batch, group) : tried(batch, group, clash),
    )
  }

  return {
    isTrial,
    learn: (record) => clashes.learn(record),
    async begin(batch, groups) {
      const begun: Promise<Result>[] = []
      for (const group of groups) {
        await room.enter()
        begun.push(judged(batch, group).finally(room.leave))
      }
      const results = Promise.all(begun)
      // Whoever waits for them hears of a failure, perhaps later.
      results.catch(() => undefined)
      return { results }
    },
  }
}

/** What rows are of, and what they are put together from, which rows before them may make. */
export function thingsOf(
  kind: TableKind,
  group: readonly TableRow[],
): { readonly names: readonly string[]; readonly needs: readonly string[] } {
  const bundles = group.flatMap(({ cells }) => cells.get('components') ?? [])
  const parts = bundles.flatMap((text) => componentsIn(text) ?? [])
  return {
    names: group.flatMap((record) => namesOf(kind, record)),
    needs: parts.map(({ sku }) => sku),
  }
}

function failed(group: readonly TableRow[], faults: Result['faults']): Result {
  return { rows: group.length, effect: 'failed', faults }
}
