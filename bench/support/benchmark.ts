import type { Figure, Goal } from './table.ts'

/** How long and how big: the whole thing, or a look on a machine that others use as well. */
export interface Size {
  /** Measured beside one process, where a benchmark can: `2+2`. */
  readonly processes?: string | undefined
  readonly isQuick: boolean
  /** What grows in `growth`: everything when absent. */
  readonly growth?: readonly ('products' | 'shops' | 'orders')[] | undefined
  readonly warmUpSeconds: number
  readonly seconds: number
  /** Products of the shop whose lists are read. */
  readonly products: number
  /** Buyers at once, and units for them. */
  readonly buyers: number
  readonly units: number
}

export const WHOLE: Size = {
  isQuick: false,
  warmUpSeconds: 4,
  seconds: 15,
  products: 100_000,
  buyers: 10_000,
  units: 500,
}

export const QUICK: Size = {
  isQuick: true,
  warmUpSeconds: 1.5,
  seconds: 4,
  products: 20_000,
  buyers: 2_000,
  units: 100,
}

/** What a benchmark found. */
export interface Findings {
  readonly figures: readonly Figure[]
  /** Printed above the table: where the time went, what was checked. */
  readonly details: readonly string[]
  /** The settings of the PostgreSQL it ran on. */
  readonly postgres?: string
}

/** What `measure` finds with one process, and beside it with as many as were asked for. */
export async function withEach(
  size: Size,
  measure: (processes: string, size: Size) => Promise<Findings>,
): Promise<Findings> {
  const alone = await measure('1', size)
  if (size.processes === undefined) return alone
  const several = await measure(size.processes, size)
  return {
    ...alone,
    figures: [...alone.figures, ...several.figures],
    details: [...alone.details, ...several.details],
  }
}

/** Goals are of one process: on few cores several only share what one would have. */
export function goalOf(processes: string, goal: Goal): { readonly goal?: Goal } {
  return processes === '1' ? { goal } : {}
}

/** What is said of a figure that several processes reached. */
export function by(processes: string): string {
  return processes === '1' ? '' : `, ${processes} processes`
}

/** One thing to measure; opens what it needs and leaves nothing behind. */
export interface Benchmark {
  /** `npm run bench -- <name>`. */
  readonly name: string
  readonly what: string
  run(size: Size): Promise<Findings>
}
