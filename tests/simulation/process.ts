/**
 * One process of the shop: the product's own contexts, writer, subscriptions, timers and jobs over
 * parts that ask the simulated world. Every call outside is two steps, there and back, and may meet
 * a fault at each; when the process dies nothing of it ever goes on.
 */
import type { Logger } from 'pino'

import { compose } from '../../server/compose.ts'
import { readConfig } from '../../server/config.ts'
import type { PaymentProvider, ProviderRefusal } from '../../server/contexts/payments/provider.ts'
import { assemble, assembleWorker } from '../../server/platform/assemble.ts'
import { openTokens } from '../../server/platform/auth/tokens.ts'
import type { Context } from '../../server/platform/context.ts'
import type { Reads } from '../../server/platform/db/reads.ts'
import type { Statement } from '../../server/platform/db/statement.ts'
import type { Route } from '../../server/platform/http/route.ts'
import type { TenantId } from '../../server/platform/ids.ts'
import { memoryLapsed } from '../../server/platform/ledger/memory-lapsed.ts'
import type { LogReader, LogSource } from '../../server/platform/log/source.ts'
import { refuse, Unavailable } from '../../server/platform/outcome.ts'
import type { ClaimedTimer, TimerSource } from '../../server/platform/timers.ts'
import type { Waiting } from '../../server/platform/waiting.ts'
import type { BatchWrites } from '../../server/platform/write/settle.ts'
import {
  type Needs,
  type RowsRefused,
  type Session,
  type Store,
  TryAgain,
} from '../../server/platform/write/store.ts'
import { type Fault, FAULT_WORDS, latency, type StepKind } from './faults.ts'
import { Random } from './random.ts'
import { answer } from './reads.ts'
import type { Owner } from './scheduler.ts'
import type { World } from './world.ts'

const CONFIG = readConfig({}, [])

/** Jobs that have something to do on the way of a sale. */
const JOBS = new Set(['checkout.reconcile-payments'])

/** PostgreSQL ends a transaction that is silent for so long, and a wait for a lock. */
const IDLE_MS = 2000
const LOCK_MS = 1000

/** How often a subscription that is run extends its lease. */
const LEASE_KEPT_MS = 10_000

/** Whoever asks the provider waits no longer. */
const PROVIDER_MS = 15_000

const SECRET = { current: Buffer.alloc(32, 7), previous: undefined }

/** No token is looked at here, and to make a key costs as much as thirty steps. */
const TOKENS = openTokens({
  secrets: { derive: () => SECRET },
  clock: { now: () => 0 },
})

const noTime = (): Error => new TryAgain('the connection was lost')
const away = (): Error => new Unavailable('the database is away')

/** A process from its start to its death. */
export class Process implements Owner {
  readonly name: string
  isAlive = true
  /** How long the log was when it was looked at last. */
  heard = 0
  readonly routes = new Map<string, Route>()
  readonly random: Random
  private readonly world: World
  private readonly open = new Set<Session>()
  private readonly whenDead: (() => void)[] = []
  private ids = 0
  private readonly life: number

  constructor(world: World, name: string, life: number, isWorker: boolean) {
    this.world = world
    this.name = name
    this.life = life
    this.random = new Random(world.seed, `${name} life ${life}`)
    const { store } = world
    const parts = {
      config: CONFIG,
      secrets: { derive: () => SECRET },
      log: this.logger(),
      reads: this.reads(),
      store: this.store(store),
      clock: { now: () => Math.floor(world.scheduler.now) },
      ids: { next: () => this.nextId() },
      waiting: this.waiting(),
      chance: { next: () => this.random.next() },
    }
    const platform = assemble(parts)
    const { contexts } = compose(platform, { paymentProvider: this.provider(), tokens: TOKENS })
    for (const { routes } of contexts) for (const route of routes) this.routes.set(route.id, route)
    if (!isWorker) return
    const lapsed = memoryLapsed(store)
    // The index for search is made of the log and of reads that no sale depends on.
    const simulated = contexts.filter(({ name }) => name !== 'search')
    assembleWorker(platform, simulated.map(withoutOtherJobs), {
      logSource: this.logSource(),
      timerSource: this.timerSource(),
      findLapsed: () => this.call('sweep', lapsed, away),
      holder: `${name}/${life}`,
    })
  }

  /** Calls back when the process dies; what it returns calls that off. */
  onDeath(work: () => void): void {
    this.whenDead.push(work)
  }

  die(): void {
    this.isAlive = false
    // The database ends what a client that is gone had open.
    for (const session of this.open) void session.abandon()
    for (const work of this.whenDead) work()
  }

  /** An id in the form of a UUID; unlike in the world outside it is the same in every run of a seed. */
  private nextId(): string {
    this.ids += 1
    const number = (this.ids + this.life * 1_000_000).toString(16).padStart(12, '0')
    const bits = this.random.bits().toString(16).padStart(8, '0')
    const process = this.name.at(-1) ?? '0'
    return `${bits}-0000-4000-800${process}-${number}`
  }

