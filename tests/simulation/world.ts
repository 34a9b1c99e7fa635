/** One world: two processes on one store, a provider, clients, the time, and what goes wrong. */
import type { Instant } from '../../server/platform/clock.ts'
import type { Statement } from '../../server/platform/db/statement.ts'
import type { TenantId } from '../../server/platform/ids.ts'
import { MemoryLog } from '../../server/platform/log/memory-log.ts'
import { memoryTimers } from '../../server/platform/memory-timers.ts'
import type { ClaimedTimer } from '../../server/platform/timers.ts'
import { MemoryStore } from '../../server/platform/write/memory-store.ts'
import type { BatchWrites } from '../../server/platform/write/settle.ts'
import type { Needs } from '../../server/platform/write/store.ts'
import { CALM, FaultTable, Faults, ratesOf, STEPS, type Rates, type StepKind } from './faults.ts'
import { Invariants } from './invariants.ts'
import { Process } from './process.ts'
import { openSimulatedProvider, type SimulatedProvider } from './provider.ts'
import { Random } from './random.ts'
import { retry } from './retrying.ts'
import type { Memory } from './reads.ts'
import { Scheduler } from './scheduler.ts'
import { Shadow } from './shadow.ts'
import { SHOPS, stocked } from './shops.ts'
import { Webhooks } from './webhooks.ts'

/** When every world begins; any instant will do. */
const BEGINNING = Date.UTC(2026, 0, 1)

/** Sleeps of the product that only look whether there is something to do, and which work they look for. */
const TIMERS_POLL_MS = 250
const LOG_POLL_MS = 50
const SLOW_POLL_MS = 1000
const RESTED = new Set([TIMERS_POLL_MS, LOG_POLL_MS, SLOW_POLL_MS, 10_000, 60_000, 3_600_000])

export interface WorldOptions {
  readonly seed: number
  readonly rates?: Rates
  /** For a run that is compared with another: faults by name that do not strike. */
  readonly without?: ReadonlySet<string>
  /** Keep the names of faults and a story of what happened. */
  readonly isTold?: boolean
  readonly tap?: Tap
}

/** Hears all that is written and read, in its order, for whoever does the same elsewhere. */
export interface Tap {
  wrote(rows: Parameters<MemoryStore['writeRows']>[0]): void
  committed(needs: Needs, writes: BatchWrites): void
  asked(
    tenant: TenantId | undefined,
    statement: Statement<unknown>,
    values: readonly unknown[],
    rows: readonly unknown[],
  ): void
}

/** What nobody misses: carts end by their own time, and a low shelf is told of with the next movement. */
const HARMLESS = new Set(['timer/cart.expire', 'inventory.movements'])

/** More dead letters of one seed are no bad luck. */
const MOST_LETTERS = 6

/** Who looks from time to time, until when nothing would be found. */
interface Resting {
  readonly process: Process
  readonly ms: number
  readonly since: Instant
  /** How long the log was when it was looked at last. */
  readonly heard: number
  readonly goOn: () => void
}

export class World {
  readonly seed: number
  readonly scheduler = new Scheduler(BEGINNING)
  readonly faults: Faults
  readonly store: MemoryStore
  readonly shadow: Shadow
  readonly memory: Memory
  readonly logSource: MemoryLog
  readonly timerSource: ReturnType<typeof memoryTimers>
  readonly provider: SimulatedProvider
  readonly webhooks: Webhooks
  readonly invariants: Invariants
  /** Timers that a process was given and another will be given too. */
  readonly firedTwice: ClaimedTimer[] = []
  readonly processes: (Process | undefined)[] = []
  readonly story: string[] = []
  violation: string | undefined
  /** How many are still about. */
  clients = 0
  deaths = 0
  readonly tap: Tap | undefined
  private readonly options: WorldOptions
  private readonly lives = new Random(0, '')
  private resting: Resting[] = []
  private readonly begunAt = new Map<StepKind, number>(STEPS.map((step) => [step, 0]))
  private readonly newest = new Map<StepKind, number>(STEPS.map((step) => [step, 0]))
  private leaseEnds: Instant[] = []
  private born = 0
  private readonly isLean: boolean
  private isCalm = false
  private readonly takenLetters = new Set<string>()
  private readonly nicks = new Map<string, string>()

