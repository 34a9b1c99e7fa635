/** Compares sizes of one thing on a machine that others use as well: all of them in turn, again and again. */

/** One request, and how many milliseconds of it count. */
export type Step = () => Promise<number>

/** One size: its name and what is done with it. The steps of all sizes have the same names. */
export interface Contestant {
  readonly name: string
  readonly steps: Readonly<Record<string, Step>>
}

export interface Compared {
  readonly step: string
  readonly size: string
  readonly p50Ms: number
  readonly p95Ms: number
  /** To the first size. */
  readonly p50Ratio: number
  readonly p95Ratio: number
}

/** The p95 is the median of so many, each of a stretch of the run: a pause of the machine spoils one. */
const STRETCHES = 5

/**
 * Does each step of each size `samples` times: of every step all sizes one after another, each time
 * another one first, so that what disturbs the machine disturbs all of them alike.
 */
export async function compare(
  contestants: readonly Contestant[],
  samples: number,
  warmUp: number,
): Promise<Compared[]> {
  const taken = new Map<string, number[]>()
  const of = (step: string, size: string): number[] => taken.getOrInsert(`${step}/${size}`, [])
  const steps = Object.keys(contestants[0]?.steps ?? {})
  for (let turn = -warmUp; turn < samples; turn += 1) {
    for (const step of steps) {
      for (const { name, steps: own } of turned(contestants, turn + warmUp)) {
        const ms = (await own[step]?.()) ?? Number.NaN
        if (turn >= 0) of(step, name).push(ms)
      }
    }
  }
  return steps.flatMap((step) => {
    const found = contestants.map(({ name }) => ({ name, ...summary(of(step, name)) }))
    const [base] = found
    return found.map(({ name, p50Ms, p95Ms }) => ({
      step,
      size: name,
      p50Ms,
      p95Ms,
      p50Ratio: p50Ms / (base?.p50Ms ?? Number.NaN),
      p95Ratio: p95Ms / (base?.p95Ms ?? Number.NaN),
    }))
  })
}

/** All of them, another one first in each turn. */
function turned<T>(all: readonly T[], turn: number): T[] {
  const first = turn % all.length
  return [...all.slice(first), ...all.slice(0, first)]
}

/** The median of all, and the median of the p95 of each stretch. */
export function summary(ms: readonly number[]): { readonly p50Ms: number; readonly p95Ms: number } {
  const length = Math.ceil(ms.length / STRETCHES)
  const stretches = Array.from({ length: STRETCHES }, (_, n) =>
    ms.slice(n * length, (n + 1) * length),
  ).filter((stretch) => stretch.length > 0)
  return {
    p50Ms: percentile(ms, 0.5),
    p95Ms: percentile(
      stretches.map((stretch) => percentile(stretch, 0.95)),
      0.5,
    ),
  }
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
