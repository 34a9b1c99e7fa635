/** What may go wrong, where, how often it did, and which of it a shrinking run leaves out. */
import type { Random } from './random.ts'

/** Where one part of the world asks another. */
export const STEPS = [
  'load',
  'begin',
  'write',
  'look for lapsed',
  'read',
  'lease',
  'log page',
  'log save',
  'timer claim',
  'timer failed',
  'sweep',
  'charge',
  'refund',
  'find',
  'close',
  'request',
  'answer',
  'webhook',
] as const
export type StepKind = (typeof STEPS)[number]

export const FAULTS = [
  /** It takes long: other things happen before it, time limits pass. */
  'delayed',
  /** It is heard twice. */
  'repeated',
  /** One that began later was heard earlier. */
  'overtaken',
  /** It never gets there. */
  'failed',
  /** It was done and whoever asked does not hear of it. */
  'answer lost',
  /** The process dies before it is done. */
  'died before',
  /** The process dies when it has been done, before it hears of it. */
  'died after',
  /** All clocks jump ahead. */
  'clock jumped',
] as const
export type FaultKind = (typeof FAULTS)[number]

/** What happens to a call by decision; being overtaken happens by itself. */
export type Fault = Exclude<FaultKind, 'overtaken'>

/** Only these can be heard twice: everything else goes over a connection of the database. */
const REPEATABLE: ReadonlySet<StepKind> = new Set([
  'timer claim',
  'charge',
  'refund',
  'request',
  'webhook',
])

/** An answer has no answer. A client is no process; what dies with it is a process that was to hear it. */
function isPossible(fault: FaultKind, step: StepKind): boolean {
  if (fault === 'repeated') return REPEATABLE.has(step)
  if (step === 'answer') return fault !== 'answer lost' && !fault.startsWith('died')
  return true
}

/** How often each fault strikes, of 1. Every seed has rates of its own, from calm to stormy. */
export type Rates = Readonly<Record<Fault, number>>

export const CALM: Rates = {
  delayed: 0,
  repeated: 0,
  failed: 0,
  'answer lost': 0,
  'died before': 0,
  'died after': 0,
  'clock jumped': 0,
}

/** Some seeds have none of a kind and some have many: faults that hide one another meet seldom so. */
export function ratesOf(random: Random): Rates {
  const rate = (usual: number): number => random.pick([0, 0.5, 1, 1, 2, 4]) * usual
  return {
    delayed: rate(0.02),
    repeated: rate(0.03),
    failed: rate(0.008),
    'answer lost': rate(0.008),
    'died before': rate(0.002),
    'died after': rate(0.002),
    'clock jumped': rate(0.002),
  }
}

/** What happens seldom goes wrong the more often, so that every fault meets every kind of step. */
const SELDOM: Readonly<Partial<Record<StepKind, number>>> = {
  'look for lapsed': 4,
  'timer failed': 16,
  charge: 4,
  refund: 12,
  find: 4,
  close: 12,
  webhook: 4,
}

const DRAWN = Object.keys(CALM) as Fault[]

/** How often each fault struck at each kind of step. */
export class FaultTable {
  readonly counts: Uint32Array

  constructor(counts: Uint32Array = new Uint32Array(FAULTS.length * STEPS.length)) {
    this.counts = counts
  }

  count(fault: FaultKind, step: StepKind): void {
    const at = FAULTS.indexOf(fault) * STEPS.length + STEPS.indexOf(step)
    this.counts[at] = (this.counts[at] ?? 0) + 1
  }

  of(fault: FaultKind, step: StepKind): number {
    return this.counts[FAULTS.indexOf(fault) * STEPS.length + STEPS.indexOf(step)] ?? 0
  }

  add(other: FaultTable): void {
    for (const [at, count] of other.counts.entries()) {
      this.counts[at] = (this.counts[at] ?? 0) + count
    }
  }

  /** What can happen and never did. */
  missing(): string[] {
    return STEPS.flatMap((step) =>
      FAULTS.filter((fault) => isPossible(fault, step) && this.of(fault, step) === 0).map(
        (fault) => `${step}: ${fault}`,
      ),
    )
  }

  /** A row a step, a column a fault; a dot where it cannot be. */
  toString(): string {
    const width = Math.max(...STEPS.map((step) => step.length))
    const head = [''.padEnd(width), ...FAULTS.map((fault) => fault.padStart(12))].join(' ')
    const rows = STEPS.map((step) =>
      [
        step.padEnd(width),
        ...FAULTS.map((fault) =>
          (isPossible(fault, step) ? String(this.of(fault, step)) : '·').padStart(12),
        ),
      ].join(' '),
    )
    return [head, ...rows].join('\n')
  }
}

/** Draws faults for a run, and says by name which struck, so that another run can do without some. */
export class Faults {
  readonly table: FaultTable
  /** By name, in the order in which they struck; kept only when asked for. */
  readonly struck: string[] = []
  rates: Rates
  private readonly without: ReadonlySet<string>
  private readonly isNoted: boolean
  private readonly asked = new Map<string, number>()

  constructor(rates: Rates, table: FaultTable, without: ReadonlySet<string>, isNoted: boolean) {
    this.rates = rates
    this.table = table
    this.without = without
    this.isNoted = isNoted
  }

  /** What is to happen to this call. Draws as often whatever comes of it. */
  draw(random: Random, whose: string, step: StepKind): Fault | undefined {
    let left = random.next() / (SELDOM[step] ?? 1)
    let found: Fault | undefined
    for (const fault of DRAWN) {
      const rate = this.rates[fault]
      if (left < rate) {
        found = fault
        break
      }
      left -= rate
    }
    if (!this.isNoted) return found !== undefined && isPossible(found, step) ? found : undefined
    const place = `${whose} ${step}`
    const number = (this.asked.get(place) ?? 0) + 1
    this.asked.set(place, number)
    if (found === undefined || !isPossible(found, step)) return undefined
    const name = `${place} ${number}`
    if (this.without.has(name)) return undefined
    this.struck.push(name)
    return found
  }
}

/** How what happened is told: the step, then this. */
export const FAULT_WORDS: Readonly<Record<Fault, string>> = {
  delayed: 'is slow',
  repeated: 'is heard twice',
  failed: 'never gets there',
  'answer lost': 'is done and its answer is lost',
  'died before': 'is what it dies before',
  'died after': 'is what it dies after',
  'clock jumped': 'finds that all clocks have jumped ahead',
}

/** Most calls are quick and no two take equally long. */
export function latency(random: Random): number {
  return 0.1 + random.next() * 2
}
