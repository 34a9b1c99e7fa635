/** A thread that runs the seeds it is given, a range at a time. */
import { parentPort } from 'node:worker_threads'

import { FaultTable } from './faults.ts'
import { runSeed } from './run.ts'

/** Seeds from the first up to but not including the last. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** What a range came to. */
export interface Part {
  readonly seeds: number
  readonly steps: number
  readonly leastSteps: number
  readonly orders: number
  readonly confirmed: number
  readonly deaths: number
  readonly counts: Uint32Array
  readonly failures: readonly Failure[]
}

export interface Failure {
  readonly seed: number
  readonly violation: string
}

async function runRange({ from, to }: Range): Promise<Part> {
  const table = new FaultTable()
  const failures: Failure[] = []
  let [steps, leastSteps, orders, confirmed, deaths] = [0, Infinity, 0, 0, 0]
  for (let seed = from; seed < to; seed += 1) {
    const ran = await runSeed(seed, { table })
    steps += ran.steps
    leastSteps = Math.min(leastSteps, ran.violation === undefined ? ran.steps : Infinity)
    orders += ran.orders
    confirmed += ran.confirmed
    deaths += ran.deaths
    if (ran.violation !== undefined) failures.push({ seed, violation: ran.violation })
  }
  const { counts } = table
  return { seeds: to - from, steps, leastSteps, orders, confirmed, deaths, counts, failures }
}

parentPort?.on('message', (range: Range) => {
  void runRange(range).then((part) => parentPort?.postMessage(part))
})
