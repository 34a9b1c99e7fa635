import type { Logger } from 'pino'

import type { Instant } from './clock.ts'
import type { DueTimer } from './context.ts'
import type { TenantId } from './ids.ts'
import type { Waiting } from './waiting.ts'

/** How often due timers are looked for. */
const POLL_MS = 250

/** Timers that are under way at once in one process. */
const AT_ONCE = 50

/** A timer that failed so often goes to the dead letters (requirement R11). */
export const TRIES = 5

/** A timer that somebody has claimed. */
export interface ClaimedTimer {
  readonly tenant: TenantId
  readonly id: string
  readonly kind: string
  readonly data: Readonly<Record<string, unknown>>
  /** With this one. */
  readonly attempts: number
  /** When it was first due. */
  readonly setFor: Instant
}

/** Where timers are kept: PostgreSQL, or memory for simulation. One suite runs against both. */
export interface TimerSource {
  /**
   * Claims due timers of these kinds by moving them ahead, 10 s after the first try and twice as long
   * after each: whoever dies with one leaves it to be tried again after the pause. The commit that a
   * timer causes clears it, so it is gone when its work is done; one that is still there after the
   * pause of its fifth try goes to the dead letters.
   */
  claim(kinds: readonly string[], limit: number): Promise<readonly ClaimedTimer[]>
  /** Says why a try failed, and after the last one lets the next look bury the timer at once. */
  failed(timer: ClaimedTimer, reason: string): Promise<void>
  close(): Promise<void>
}

export interface TimersOptions {
  /** Closed with the timers. */
  readonly source: TimerSource
  readonly handlers: Readonly<Record<string, (due: DueTimer) => Promise<void>>>
  /** Handed to the handlers. */
  readonly pace: () => Promise<void>
  readonly log: Logger
  readonly waiting: Waiting
}

/**
 * Calls the handlers of timers that are due, at least once each, until closed. Closing waits for
 * the handlers under way. Several processes share the work.
 */
export function openTimers(options: TimersOptions): { close(): Promise<void> } {
  const firing = new Firing(options)
  return { close: () => firing.close() }
}

class Firing {
  private readonly options: TimersOptions
  private readonly stop = new AbortController()
  private readonly underWay = new Set<Promise<void>>()
  private readonly running: Promise<void>

  constructor(options: TimersOptions) {
    this.options = options
    const kinds = Object.keys(options.handlers)
    this.running = kinds.length > 0 ? this.run(kinds) : Promise.resolve()
  }

  async close(): Promise<void> {
    this.stop.abort()
    await this.running
    await Promise.all(this.underWay)
    await this.options.source.close()
  }

  private async run(kinds: readonly string[]): Promise<void> {
    const { signal } = this.stop
    while (!signal.aborted) {
      const room = AT_ONCE - this.underWay.size
      const found = await this.fireDue(kinds, room)
      if (found < room) await this.options.waiting.sleep(POLL_MS, signal)
      else await Promise.race(this.underWay)
    }
  }

  /** Starts what is due; returns how many that were, so that the next look follows at once when there are more. */
  private async fireDue(kinds: readonly string[], room: number): Promise<number> {
    try {
      const claimed = await this.options.source.claim(kinds, room)
      for (const timer of claimed) {
        const firing = this.fire(timer).finally(() => this.underWay.delete(firing))
        this.underWay.add(firing)
      }
      return claimed.length
    } catch (error) {
      this.options.log.warn({ err: error }, 'timers could not be asked')
      return 0
    }
  }

  private async fire(timer: ClaimedTimer): Promise<void> {
    const { tenant, id, kind, data, attempts, setFor } = timer
    const { handlers, log, pace, source } = this.options
    try {
      const { signal: ending } = this.stop
      await handlers[kind]?.({ tenant, id, kind, data, ending, pace, key: `${id}/${setFor}` })
    } catch (error) {
      log.warn({ err: error, timer: id, attempts }, 'a timer failed')
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error)
      await source.failed(timer, reason).catch((lost: unknown) =>
        // The claim has moved the timer ahead: it is tried again all the same.
        log.warn({ err: lost, timer: id }, 'why a timer failed could not be written down'),
      )
    }
  }
}