  /** Asks something outside: there, whatever it does there, and back. */
  call<T>(
    step: StepKind,
    effect: () => T | Promise<T>,
    lost: () => Error,
    undo: (done: T) => void = () => undefined,
  ): Promise<T> {
    const { world, random, name } = this
    const { scheduler, faults } = world
    const label = `${name}: ${step}`
    const fault = faults.draw(random, name, step)
    const isInTurn = world.begun(step)
    return new Promise<T>((resolve, reject) => {
      const back = (work: () => void): void => {
        scheduler.add(latency(random), label, this, work)
      }
      const delay = fault === 'delayed' ? this.delayOf(step) : 0
      const arrive = async (): Promise<void> => {
        isInTurn()
        this.tell(fault, step)
        if (fault === 'clock jumped') world.jump(random)
        if (fault === 'died before') return world.kill(this, `before its ${step}`)
        if (fault === 'failed') return back(() => reject(lost()))
        try {
          const done = await effect()
          if (!this.isAlive) return undo(done)
          if (fault === 'died after') {
            undo(done)
            return world.kill(this, `after its ${step}`)
          }
          if (fault === 'answer lost') {
            undo(done)
            return back(() => reject(lost()))
          }
          back(() => resolve(done))
        } catch (error) {
          back(() => reject(error as Error))
        }
      }
      scheduler.add(latency(random) + delay, label, this, () => void arrive())
    })
  }

  private tell(fault: Fault | undefined, step: StepKind): void {
    if (fault === undefined) return
    this.world.faults.table.count(fault, step)
    this.world.say(() => `${this.name}: ${step} ${FAULT_WORDS[fault]}`)
  }

  private delayOf(step: StepKind): number {
    const { random } = this
    if (step === 'write') return random.next() * 1.5 * IDLE_MS
    return random.pick([0.1, 1, 10, 14]) * 1000 * (0.5 + random.next() / 2)
  }

  private waiting(): Waiting {
    const { world, random } = this
    const { scheduler } = world
    return {
      after: (ms, work) =>
        ms === LEASE_KEPT_MS
          ? world.rest(this, ms, work)
          : scheduler.add(ms + random.next(), `${this.name}: time is up`, this, work),
      soon: (work) => void scheduler.add(random.next() * 0.5, `${this.name}: soon`, this, work),
      sleep: (ms, signal) =>
        signal?.aborted === true
          ? Promise.resolve()
          : new Promise((resolve) => {
              const rested = (): void => {
                signal?.removeEventListener('abort', woken)
                resolve()
              }
              const callOff = world.rest(this, ms, rested)
              const woken = (): void => {
                callOff()
                resolve()
              }
              signal?.addEventListener('abort', woken, { once: true })
            }),
    }
  }

  private reads(): Reads {
    const { world } = this
    const ask = <Row>(
      tenant: TenantId | undefined,
      statement: Statement<Row>,
      values: readonly unknown[] = [],
    ): Promise<Row[]> => {
      const look = (): Row[] => {
        const rows = answer(world.memory, statement.name, values) as Row[]
        world.tap?.asked(tenant, statement, values, rows)
        return rows
      }
      return this.call('read', look, away)
    }
    return {
      read: ask,
      readGlobal: (statement, values) => ask(undefined, statement, values),
    }
  }

  private store(store: Store): Store {
    return {
      load: (streams) => this.call('load', () => store.load(streams), noTime),
      save: (snapshots) => store.save(snapshots),
      begin: async (lane, needs) => {
        const session = await this.call(
          'begin',
          () => this.granted(store.begin(lane, needs), needs),
          noTime,
          (granted) => void granted.abandon(),
        )
        return session
      },
      close: async () => undefined,
    }
  }

  /** Waits for the locks as long as PostgreSQL does, and is cut off when it holds them in silence. */
  private async granted(begun: Promise<Session>, needs: Needs): Promise<Session> {
    const { scheduler } = this.world
    const label = `${this.name}: lock time-out`
    const late = Promise.withResolvers<'late'>()
    const cancel = scheduler.add(LOCK_MS, label, undefined, () => late.resolve('late'))
    const first = await Promise.race([begun, late.promise])
    cancel()
    if (first === 'late') {
      void begun.then((session) => session.abandon())
      throw noTime()
    }
    return this.session(first, needs)
  }

