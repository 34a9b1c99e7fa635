import type { Instant } from '#platform/clock'

import type { Rhythm, Weekday } from '../contract.ts'

const HOUR_MS = 3_600_000

/** As ISO 8601 numbers them, from 1. */
export const WEEKDAYS: readonly Weekday[] = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
]

/**
 * When a rhythm is due next, after `now`. Times of day are the shop's: one that the clock leaps over
 * in spring comes an hour later that day, one that it goes through twice in autumn comes once. Hours
 * are counted from `last`, so that what ran late does not drift; what was missed is not made up for.
 */
export function nextAfter(
  rhythm: Rhythm,
  {
    now,
    last,
    timeZone,
  }: { readonly now: Instant; readonly last: Instant; readonly timeZone: string },
): Instant {
  if (rhythm.every === 'hours') {
    const step = rhythm.hours * HOUR_MS
    return last + (Math.max(0, Math.floor((now - last) / step)) + 1) * step
  }
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone)
  const plainTime = Temporal.PlainTime.from(rhythm.at)
  for (let day = today.toPlainDate(); ; day = day.add({ days: 1 })) {
    const isDay = rhythm.every === 'day' || WEEKDAYS[day.dayOfWeek - 1] === rhythm.on
    const at = day.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds
    if (isDay && at > now) return at
  }
}
