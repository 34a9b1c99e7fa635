import { Unavailable, type Outcome } from '../outcome.ts'
import type { Waiting } from '../waiting.ts'
import type { Intent, Streams, Written } from './commit.ts'
import { keyed } from './settle.ts'

/** A stream of an intent by all its names, which many ask for. */
export interface NamedStream extends Required<Omit<Streams[string], 'id'>> {
  /** What the intent calls it. */
  readonly alias: string
  /** `cart/5f0c…` */
  readonly stream: string
  /** The same with the tenant in front. */
  readonly name: string
}

/** An intent that waits for its answer. */
export interface Pending {
  readonly intent: Intent<Streams, unknown>
  readonly streams: readonly NamedStream[]
  /** How often another process was faster. */
  conflicts: number
  settle(outcome: Outcome<Written<unknown>>): void
  fail(error: unknown): void
}

export interface BatcherOptions {
  readonly waiting: Waiting
  readonly queueLimit: number
  readonly batchLimit: number
}

/** Carries a batch to its end; calls `onItsWay` once the next may begin behind it. */
type Run = (batch: readonly Pending[], onItsWay: () => void) => Promise<void>

/** While one batch waits for its commit, one more is prepared. */
const AT_ONCE = 2

/**
 * A bigger batch costs hardly less for each member, so beyond it a batch takes half of all that is
 * under way: one half is prepared while the other is written.
 */
const BIG_ENOUGH = 32

/**
 * Forms the batches of one lane in order of arrival: the next when the one before is on its way.
 * An intent on a stream that an unfinished batch changes waits for it, and so does every later intent
 * on any stream that it would change.
 */
export class Batcher {
  private readonly options: BatcherOptions
  private readonly run: Run
  private queue: Pending[] = []
  private readonly busyStreams = new Set<string>()
  private running = 0
  private inFlight = 0
  /** A batch has been formed whose commit is not on its way. */
  private isForming = false
  private resting = 0
  private isScheduled = false
  private whenIdle: (() => void)[] = []
  private whenSent: (() => void)[] = []

  constructor(options: BatcherOptions, run: Run) {
    this.options = options
    this.run = run
  }

  get waiting(): number {
    return this.queue.length
  }

  submit(intent: Intent<Streams, unknown>): Promise<Outcome<Written<unknown>>> {
    if (this.queue.length >= this.options.queueLimit) {
      return Promise.reject(new Unavailable('too many requests are waiting to be written'))
    }
    return new Promise((resolve, reject) => {
      this.queue.push({
        intent,
        streams: namedIn(intent),
        conflicts: 0,
        settle: resolve,
        fail: reject,
      })
      this.schedule()
    })
  }

  /** Puts members that must be decided again before all others, in their order. */
  handBack(again: readonly Pending[]): void {
    if (again.length > 0) this.queue = [...again, ...this.queue]
  }

  /** Puts a member that lost to another process back after a while, so that both do not meet again at once. */
  handBackLater(pending: Pending, afterMs: number): void {
    this.resting += 1
    this.options.waiting.after(afterMs, () => {
      this.resting -= 1
      this.queue = [pending, ...this.queue]
      this.fill()
    })
  }

  /** Resolves when nothing waits and nothing runs. */
  idle(): Promise<void> {
    if (this.isIdle()) return Promise.resolve()
    return new Promise((resolve) => this.whenIdle.push(resolve))
  }

  /** Resolves when no batch has been formed that is not on its way. */
  sent(): Promise<void> {
    if (!this.isForming) return Promise.resolve()
    return new Promise((resolve) => this.whenSent.push(resolve))
  }

  private isIdle(): boolean {
    return this.queue.length === 0 && this.running === 0 && this.resting === 0
  }

  /** Requests that arrive in one turn of the event loop share a batch. */
  private schedule(): void {
    if (this.isScheduled) return
    this.isScheduled = true
    this.options.waiting.soon(() => {
      this.isScheduled = false
      this.fill()
    })
  }

  private fill(): void {
    if (this.isForming || this.running >= AT_ONCE || this.queue.length === 0) return
    const batch = this.take()
    if (batch.length === 0) return
    this.running += 1
    this.inFlight += batch.length
    this.isForming = true
    let isOnItsWay = false
    const onItsWay = (): void => {
      if (isOnItsWay) return
      isOnItsWay = true
      this.isForming = false
      for (const resolve of this.whenSent.splice(0)) resolve()
      this.schedule()
    }
    const changed = batch.flatMap(changedBy)
    for (const name of changed) this.busyStreams.add(name)
    void this.run(batch, onItsWay).finally(() => {
      this.running -= 1
      this.inFlight -= batch.length
      for (const name of changed) this.busyStreams.delete(name)
      onItsWay()
      this.schedule()
      if (this.isIdle()) {
        for (const resolve of this.whenIdle.splice(0)) resolve()
      }
    })
  }

  private take(): Pending[] {
    const batch: Pending[] = []
    const passedOver: Pending[] = []
    const blocked = new Set<string>()
    const most = Math.min(
      this.options.batchLimit,
      Math.max(BIG_ENOUGH, Math.ceil((this.queue.length + this.inFlight) / 2)),
    )
    let looked = 0
    for (const pending of this.queue) {
      if (batch.length >= most) break
      looked += 1
      const waits = pending.streams.some(
        ({ name }) => this.busyStreams.has(name) || blocked.has(name),
      )
      if (waits) {
        for (const name of changedBy(pending)) blocked.add(name)
        passedOver.push(pending)
      } else {
        batch.push(pending)
      }
    }
    this.queue = [...passedOver, ...this.queue.slice(looked)]
    return batch
  }
}

function namedIn({ tenant, streams }: Intent<Streams, unknown>): readonly NamedStream[] {
  return Object.entries(streams).map(
    ([alias, { aggregate, id, isNew = false, isOnlyRead = false }]) => {
      const stream = `${aggregate.kind}/${id}`
      const name = keyed(tenant, stream)
      return { alias, stream, name, aggregate, isNew, isOnlyRead }
    },
  )
}

/** Names of what an intent may change. */
function changedBy({ streams }: Pending): readonly string[] {
  return streams.flatMap(({ name, isOnlyRead }) => (isOnlyRead ? [] : name))
}
