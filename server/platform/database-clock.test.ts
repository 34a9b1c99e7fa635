import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import { databaseClock } from './database-clock.ts'

test('the time is what the database last said, and goes on between its words (R14)', async () => {
  const hoursOff = Date.UTC(2031, 0, 1)
  const clock = databaseClock(hoursOff)
  assert(Math.abs(clock.now() - hoursOff) < 50)
  await sleep(60)
  const later = clock.now() - hoursOff
  assert(later >= 55 && later < 1000, `${later} ms went by`)
  clock.heard(1000)
  assert(clock.now() >= 999 && clock.now() < 1100)
})
