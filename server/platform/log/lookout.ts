/** Looks at the end of the log, once for all subscriptions of a process. */
import type { Logger } from 'pino'

import type { Waiting } from '../waiting.ts'
import type { Position } from '../write/commit.ts'
import { BEGINNING, isBefore, type Look, type LogSource } from './source.ts'
import type { Hears } from './subscription.ts'

/** Commits of other processes are noticed within this time. */
const POLL_MS = 50

/** The same while PostgreSQL does not answer. */
const AWAY_MS = 500

/** Commits of this process gather for so long before they are looked at together. */
const GATHER_MS = 10

/** What lies behind a position. */
export interface Ahead {
  readonly to: Position
  /** When false, there is nothing to hear before `to`. */
  readonly mayHear: boolean
}

interface Waiter {
  readonly after: Position
  readonly hears: Hears
  resolve(ahead: Ahead | undefined): void
}

export interface LookoutOptions {
  readonly source: Pick<LogSource, 'look'>
  readonly log: Logger
  readonly waiting: Waiting
}

/**
 * Remembers until where each kind of entry was seen, so that a subscription reads the log only when
 * there is something for it: most commits concern a few of them.
 */
export class Lookout {
  private readonly options: LookoutOptions
  private readonly stop = new AbortController()
  private waiters: Waiter[] = []
  /** Where the last look ended, and from where on nothing was left out. */
  private seen: Position | undefined
  private since: Position = BEGINNING
  /** By event type, of which there are as many as code ever had. */
  private readonly events = new Map<string, Position>()
  private transfers: Position = BEGINNING
  private isRoused = false
  private pause: AbortController | undefined
  private callOff: (() => void) | undefined

  constructor(options: LookoutOptions) {
    this.options = options
  }

  /** Something was committed here: looks soon instead of at the next poll. */
  wake(): void {
    this.callOff ??= this.options.waiting.after(GATHER_MS, () => this.hurry())
  }

  /** The same without waiting for more. */
  hurry(): void {
    this.callOff?.()
    this.callOff = undefined
    this.isRoused = true
    this.pause?.abort()
  }

  /** Resolves when the log has gone on behind a position; undefined when it is time to stop. */
  beyond(after: Position, hears: Hears): Promise<Ahead | undefined> {
    if (this.stop.signal.aborted) return Promise.resolve(undefined)
    const ahead = this.aheadOf(after, hears)
    if (ahead !== undefined) return Promise.resolve(ahead)
    return new Promise((resolve) => this.waiters.push({ after, hears, resolve }))
  }

  /** Looks until told to stop. */
  async run(): Promise<void> {
    const { source, log } = this.options
    const { signal } = this.stop
    let isAway = false
    while (!signal.aborted) {
      try {
        this.advance(await source.look(this.seen))
        if (isAway) log.info('the log can be asked again')
        isAway = false
      } catch (error) {
        if (!isAway && !signal.aborted) log.warn({ err: error }, 'the log could not be asked')
        isAway = true
      }
      await this.rest(isAway ? AWAY_MS : POLL_MS)
    }
  }

  close(): void {
    this.stop.abort()
    this.hurry()
    for (const { resolve } of this.waiters.splice(0)) resolve(undefined)
  }

  private advance({ readable, events, transfers, isWhole }: Look): void {
    if (this.seen === undefined || !isWhole) this.since = readable
    this.seen = readable
    for (const type of events) this.events.set(type, readable)
    if (transfers) this.transfers = readable
    const waiting = this.waiters
    this.waiters = []
    for (const waiter of waiting) {
      const ahead = this.aheadOf(waiter.after, waiter.hears)
      if (ahead === undefined) this.waiters.push(waiter)
      else waiter.resolve(ahead)
    }
  }

  private aheadOf(after: Position, hears: Hears): Ahead | undefined {
    const { seen: to, since, events, transfers } = this
    if (to === undefined || !isBefore(after, to)) return undefined
    const isOf = (last: Position | undefined): boolean =>
      last !== undefined && isBefore(after, last)
    const mayHear =
      isOf(since) ||
      (hears.transfers && isOf(transfers)) ||
      hears.events.some((type) => isOf(events.get(type)))
    return { to, mayHear }
  }

  private async rest(ms: number): Promise<void> {
    if (!this.isRoused) {
      this.pause = new AbortController()
      await this.options.waiting.sleep(ms, this.pause.signal)
    }
    this.isRoused = false
  }
}