  private session(session: Session, needs: Needs): Session {
    const { scheduler } = this.world
    this.open.add(session)
    let isOver = false
    const abandon = async (): Promise<void> => {
      if (isOver) return
      isOver = true
      this.open.delete(session)
      await session.abandon()
    }
    const cutOff = scheduler.add(IDLE_MS, `${this.name}: idle`, undefined, () => void abandon())
    return {
      locked: session.locked,
      lapsed: (short) => this.call('look for lapsed', () => session.lapsed(short), noTime),
      write: async (writes, onItsWay) => {
        try {
          return await this.call(
            'write',
            () => {
              if (isOver) throw noTime()
              isOver = true
              cutOff()
              this.open.delete(session)
              return this.written(session, needs, writes, onItsWay)
            },
            noTime,
          )
        } finally {
          cutOff()
          await abandon()
        }
      },
      abandon: async () => {
        cutOff()
        await abandon()
      },
    }
  }

  private async written(
    session: Session,
    needs: Needs,
    writes: BatchWrites,
    onItsWay: () => void,
  ): Promise<RowsRefused | undefined> {
    const refused = await session.write(writes, onItsWay)
    if (refused === undefined) this.world.tap?.committed(needs, writes)
    return refused
  }

  private logSource(): LogSource {
    const source = this.world.logSource
    return {
      look: (after, hears) => this.looksAtLog(() => source.look(after, hears)),
      end: () => this.looksAtLog(() => source.end()),
      begun: () => source.begun(),
      fence: () => source.fence(),
      heldBackBy: async () => undefined,
      close: async () => undefined,
      open: async () => this.logReader(await source.open()),
    }
  }

  private looksAtLog<Found>(look: () => Promise<Found>): Promise<Found> {
    const noted = (): Promise<Found> => {
      this.heard = this.world.store.log.length
      return look()
    }
    return this.call('log page', noted, away)
  }

  private logReader(reader: LogReader): LogReader {
    return {
      take: (name, holder) => this.call('lease', () => reader.take(name, holder), away),
      checkpoint: (name) => this.call('lease', () => reader.checkpoint(name), away),
      read: (after, hears) => this.call('log page', () => reader.read(after, hears), away),
      keep: (lease) => this.call('lease', () => reader.keep(lease), away),
      move: (lease, to) => this.call('log save', () => reader.move(lease, to), away),
      save: (lease, to, consequences) =>
        this.call('log save', () => reader.save(lease, to, consequences), away),
      end: (lease) => this.call('lease', () => reader.end(lease), away),
      release: (isSound) => reader.release(isSound),
    }
  }

  private timerSource(): TimerSource {
    const { world } = this
    const source = world.timerSource
    return {
      claim: async (kinds, limit) => {
        const claimed = await this.call('timer claim', () => source.claim(kinds, limit), away)
        const again = world.firedTwice.splice(0)
        for (const timer of claimed) {
          if (world.faults.draw(this.random, this.name, 'timer claim') !== 'repeated') continue
          this.tell('repeated', 'timer claim')
          world.firedTwice.push(timer)
        }
        return [...claimed, ...again] satisfies ClaimedTimer[]
      },
      failed: (timer, reason) =>
        this.call('timer failed', () => source.failed(timer, reason), away),
      close: async () => undefined,
    }
  }

  /** The provider at the end of a line on which everything can happen. */
  private provider(): PaymentProvider {
    const { port } = this.world.provider
    const asked = <T>(step: StepKind, ask: () => Promise<T>): Promise<T> => {
      const down: ProviderRefusal = { code: 'payments.provider-down', retryAfterSeconds: 10 }
      const isRepeatable = step === 'charge' || step === 'refund'
      const twice = async (): Promise<T> => {
        if (isRepeatable && this.world.faults.draw(this.random, this.name, step) === 'repeated') {
          this.tell('repeated', step)
          await ask()
        }
        return ask()
      }
      const called = this.call(step, twice, away).catch(() => refuse(down) as T)
      const late = new Promise<T>((resolve) => {
        this.world.scheduler.add(PROVIDER_MS, `${this.name}: ${step} took too long`, this, () =>
          resolve(refuse(down) as T),
        )
      })
      return Promise.race([called, late])
    }
    return {
      ...port,
      charge: (request) => {
        this.world.say(
          () => `${this.name} asks the provider to charge ${this.world.nick(request.reference)}`,
        )
        return asked('charge', () => port.charge(request))
      },
      refund: (request) => asked('refund', () => port.refund(request)),
      close: (request) => asked('close', () => port.close(request)),
      find: (reference) => asked('find', () => port.find(reference)),
    }
  }

  private logger(): Logger {
    const quiet = (): void => undefined
    const loud = (facts: unknown, words: string): void =>
      this.world.violated(`${words}: ${JSON.stringify(facts)}`)
    return {
      info: quiet,
      warn: quiet,
      debug: quiet,
      trace: quiet,
      error: loud,
      fatal: loud,
    } as unknown as Logger
  }
}

function withoutOtherJobs(context: Context): Context {
  const jobs = (context.jobs ?? []).filter(({ name }) => JOBS.has(name))
  return { ...context, jobs }
}
