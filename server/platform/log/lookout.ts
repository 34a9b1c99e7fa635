/** Reads the end of the log, once for all subscriptions that a process leads. */
import type { Logger } from 'pino'

import type { Waiting } from '../waiting.ts'
import type { Position } from '../write/commit.ts'
import { BEGINNING, isBefore, PAGE, type LogPage, type LogSource } from './source.ts'
import { isHeard, type Hears, type LogEntry } from './subscription.ts'

/** Commits of other processes are noticed within this time. */
const POLL_MS = 50

/** The same while PostgreSQL does not answer. */
const AWAY_MS = 500

/** Commits of this process gather for so long before they are looked at together. */
const GATHER_MS = 10

/** Entries that are kept for who is not done with those before; who falls behind them reads the log. */
const KEPT = 4 * PAGE

/** What there is behind a position: `behind` when it must be read, `ended` when it is time to stop. */
export type Found = LogPage | 'behind' | 'ended'

/** Somebody who has joined, until they leave. */
export interface Listener {
  /** Resolves when the log has gone on behind a position. Only one is waited for; not after leaving. */
  beyond(after: Position): Promise<Found>
  leave(): void
}

interface Joined {
  readonly hears: Hears
  waits: { readonly after: Position; resolve(found: Found): void } | undefined
}

export interface LookoutOptions {
  readonly source: Pick<LogSource, 'look' | 'end'>
  readonly log: Logger
  readonly waiting: Waiting
}

/**
 * Reads on for all who have joined, and keeps the newest entries: an entry that three hear is read once, and
 * who hears nothing asks nothing.
 */
export class Lookout {
  private readonly options: LookoutOptions
  private readonly stop = new AbortController()
  private readonly joined = new Set<Joined>()
  /** What is heard in (`since`, `seen`) by who has joined, in the order of the log. */
  private kept: LogEntry[] = []
  private since: Position = BEGINNING
  private seen: Position | undefined
  /** While a look is on its way that does not ask for what somebody hears who has joined since. */
  private isPartial = false
  private isRoused = false
  private pause: AbortController | undefined
  private callOff: (() => void) | undefined

  constructor(options: LookoutOptions) {
    this.options = options
  }

  /** From now on this is looked for as well. */
  join(hears: Hears): Listener {
    const one: Joined = { hears, waits: undefined }
    this.joined.add(one)
    this.isPartial = true
    this.beginAt(this.seen)
    return {
      beyond: (after) => this.beyond(one, after),
      leave: () => void this.joined.delete(one),
    }
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

  /** Looks until told to stop. */
  async run(): Promise<void> {
    const { log } = this.options
    const { signal } = this.stop
    let isAway = false
    let isAtEnd = true
    while (!signal.aborted) {
      try {
        isAtEnd = await this.look()
        if (isAway) log.info('the log can be read again')
        isAway = false
      } catch (error) {
        if (!isAway && !signal.aborted) log.warn({ err: error }, 'the log could not be read')
        isAway = true
        // Whatever answers next may have been restored: where it ends is asked anew.
        this.beginAt(undefined)
      }
      if (isAtEnd || isAway) await this.rest(isAway ? AWAY_MS : POLL_MS)
    }
  }

  close(): void {
    this.stop.abort()
    this.hurry()
    for (const one of this.joined) answer(one, 'ended')
  }

  private beyond(one: Joined, after: Position): Promise<Found> {
    if (this.stop.signal.aborted) return Promise.resolve('ended')
    const found = this.pageBehind(after, one.hears)
    if (found !== undefined) return Promise.resolve(found)
    return new Promise((resolve) => {
      one.waits = { after, resolve }
    })
  }

  /** False when there is more. */
  private async look(): Promise<boolean> {
    const { source } = this.options
    if (this.seen === undefined || this.joined.size === 0) {
      const { readable } = await source.end()
      this.beginAt(readable)
      this.serve()
      return true
    }
    this.isPartial = false
    const { entries, next, isAtHorizon } = await source.look(this.seen, unionOf(this.joined))
    if (this.isPartial) this.beginAt(next)
    else this.keep(entries, next)
    this.serve()
    return isAtHorizon
  }

  private beginAt(position: Position | undefined): void {
    this.kept = []
    this.seen = position
    this.since = position ?? BEGINNING
  }

  private keep(entries: readonly LogEntry[], next: Position): void {
    this.seen = next
    this.kept.push(...entries)
    const last = this.kept.splice(0, Math.max(0, this.kept.length - KEPT)).at(-1)
    if (last !== undefined) this.since = last.position
  }

  private serve(): void {
    let isAllWaiting = true
    for (const one of this.joined) {
      const found = one.waits && this.pageBehind(one.waits.after, one.hears)
      if (found !== undefined) answer(one, found)
      isAllWaiting &&= one.waits !== undefined
    }
    // Where all wait for more, nobody needs what was before.
    if (isAllWaiting) this.beginAt(this.seen)
  }

  private pageBehind(after: Position, hears: Hears): LogPage | 'behind' | undefined {
    const { seen, since, kept } = this
    if (seen === undefined || !isBefore(after, seen)) return undefined
    if (isBefore(after, since)) return 'behind'
    const first = kept.findLastIndex(({ position }) => !isBefore(after, position)) + 1
    const entries: LogEntry[] = []
    for (let place = first; place < kept.length; place += 1) {
      const entry = kept[place] as LogEntry
      if (!isHeard(entry, hears)) continue
      entries.push(entry)
      if (entries.length === PAGE) return { entries, next: entry.position, isAtHorizon: false }
    }
    return { entries, next: seen, isAtHorizon: true }
  }

  private async rest(ms: number): Promise<void> {
    if (!this.isRoused) {
      this.pause = new AbortController()
      await this.options.waiting.sleep(ms, this.pause.signal)
    }
    this.isRoused = false
  }
}

function answer(one: Joined, found: Found): void {
  const { waits } = one
  one.waits = undefined
  waits?.resolve(found)
}

function unionOf(all: Iterable<Joined>): Hears {
  const each = [...all].map(({ hears }) => hears)
  return {
    events: [...new Set(each.flatMap(({ events }) => events))],
    transfers: each.some(({ transfers }) => transfers),
  }
}
