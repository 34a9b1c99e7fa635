/** Runs many seeds on every core, and adds up what came of them. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

import { FaultTable } from './faults.ts'
import type { Failure, Part, Range } from './worker.ts'

const CHUNK = 50

/** With so many wrong seeds there is no need for more. */
const ENOUGH = 20

export interface ManyOptions {
  readonly from: number
  readonly seeds: number
  /** No seed is begun after so long. */
  readonly mostSeconds: number
  readonly threads?: number
}

export interface Many {
  readonly seeds: number
  readonly steps: number
  readonly leastSteps: number
  readonly orders: number
  readonly confirmed: number
  readonly deaths: number
  readonly seconds: number
  readonly table: FaultTable
  readonly failures: readonly Failure[]
}

export async function runMany(options: ManyOptions): Promise<Many> {
  const { from, seeds: wanted, mostSeconds, threads = 2 } = options
  const since = performance.now()
  const secondsPassed = (): number => (performance.now() - since) / 1000
  const table = new FaultTable()
  const failures: Failure[] = []
  const sums = { seeds: 0, steps: 0, leastSteps: Infinity, orders: 0, confirmed: 0, deaths: 0 }
  let next = from
  const take = (): Range | undefined => {
    const isOver = next >= from + wanted || secondsPassed() > mostSeconds
    if (isOver || failures.length >= ENOUGH) return undefined
    const range = { from: next, to: Math.min(next + CHUNK, from + wanted) }
    next = range.to
    return range
  }
  const work = async (): Promise<void> => {
    const worker = new Worker(new URL('worker.ts', import.meta.url))
    try {
      for (let range = take(); range !== undefined; range = take()) {
        worker.postMessage(range)
        const [part] = (await once(worker, 'message')) as [Part]
        table.add(new FaultTable(part.counts))
        failures.push(...part.failures)
        sums.leastSteps = Math.min(sums.leastSteps, part.leastSteps)
        for (const name of ['seeds', 'steps', 'orders', 'confirmed', 'deaths'] as const) {
          sums[name] += part[name]
        }
      }
    } finally {
      await worker.terminate()
    }
  }
  await Promise.all(Array.from({ length: threads }, work))
  return { ...sums, seconds: secondsPassed(), table, failures }
}

/** In words, for people. */
export function summaryOf(many: Many): string {
  const { seeds, steps, leastSteps, orders, confirmed, deaths, seconds, table, failures } = many
  const perStep = ((seconds * 1e6) / steps).toFixed(1)
  return [
    `${seeds} seeds, ${steps} steps (at least ${leastSteps} each) in ${seconds.toFixed(1)} s: ${perStep} µs a step`,
    `${orders} orders, ${confirmed} of them sold; processes died ${deaths} times; ${failures.length} seeds went wrong`,
    '',
    table.toString(),
  ].join('\n')
}
