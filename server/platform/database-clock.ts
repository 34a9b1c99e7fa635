import type { Clock, Instant } from './clock.ts'

/**
 * Follows the database's clock, which alone judges time limits (requirement R14): each batch tells
 * what time it is there, and between batches the process counts on by its monotonic clock. A
 * machine whose own clock is hours off tells the right time all the same.
 */
export interface DatabaseClock extends Clock {
  heard(now: Instant): void
}

export function databaseClock(first: Instant): DatabaseClock {
  let offset = first - performance.now()
  return {
    now: () => Math.floor(performance.now() + offset),
    heard: (now) => {
      offset = now - performance.now()
    },
  }
}
