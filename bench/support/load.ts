/**
 * Puts load on an HTTP server from processes of its own, so that the generator shares no event loop
 * with the server or with the benchmark:
 *
 *     const load = await runLoad({
 *       scenario: new URL('./scenarios/buy-one.ts', import.meta.url),
 *       url: 'http://127.0.0.1:4000',
 *       clients: 64,
 *       warmUpSeconds: 2,
 *       seconds: 10,
 *       options: { sku: 'BALL-5' },
 *     })
 *     console.log(load.turnsPerSecond, load.latency.p95Ms, load.steps.pay?.byStatus)
 *
 * How a scenario is written: `scenario.ts`. How figures are shown beside their goals: `table.ts`.
 * What the server needed for it: `processes.ts`.
 */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

import type { Counted, Share } from './clients.ts'
import { Histogram, type LatencySummary } from './histogram.ts'

export interface LoadOptions {
  /** A module with the named export `scenario`. */
  readonly scenario: URL
  /** Of several, each client asks one of them. */
  readonly url: string | readonly string[]
  /** Over all processes; each has one connection and one request in flight. */
  readonly clients: number
  readonly seconds: number
  /** Before anything is counted; 0 by default. */
  readonly warmUpSeconds?: number
  /** Called once, when the warm-up is over in the first process. */
  readonly onMeasuring?: () => void
  /** Ends after so many turns over all clients, should that come before `seconds`. */
  readonly turns?: number
  /** Sent with every request, for example `{ Host: 'demo.localhost' }`. */
  readonly headers?: Readonly<Record<string, string>>
  /** Given to the scenario; must survive JSON. */
  readonly options?: unknown
  /** One core's worth of load each; 1 by default. */
  readonly processes?: number
}

export interface LoadResult {
  readonly seconds: number
  readonly turns: number
  readonly turnsPerSecond: number
  /** Of whole turns. */
  readonly latency: LatencySummary
  readonly requests: number
  readonly requestsPerSecond: number
  readonly steps: Readonly<Record<string, StepResult>>
  /** What the turns returned, counted. */
  readonly outcomes: Readonly<Record<string, number>>
  /** Turns that threw: a lost connection, an answer the scenario did not expect. */
  readonly errors: number
  readonly errorSamples: readonly string[]
  /** CPU time of the generator itself, to be told apart from the server's. */
  readonly generatorCpuSeconds: number
}

export interface StepResult {
  readonly count: number
  readonly byStatus: Readonly<Record<string, number>>
  readonly latency: LatencySummary
}

/** Throws when a load process fails as a whole; failed turns are counted in `errors`. */
export async function runLoad(options: LoadOptions): Promise<LoadResult> {
  const processes = options.processes ?? 1
  const shares = Array.from({ length: processes }, (_, n): Share => {
    const firstClient = Math.floor((options.clients * n) / processes)
    const clients = Math.floor((options.clients * (n + 1)) / processes) - firstClient
    return {
      url: options.url,
      clients,
      firstClient,
      warmUpSeconds: options.warmUpSeconds ?? 0,
      seconds: options.seconds,
      headers: options.headers ?? {},
      options: options.options ?? null,
      ...(options.turns === undefined ? {} : { turns: share(options.turns, n, processes) }),
    }
  })
  let isMeasuring = false
  const onMeasuring = (): void => {
    if (!isMeasuring) options.onMeasuring?.()
    isMeasuring = true
  }
  return combine(
    await Promise.all(shares.map((each) => runShare(options.scenario, each, onMeasuring))),
  )
}

function share(turns: number, n: number, processes: number): number {
  return Math.floor((turns * (n + 1)) / processes) - Math.floor((turns * n) / processes)
}

function runShare(scenario: URL, share: Share, onMeasuring: () => void): Promise<Counted> {
  const child = fork(fileURLToPath(new URL('./load-process.ts', import.meta.url)), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  return new Promise((resolve, reject) => {
    type Message = { counted: Counted } | { failed: string } | { measuring: true }
    child.on('message', (message: Message) => {
      if ('measuring' in message) onMeasuring()
      else if ('counted' in message) resolve(message.counted)
      else reject(new Error(`The load process failed: ${message.failed}`))
    })
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      reject(new Error(`The load process ended (${signal ?? code}) before it had counted.`))
    })
    child.send({ module: scenario.href, share })
  })
}

function combine(counts: readonly Counted[]): LoadResult {
  const latency = new Histogram()
  const steps = new Map<string, { byStatus: Record<string, number>; latency: Histogram }>()
  const outcomes: Record<string, number> = {}

  for (const counted of counts) {
    latency.add(Histogram.fromJSON(counted.turnLatency))
    addCounts(outcomes, counted.outcomes)
    for (const [name, one] of Object.entries(counted.steps)) {
      const step = steps.get(name) ?? { byStatus: {}, latency: new Histogram() }
      steps.set(name, step)
      step.latency.add(Histogram.fromJSON(one.latency))
      addCounts(step.byStatus, one.byStatus)
    }
  }

  const seconds = Math.max(...counts.map((each) => each.seconds))
  const turns = sum(counts.map((each) => each.turns))
  const requests = sum([...steps.values()].map((each) => each.latency.count))
  return {
    seconds,
    turns,
    turnsPerSecond: turns / seconds,
    latency: latency.summary(),
    requests,
    requestsPerSecond: requests / seconds,
    steps: Object.fromEntries(
      [...steps].map(([name, step]) => [
        name,
        { count: step.latency.count, byStatus: step.byStatus, latency: step.latency.summary() },
      ]),
    ),
    outcomes,
    errors: sum(counts.map((each) => each.errors)),
    errorSamples: counts.flatMap((each) => each.errorSamples).slice(0, 5),
    generatorCpuSeconds: sum(counts.map((each) => each.cpuSeconds)),
  }
}

function addCounts(to: Record<string, number>, from: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(from)) to[name] = (to[name] ?? 0) + count
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
