/** A whole run: a shop, some lanes, and what they found. */
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

import { Journey } from '../journeys/journey.ts'
import { World } from '../journeys/statements-world.ts'
import { readDocument } from './document.ts'
import { type Common, type Finding, Lane, type Tally } from './lane.ts'

export interface RunOptions {
  readonly seed: number
  readonly requests: number
  readonly lanes?: number
}

export interface Run {
  readonly findings: readonly Finding[]
  /** What `npm run verify` found afterwards. */
  readonly unsound: string
  readonly tallies: ReadonlyMap<string, Tally>
  /** Operations that never said yes. */
  readonly neverGood: readonly string[]
  readonly sent: number
  readonly seconds: number
  readonly unprepared: number
  /** Resident memory of the server after a quarter of the requests and after all, in MB. */
  readonly memory: { readonly atFirst: number; readonly atLast: number }
  /** What the server printed at the end. */
  readonly tail: string
}

/** So long may news of the provider be on its way, and the shop's own questions to it. */
const SETTLE_SECONDS = 20

/** Believed for what it says of where a request comes from, so that limits by network count apart. */
const ENV = { TRUST_PROXY: '127.0.0.1' }

/** Asks a new shop everything. */
export async function fuzz({ seed, requests, lanes: many = 3 }: RunOptions): Promise<Run> {
  await using journey = await Journey.begin({ env: ENV })
  const document = await readDocument(journey)
  const common: Common = {
    journey,
    document,
    tallies: new Map(),
    tokens: { demo: {}, second: {} },
    tokensUntil: 0,
    world: await World.of(journey),
    turn: Promise.resolve(),
  }
  const { program } = journey.shop
  const since = performance.now()
  const lanes = Array.from({ length: many }, (_, lane) => new Lane(common, seed * 1_000 + lane))
  await lanes[0]?.open()
  const each = Math.ceil(requests / many)
  const begun = Math.ceil(each / 4)
  await Promise.all(lanes.map((lane) => lane.run(begun)))
  // Much is made ready at its first request; what grows from here on grows with requests.
  const atFirst = residentMb(program.pid)
  await Promise.all(lanes.map((lane) => lane.run(each)))
  const seconds = (performance.now() - since) / 1000
  const findings = lanes.flatMap((lane) => [...lane.findings.values()])
  if (!program.isRunning) throw new Error(`the shop is gone:\n${program.tail}`)
  const atLast = residentMb(program.pid)
  const unsound = await unsoundness(journey)
  return {
    findings,
    unsound,
    tallies: common.tallies,
    neverGood: document.operations
      .map(({ id }) => id)
      .filter((id) => (common.tallies.get(id)?.good ?? 0) === 0),
    sent: lanes.reduce((sum, { sent }) => sum + sent, 0),
    unprepared: lanes.reduce((sum, { unprepared }) => sum + unprepared, 0),
    seconds,
    memory: { atFirst, atLast },
    tail: program.tail,
  }
}

/** What is wrong with the books once all that was begun has had time to end; empty when nothing is. */
async function unsoundness({ shop }: Journey): Promise<string> {
  for (const late = performance.now() + SETTLE_SECONDS * 1000; ;) {
    const found = await shop.mustBeSound().then(
      () => '',
      (error: Error) => error.message,
    )
    if (found === '' || performance.now() > late) return found
    await sleep(1_000)
  }
}

/** What a process has in memory, from Linux; elsewhere nothing is known. */
function residentMb(pid: number): number {
  if (process.platform !== 'linux') return Number.NaN
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024)
}

/** A finding as a person reads and repeats it. */
export function told({ operation, fault, what, request, answer, seed }: Finding): string {
  return [
    `${operation}: ${fault} (${what}; seed ${seed})`,
    `  printf '${printable(request)}' | nc -q 2 127.0.0.1 3000`,
    `  → ${answer}`,
  ].join('\n')
}

/** Bytes as `printf` takes them; long ones are cut. */
function printable(bytes: Buffer): string {
  const text = bytes.toString('latin1')
  const escaped = text.replace(/[^\x20-\x7e]|['\\%]/g, (byte) => {
    if (byte === '\r') return '\\r'
    if (byte === '\n') return '\\n'
    if (byte === '%') return '%%'
    return `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`
  })
  return escaped.length <= 3_000 ? escaped : `${escaped.slice(0, 3_000)}… (${bytes.length} bytes)`
}

/** How often each operation said yes and no. */
export function table(tallies: Run['tallies']): string {
  const lines = [...tallies]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([id, tally]) => {
      const codes = [...tally.codes].toSorted(([, a], [, b]) => b - a).slice(0, 5)
      const most = codes.map(([code, times]) => `${code.trim()} ×${times}`).join(', ')
      return `${id.padEnd(22)} ${String(tally.good).padStart(6)} ${String(tally.refused).padStart(6)} ${tally.slowestMs.toFixed(0).padStart(6)} ms  ${most}`
    })
  return ['operation                good refused slowest', ...lines].join('\n')
}
