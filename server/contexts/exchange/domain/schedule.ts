import type { Instant } from '#platform/clock'
import type { Id } from '#platform/ids'
import type { Aggregate } from '#platform/write/commit'

import type { Rhythm, ScheduleEvent } from '../contract.ts'
import { nextAfter } from './rhythm.ts'

export type Schedule =
  | { readonly state: 'none' | 'removed' }
  | {
      readonly state: 'set'
      readonly rhythm: Rhythm
      /** Null while it is paused. */
      readonly nextAt: Instant | null
      /** The run that is under way. */
      readonly openRun: Id | null
    }

export const schedules: Aggregate<Schedule, ScheduleEvent> = {
  kind: 'schedule',
  initial: { state: 'none' },
  apply(before, event) {
    switch (event.type) {
      case 'exchange.schedule-set': {
        const openRun = before.state === 'set' ? before.openRun : null
        return { state: 'set', rhythm: event.rhythm, nextAt: instant(event.nextAt), openRun }
      }
      case 'exchange.schedule-removed':
        return { state: 'removed' }
      case 'exchange.schedule-fired': {
        if (before.state !== 'set') return before
        const openRun = event.isPassedOver ? before.openRun : event.runId
        return { ...before, nextAt: instant(event.nextAt), openRun }
      }
      case 'exchange.schedule-run-ended':
        return before.state === 'set' && before.openRun === event.runId
          ? { ...before, openRun: null }
          : before
    }
  },
}

function instant(at: string | null): Instant | null {
  return at === null ? null : Date.parse(at)
}

/** When a schedule that is set now is due: as before, unless its rhythm is another or it had paused. */
export function dueAs(
  before: Schedule,
  { rhythm, isPaused }: { readonly rhythm: Rhythm; readonly isPaused: boolean },
  { now, timeZone }: { readonly now: Instant; readonly timeZone: string },
): Instant | null {
  if (isPaused) return null
  const isSame = before.state === 'set' && JSON.stringify(before.rhythm) === JSON.stringify(rhythm)
  if (isSame && before.nextAt !== null) return before.nextAt
  return nextAfter(rhythm, { now, last: now, timeZone })
}

/** After so many tries a run has failed. */
export const MOST_TRIES = 5

/** How long a run waits after its nth try: a minute, then five times as long each time; chance from 0 to 1. */
export function pauseSeconds(tries: number, chance: number): number {
  return Math.round(60 * 5 ** (tries - 1) * (0.75 + chance / 2))
}
