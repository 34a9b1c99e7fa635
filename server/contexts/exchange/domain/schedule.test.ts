import assert from 'node:assert/strict'
import { suite, test } from 'node:test'

import fc from 'fast-check'

import type { Rhythm, ScheduleEvent } from '../contract.ts'
import { nextAfter } from './rhythm.ts'
import { dueAs, pauseSeconds, schedules, type Schedule } from './schedule.ts'
import { meantUrl, shownUrl } from './source.ts'

const KYIV = 'Europe/Kyiv'

function next(rhythm: Rhythm, now: string, { last = now, timeZone = KYIV } = {}): string {
  const at = nextAfter(rhythm, { now: Date.parse(now), last: Date.parse(last), timeZone })
  return new Date(at).toISOString().replace(':00.000Z', 'Z')
}

suite('a rhythm', () => {
  test('is due at a time of day of the shop', () => {
    const night: Rhythm = { every: 'day', at: '03:30' }
    assert.equal(next(night, '2026-11-21T01:29:59Z'), '2026-11-21T01:30Z')
    assert.equal(next(night, '2026-11-21T01:30:00Z'), '2026-11-22T01:30Z')
    assert.equal(next(night, '2026-11-21T23:00:00Z'), '2026-11-22T01:30Z')
    assert.equal(next(night, '2026-07-01T12:00:00Z'), '2026-07-02T00:30Z')
    const sunday: Rhythm = { every: 'week', on: 'sunday', at: '00:00' }
    assert.equal(next(sunday, '2026-11-21T12:00:00Z'), '2026-11-21T22:00Z')
    assert.equal(next(sunday, '2026-11-21T22:00:00Z'), '2026-11-28T22:00Z')
  })

  test('is due once on the day whose clock leaps, and once where an hour comes twice', () => {
    const night: Rhythm = { every: 'day', at: '03:30' }
    // In Kyiv 03:00 becomes 04:00 on 29 March 2026, and 04:00 becomes 03:00 on 25 October.
    assert.equal(next(night, '2026-03-28T12:00:00Z'), '2026-03-29T01:30Z')
    assert.equal(next(night, '2026-03-29T01:30:00Z'), '2026-03-30T00:30Z')
    assert.equal(next(night, '2026-10-24T12:00:00Z'), '2026-10-25T00:30Z')
    assert.equal(next(night, '2026-10-25T00:30:00Z'), '2026-10-26T01:30Z')
  })

  test('of hours does not drift, and does not make up for what was missed', () => {
    const rhythm: Rhythm = { every: 'hours', hours: 6 }
    const last = '2026-11-21T00:00:00Z'
    assert.equal(next(rhythm, '2026-11-21T00:00:07Z', { last }), '2026-11-21T06:00Z')
    assert.equal(next(rhythm, '2026-11-23T13:00:00Z', { last }), '2026-11-23T18:00Z')
    assert.equal(next(rhythm, '2026-11-20T23:00:00Z', { last }), '2026-11-21T06:00Z')
  })

  test('is always due again, later and within its span', () => {
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map(
        ([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`,
      )
    const rhythms = fc.oneof(
      fc.record({ every: fc.constant('hours' as const), hours: fc.integer({ min: 1, max: 168 }) }),
      fc.record({ every: fc.constant('day' as const), at: time }),
      fc.record({
        every: fc.constant('week' as const),
        on: fc.constantFrom('monday' as const, 'sunday' as const),
        at: time,
      }),
    )
    const zones = fc.constantFrom(KYIV, 'UTC', 'America/New_York', 'Australia/Lord_Howe')
    const instants = fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2036-01-01') })
    fc.assert(
      fc.property(rhythms, zones, instants, (rhythm, timeZone, now) => {
        const at = nextAfter(rhythm, { now, last: now, timeZone })
        const hours = rhythm.every === 'hours' ? rhythm.hours : rhythm.every === 'day' ? 24 : 168
        assert.ok(at > now && at - now <= (hours + 2) * 3_600_000, `${at - now}`)
      }),
      { numRuns: 300 },
    )
  })
})

const RHYTHM: Rhythm = { every: 'hours', hours: 1 }
const recorded = { version: 1, at: 0 }
const folded = (events: readonly ScheduleEvent[]): Schedule =>
  events.reduce((state, event) => schedules.apply(state, event, recorded), schedules.initial)

const set: ScheduleEvent = {
  type: 'exchange.schedule-set',
  direction: 'import',
  kind: 'stock',
  rhythm: RHYTHM,
  isPaused: false,
  nextAt: '2026-11-21T06:00:00.000Z',
}
const fired = (runId: string, isPassedOver = false): ScheduleEvent => ({
  type: 'exchange.schedule-fired',
  runId,
  because: 'due',
  isPassedOver,
  nextAt: '2026-11-21T07:00:00.000Z',
})

test('a schedule knows the run that is under way, until that very run has ended', () => {
  const ended = (runId: string): ScheduleEvent => ({
    type: 'exchange.schedule-run-ended',
    runId,
    state: 'done',
    fault: null,
  })
  const openRun = (...events: ScheduleEvent[]): unknown => {
    const state = folded([set, ...events])
    return state.state === 'set' ? state.openRun : state.state
  }
  assert.equal(openRun(), null)
  assert.equal(openRun(fired('a')), 'a')
  assert.equal(openRun(fired('a'), fired('b', true)), 'a')
  assert.equal(openRun(fired('a'), ended('b')), 'a')
  assert.equal(openRun(fired('a'), ended('a')), null)
  assert.equal(openRun(fired('a'), set), 'a')
  assert.equal(openRun({ type: 'exchange.schedule-removed' }, fired('a')), 'removed')
})

test('a schedule that is changed keeps its time, unless its rhythm is another or it paused', () => {
  const at = { now: Date.parse('2026-11-21T05:30:00Z'), timeZone: KYIV }
  const [before, due] = [folded([set]), Date.parse('2026-11-21T06:00:00Z')]
  assert.equal(dueAs(before, { rhythm: { ...RHYTHM }, isPaused: false }, at), due)
  assert.equal(dueAs(before, { rhythm: RHYTHM, isPaused: true }, at), null)
  const other = { rhythm: { every: 'hours', hours: 2 }, isPaused: false } as const
  assert.equal(dueAs(before, other, at), Date.parse('2026-11-21T07:30:00Z'))
  const paused = folded([{ ...set, isPaused: true, nextAt: null }])
  assert.equal(dueAs(paused, { rhythm: RHYTHM, isPaused: false }, at), at.now + 3_600_000)
})

test('a run that fails waits longer each time, neither never nor all at the same moment', () => {
  assert.deepEqual(
    [1, 2, 3, 4].map((tries) => pauseSeconds(tries, 0.5)),
    [60, 300, 1_500, 7_500],
  )
  assert.deepEqual([pauseSeconds(1, 0), pauseSeconds(1, 1)], [45, 75])
})

test('what stands behind the question mark of an address is not shown, and still meant', () => {
  const kept = 'https://erp.example.com/stock.csv?token=secret#x'
  assert.equal(shownUrl(kept), 'https://erp.example.com/stock.csv?…')
  assert.equal(meantUrl(shownUrl(kept), kept), kept)
  assert.equal(meantUrl('https://other.example.com/?…', kept), 'https://other.example.com/?…')
  assert.equal(meantUrl('https://erp.example.com/', null), 'https://erp.example.com/')
})