  constructor(options: WorldOptions, table = new FaultTable()) {
    const { seed, without = new Set<string>(), isTold = false } = options
    this.options = options
    this.seed = seed
    const { scheduler } = this
    const rates = options.rates ?? ratesOf(new Random(seed, 'rates'))
    this.faults = new Faults(rates, table, without, isTold)
    this.lives = new Random(seed, 'lives')
    this.store = new MemoryStore({ now: () => Math.floor(scheduler.now) })
    this.shadow = new Shadow(this.store.log)
    this.memory = { store: this.store, shadow: this.shadow, shops: SHOPS }
    this.logSource = new MemoryLog(this.store)
    const chance = new Random(seed, 'timers')
    this.timerSource = memoryTimers(this.store, { next: () => chance.next() })
    this.webhooks = new Webhooks(this)
    this.provider = openSimulatedProvider({
      now: () => Math.floor(scheduler.now),
      newId: () => String((this.born += 1)),
      tell: (news) => this.webhooks.tell(news),
      later: (ms, work) => void scheduler.add(ms, 'provider: money arrives', undefined, work),
    })
    this.invariants = new Invariants(this)
    scheduler.afterStep = () => this.looked()
    scheduler.whenQuiet = (nextDue) => this.passTime(nextDue)
    this.isLean = this.lives.isLucky(0.4)
    const { tap } = options
    this.tap = tap
    if (tap !== undefined) {
      const { store } = this
      const writeRows = store.writeRows.bind(store)
      store.writeRows = (rows) => {
        writeRows(rows)
        tap.wrote(rows)
      }
    }
    stocked(this.store)
    for (const place of [0, 1]) this.start(place)
  }

  /** Runs while clients are about, or until something is wrong. */
  async open(mostSteps: number): Promise<void> {
    await this.scheduler.run(mostSteps, () => this.isWrong() || this.clients === 0)
  }

  /** Nothing goes wrong any more: runs until nothing is left to do, and looks at what that has left. */
  async close(mostSteps: number): Promise<void> {
    if (this.isWrong()) return
    this.say(() => 'the clients are gone; nothing goes wrong any more')
    this.faults.rates = CALM
    this.isCalm = true
    this.looked()
    await this.scheduler.run(mostSteps, () => this.isWrong())
    // A lease that somebody died with is free by now, and whoever lost the race for it looks again.
    for (let looks = 0; looks < 2 && this.deaths > 0; looks += 1) {
      this.wake(({ ms }) => ms === SLOW_POLL_MS, this.scheduler.now + 40_000)
      await this.scheduler.run(mostSteps, () => this.isWrong())
    }
    if (this.isWrong()) return
    if (this.scheduler.size > 0) this.violated('it does not come to rest')
    else this.invariants.atRest()
  }

  private isWrong(): boolean {
    return this.violation !== undefined
  }

  say(words: () => string): void {
    if (this.options.isTold !== true) return
    const seconds = ((this.scheduler.now - BEGINNING) / 1000).toFixed(1)
    this.story.push(`${seconds.padStart(9)} s  ${words()}`)
  }

  /** A name for people: the first order is `order 1`. */
  nick(id: string): string {
    return this.nicks.get(id) ?? id
  }

  call(id: string, what: string): void {
    if (this.nicks.has(id)) return
    const number = [...this.nicks.values()].filter((nick) => nick.startsWith(`${what} `)).length + 1
    this.nicks.set(id, `${what} ${number}`)
  }

  /** Something is as it must never be; the first is kept. */
  violated(words: string): void {
    this.violation ??= words
    this.say(() => `WRONG: ${words}`)
  }

  /** Begins a call; what it returns is to be called when it arrives, and counts who was overtaken. */
  begun(step: StepKind): () => void {
    const number = (this.begunAt.get(step) ?? 0) + 1
    this.begunAt.set(step, number)
    return () => {
      if (number > (this.newest.get(step) ?? 0)) this.newest.set(step, number)
      else this.faults.table.count('overtaken', step)
    }
  }

