import { Buffer } from 'node:buffer'
import { setTimeout as sleep } from 'node:timers/promises'

import { Connection, ConnectionLost, type HttpAnswer } from './connection.ts'
import { Histogram, type HistogramJson } from './histogram.ts'
import {
  writeRequest,
  type Client,
  type Prepared,
  type RequestParts,
  type Scenario,
  type Turn,
} from './scenario.ts'

/** One load process's share of a load. */
export interface Share {
  /** Of several, each client asks one. */
  readonly url: string | readonly string[]
  readonly clients: number
  /** Number of the first client. */
  readonly firstClient: number
  readonly warmUpSeconds: number
  readonly seconds: number
  /** Ends after so many turns, should that come before `seconds`. */
  readonly turns?: number
  readonly headers: Readonly<Record<string, string>>
  readonly options: unknown
}

/** What one load process counted. */
export interface Counted {
  readonly seconds: number
  readonly turns: number
  readonly turnLatency: HistogramJson
  readonly steps: Readonly<
    Record<string, { byStatus: Record<string, number>; latency: HistogramJson }>
  >
  readonly outcomes: Readonly<Record<string, number>>
  readonly errors: number
  readonly errorSamples: readonly string[]
  readonly cpuSeconds: number
}

class Step {
  readonly byStatus: Record<string, number> = {}
  readonly latency = new Histogram()
}

/** Counts of the measured time; the ones of the warm-up are thrown away as a whole. */
class Tally {
  turns = 0
  errors = 0
  readonly turnLatency = new Histogram()
  readonly steps = new Map<string, Step>()
  readonly outcomes: Record<string, number> = {}
  readonly errorSamples: string[] = []

  step(name: string): Step {
    const found = this.steps.get(name)
    if (found !== undefined) return found
    const made = new Step()
    this.steps.set(name, made)
    return made
  }

  finish(milliseconds: number, outcome: string | void): void {
    this.turns += 1
    this.turnLatency.record(milliseconds)
    if (typeof outcome === 'string') this.outcomes[outcome] = (this.outcomes[outcome] ?? 0) + 1
  }

  fail(error: unknown): void {
    this.errors += 1
    if (this.errorSamples.length < 5) this.errorSamples.push(String(error))
  }
}

class ClosedLoopClient implements Client {
  readonly number: number
  turn = 0
  readonly #target: { host: string; port: number }
  readonly #headers: Readonly<Record<string, string>>
  readonly #meter: Meter
  #connection: Connection | undefined

  constructor(number: number, share: Share, meter: Meter) {
    const urls = [share.url].flat()
    const url = new URL(urls[number % urls.length] ?? '')
    this.number = number
    this.#target = { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 80) }
    this.#headers = share.headers
    this.#meter = meter
  }

  async send(step: string, request: RequestParts | Prepared): Promise<HttpAnswer> {
    if (this.#connection?.isOpen !== true) this.#connection = await Connection.open(this.#target)
    const begun = performance.now()
    const answer =
      'bytes' in request
        ? await this.#connection.send(request.bytes, request.keepBody)
        : await this.#connection.send(writeRequest(request, this.#headers))
    const counted = this.#meter.tally.step(step)
    counted.latency.record(performance.now() - begun)
    counted.byStatus[answer.status] = (counted.byStatus[answer.status] ?? 0) + 1
    return answer
  }

  close(): void {
    this.#connection?.close()
  }
}

/**
 * Runs a closed loop: every client begins its next turn when the last has ended, so a slow server
 * is asked less often; latencies are those of that many clients, not of an arrival rate.
 * `onMeasuring` is called when the warm-up is over.
 */
export async function runClients(
  scenario: Scenario,
  share: Share,
  onMeasuring: () => void = () => {},
): Promise<Counted> {
  const headers = { Host: new URL([share.url].flat()[0] ?? '').host, ...share.headers }
  const turn = await scenario({
    options: share.options,
    prepare: (request, keepBody = true) => ({
      bytes: Buffer.from(writeRequest(request, headers)),
      keepBody,
    }),
  })

  const meter = new Meter(share, onMeasuring)
  const clients = Array.from(
    { length: share.clients },
    (_, n) => new ClosedLoopClient(share.firstClient + n, { ...share, headers }, meter),
  )
  await Promise.all(clients.map((client) => loop(client, turn, meter)))
  return meter.stop()
}

/** When the load begins and ends, and what was counted since the warm-up. */
class Meter {
  tally = new Tally()
  readonly #turns: number
  readonly #end: number
  readonly #warmUp: NodeJS.Timeout | undefined
  #left: number
  #measuredFrom = performance.now()
  #cpu = process.cpuUsage()

  readonly #onMeasuring: () => void

  constructor({ warmUpSeconds, seconds, turns = Infinity }: Share, onMeasuring: () => void) {
    this.#onMeasuring = onMeasuring
    this.#turns = turns
    this.#left = warmUpSeconds > 0 ? Infinity : turns
    this.#end = this.#measuredFrom + (warmUpSeconds + seconds) * 1_000
    if (warmUpSeconds > 0) {
      this.#warmUp = setTimeout(() => this.#startMeasuring(), warmUpSeconds * 1_000)
    } else onMeasuring()
  }

  /** Takes one turn from those that are left; false when the load is over. */
  mayTurn(): boolean {
    if (this.#left <= 0 || performance.now() >= this.#end) return false
    this.#left -= 1
    return true
  }

  stop(): Counted {
    clearTimeout(this.#warmUp)
    const { tally } = this
    const { user, system } = process.cpuUsage(this.#cpu)
    return {
      seconds: (performance.now() - this.#measuredFrom) / 1_000,
      turns: tally.turns,
      turnLatency: tally.turnLatency.toJSON(),
      steps: Object.fromEntries(
        [...tally.steps].map(([name, { byStatus, latency }]) => [
          name,
          { byStatus, latency: latency.toJSON() },
        ]),
      ),
      outcomes: tally.outcomes,
      errors: tally.errors,
      errorSamples: tally.errorSamples,
      cpuSeconds: (user + system) / 1e6,
    }
  }

  #startMeasuring(): void {
    const { steps } = this.tally
    this.tally = new Tally()
    // In the order in which they were first met, not in that in which they end now.
    for (const name of steps.keys()) this.tally.step(name)
    this.#measuredFrom = performance.now()
    this.#cpu = process.cpuUsage()
    this.#left = this.#turns
    this.#onMeasuring()
  }
}

async function loop(client: ClosedLoopClient, turn: Turn, meter: Meter): Promise<void> {
  while (meter.mayTurn()) {
    const begun = performance.now()
    const { tally } = meter
    try {
      const outcome = await turn(client)
      // A turn that began in the warm-up belongs to no measurement.
      if (tally === meter.tally) tally.finish(performance.now() - begun, outcome)
    } catch (error) {
      meter.tally.fail(error)
      // A server that is away is asked again, but not in a tight loop.
      if (error instanceof ConnectionLost || isSystemError(error)) await sleep(20)
    }
    client.turn += 1
  }
  client.close()
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}
