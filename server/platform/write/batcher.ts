import { accept, Unavailable, type Outcome } from '../outcome.ts'
import type { Intent, Streams, Written } from './commit.ts'
import { keyed } from './settle.ts'

/** An intent that waits for its answer. */
export interface Pending {
  readonly intent: Intent<Streams, unknown>
  /** Names of its streams with the tenant in front. */
  readonly streams: readonly string[]
  /** How often another process was faster. */
  conflicts: number
  settle(outcome: Outcome<Written<unknown>>): void
  fail(error: unknown): void
}

export interface BatcherLimits {
  readonly queueLimit: number
  readonly batchLimit: number
  readonly lanes: number
}

/**
 * Forms batches in order of arrival and runs them on a few lanes. An intent on a stream that is in
 * an unfinished batch waits for it, and so does every later intent on any of its streams.
 */
export class Batcher {
  private readonly limits: BatcherLimits
  private readonly run: (batch: readonly Pending[]) => Promise<void>
  private queue: Pending[] = []
  private readonly busyStreams = new Set<string>()
  private running = 0
  private resting = 0
  private isScheduled = false
  private whenIdle: (() => void)[] = []

  constructor(limits: BatcherLimits, run: (batch: readonly Pending[]) => Promise<void>) {
    this.limits = limits
    this.run = run
  }

  get waiting(): number {
    return this.queue.length
  }

  submit(intent: Intent<Streams, unknown>): Promise<Outcome<Written<unknown>>> {
    if (this.queue.length >= this.limits.queueLimit) {
      return Promise.reject(new Unavailable('too many requests are waiting to be written'))
    }
    return new Promise((resolve, reject) => {
      this.queue.push({
        intent,
        streams: Object.values(intent.streams).map(({ aggregate, id }) =>
          keyed(intent.tenant, `${aggregate.kind}/${id}`),
        ),
        conflicts: 0,
        settle: (outcome) => resolve(outcome.ok ? accept(outcome.value) : outcome),
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
    setTimeout(() => {
      this.resting -= 1
      this.queue = [pending, ...this.queue]
      this.fill()
    }, afterMs)
  }

  /** Resolves when nothing waits and nothing runs. */
  idle(): Promise<void> {
    if (this.isIdle()) return Promise.resolve()
    return new Promise((resolve) => this.whenIdle.push(resolve))
  }

  private isIdle(): boolean {
    return this.queue.length === 0 && this.running === 0 && this.resting === 0
  }

  /** Requests that arrive in one turn of the event loop share a batch. */
  private schedule(): void {
    if (this.isScheduled) return
    this.isScheduled = true
    setImmediate(() => {
      this.isScheduled = false
      this.fill()
    })
  }

  private fill(): void {
    while (this.running < this.limits.lanes && this.queue.length > 0) {
      const batch = this.take()
      if (batch.length === 0) break
      this.running += 1
      const streams = batch.flatMap((pending) => pending.streams)
      for (const name of streams) this.busyStreams.add(name)
      void this.run(batch).finally(() => {
        this.running -= 1
        for (const name of streams) this.busyStreams.delete(name)
        this.fill()
        if (this.isIdle()) {
          for (const resolve of this.whenIdle.splice(0)) resolve()
        }
      })
    }
  }

  private take(): Pending[] {
    const batch: Pending[] = []
    const passedOver: Pending[] = []
    const blocked = new Set<string>()
    let looked = 0
    for (const pending of this.queue) {
      if (batch.length >= this.limits.batchLimit) break
      looked += 1
      const waits = pending.streams.some((name) => this.busyStreams.has(name) || blocked.has(name))
      if (waits) {
        for (const name of pending.streams) blocked.add(name)
        passedOver.push(pending)
      } else {
        batch.push(pending)
      }
    }
    this.queue = [...passedOver, ...this.queue.slice(looked)]
    return batch
  }
}