  jump(random: Random): void {
    const seconds = random.pick([31, 300, 1900, 3700])
    this.scheduler.now += seconds * 1000
  }

  kill(process: Process, why: string): void {
    if (!process.isAlive) return
    this.say(() => `${process.name} dies ${why}`)
    process.die()
    this.deaths += 1
    const place = this.processes.indexOf(process)
    this.processes[place] = undefined
    this.resting = this.resting.filter((each) => each.process !== process)
    this.leaseEnds.push(this.scheduler.now + 31_000)
    const pause = 50 + this.lives.next() * this.lives.pick([100, 5_000, 60_000])
    this.scheduler.add(pause, 'a process starts', undefined, () => this.start(place))
  }

  /** Somebody waits for something to turn up; see `passTime`. What it returns calls that off. */
  rest(process: Process, ms: number, goOn: () => void): () => void {
    if (!RESTED.has(ms)) {
      return this.scheduler.add(ms, `${process.name}: rested`, process, goOn)
    }
    const since = this.scheduler.now
    const one: Resting = { process, ms, since, heard: process.heard, goOn }
    this.resting.push(one)
    return () => {
      this.resting = this.resting.filter((each) => each !== one)
    }
  }

  private start(place: number): void {
    this.born += 1
    // Now and then the second process only answers, as a deployment may have it.
    const isWorker = place === 0 || !this.isLean
    const process = new Process(this, `process ${place + 1}`, this.born, isWorker)
    this.processes[place] = process
    this.say(() => `${process.name} starts`)
  }

  private looked(): void {
    if (this.isCalm && this.store.deadLetters.length > 0) this.takenUp()
    const news = this.shadow.catchUp()
    if (news.length === 0) return
    this.invariants.heard(news)
    this.wake(({ ms }) => ms === LOG_POLL_MS, this.scheduler.now)
  }

  /**
   * A timer that was tried five times while everything went wrong is given up, which is right: staff
   * see it and have what is open done now. What they cannot mend stays, and is wrong at the end.
   */
  private takenUp(): void {
    for (const letter of this.store.deadLetters.splice(0)) {
      const { source, reason, entry } = letter
      const name = `${source} ${String((entry as { id?: string }).id)}`
      const isFirst = !this.takenLetters.has(name) && this.takenLetters.size < MOST_LETTERS
      this.takenLetters.add(name)
      if (isFirst && (HARMLESS.has(source) || retry(this, letter, this.lives))) continue
      this.violated(`a dead letter of ${source}: ${reason.slice(0, 300)}`)
    }
  }

  /**
   * Polls that would find nothing are left out: whoever rests goes on when there is something to be
   * found. A process that slept as long would have seen the same.
   */
  private passTime(nextDue: Instant = Infinity): void {
    if (this.resting.length === 0) return
    const { now } = this.scheduler
    const { length } = this.store.log
    let timers = Infinity
    for (const { dueAt } of this.store.timers.values()) timers = Math.min(timers, dueAt)
    let slow = Math.min(...this.leaseEnds)
    for (const { until } of this.store.holds.values()) slow = Math.min(slow, until)
    const log = this.resting.some(({ ms, heard }) => ms === LOG_POLL_MS && heard !== length)
    const at = Math.max(now, Math.min(timers, slow, log ? now : Infinity))
    if (at === Infinity || at >= nextDue) return
    this.leaseEnds = this.leaseEnds.filter((end) => end > at)
    this.wake(({ ms, since, heard }) => {
      if (ms === TIMERS_POLL_MS) return timers <= at
      if (ms === LOG_POLL_MS) return heard !== length
      if (ms === SLOW_POLL_MS) return slow <= at
      return since + ms <= at
    }, at)
  }

  private wake(which: (resting: Resting) => boolean, at: Instant): void {
    const { scheduler } = this
    const stay: Resting[] = []
    for (const resting of this.resting) {
      if (!which(resting)) {
        stay.push(resting)
        continue
      }
      const { process, ms, since, goOn } = resting
      const inMs = Math.max(at, since + ms) - scheduler.now + process.random.next() * 5
      scheduler.add(inMs, `${process.name}: polls`, process, goOn)
    }
    this.resting = stay
  }
}
