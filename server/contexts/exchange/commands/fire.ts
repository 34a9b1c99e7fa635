import type { Instant } from '#platform/clock'
import type { DueTimer, Platform } from '#platform/context'
import type { Id, TenantId } from '#platform/ids'
import { accept, refuse, type Outcome } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'
import { stream, type Timer, type Write } from '#platform/write/commit'

import type { ExchangeRefusal, Schedules } from '../contract.ts'
import { nextAfter } from '../domain/rhythm.ts'
import { schedules } from '../domain/schedule.ts'
import { presentRun, type RunRow } from '../store/schedules.ts'
import { runTable, scheduleTable } from '../store/tables.ts'

/** What a timer calls when a schedule is due, and when a run of it is to go on. */
export const FIRE = 'exchange.schedule-due'
export const RUN_ON = 'exchange.run-on'

export function alarmOf(scheduleId: Id): string {
  return `schedule/${scheduleId}`
}

/** Wakes a schedule when it is due. */
export function alarm(scheduleId: Id, due: Instant, at: Instant): Timer {
  const inSeconds = Math.max(0, (due - at) / 1_000)
  return { set: alarmOf(scheduleId), kind: FIRE, inSeconds, data: { scheduleId, due } }
}

export function runTimerOf(runId: Id): string {
  return `run/${runId}`
}

/** Takes a run up, or up again. */
export function runTimer(runId: Id, inSeconds: number): Timer {
  return { set: runTimerOf(runId), kind: RUN_ON, inSeconds, data: { runId } }
}

export interface FireParts extends Pick<Platform, 'write' | 'ids'> {
  readonly tenantOf: (id: TenantId) => Promise<Tenant | undefined>
}

/** What `fire` is told of a time that has come. */
export interface Due {
  readonly tenant: TenantId
  readonly scheduleId: Id
  readonly due: Instant
}

/**
 * Begins the run of a schedule that is due and says when it is due next, in one commit. Its key is the
 * schedule and that time, so whoever else finds it due, or finds it again after a crash, begins none.
 */
export function fire({ write, ids, tenantOf }: FireParts): (due: Due) => Promise<void> {
  return async ({ tenant, scheduleId, due }) => {
    const shop = await tenantOf(tenant)
    const runId = ids.next()
    const outcome = await write({
      tenant,
      caller: 'timer',
      key: `${alarmOf(scheduleId)}/${due}`,
      fingerprint: '',
      streams: { schedule: stream(schedules, scheduleId) },
      decide({ schedule }, at) {
        if (schedule.state !== 'set' || schedule.nextAt === null || shop === undefined) {
          return accept({ timers: [{ clear: alarmOf(scheduleId) }], answer: null })
        }
        const { rhythm, nextAt, openRun } = schedule
        // It was set for another time meanwhile, and has a timer for that.
        if (nextAt !== due) return accept({ timers: [alarm(scheduleId, nextAt, at)], answer: null })
        // The clock of this process may be behind the one that found it due.
        const now = Math.max(at, due)
        const next = nextAfter(rhythm, { now, last: due, timeZone: shop.timeZone })
        const isPassedOver = openRun !== null
        const nextIso = new Date(next).toISOString()
        return accept({
          append: {
            schedule: [
              {
                type: 'exchange.schedule-fired',
                runId,
                because: 'due',
                isPassedOver,
                nextAt: nextIso,
              },
            ],
          },
          rows: [
            { table: scheduleTable, verb: 'update', row: { id: scheduleId, next_at: nextIso } },
            inserted(newRun({ runId, scheduleId, due, because: 'due', isPassedOver }, at), at),
          ],
          timers: [alarm(scheduleId, next, at), ...(isPassedOver ? [] : [runTimer(runId, 0)])],
          answer: null,
        })
      },
    })
    if (!outcome.ok) throw new Error(`A schedule could not begin: ${outcome.refusal.code}`)
  }
}

/** For the timer of a schedule. */
export function onAlarm(begin: (due: Due) => Promise<void>): (timer: DueTimer) => Promise<void> {
  return ({ tenant, data }) =>
    begin({ tenant, scheduleId: String(data['scheduleId']), due: Number(data['due']) })
}

/** A run beside the rhythm, because somebody asks for it. */
export function runSchedule({ write, ids }: FireParts): Schedules['run'] {
  return ({ id: tenant }, scheduleId, cause) => {
    const runId = ids.next()
    return write({
      tenant,
      ...cause,
      streams: { schedule: stream(schedules, scheduleId) },
      decide({ schedule }, at) {
        if (schedule.state !== 'set') {
          return refused({ code: 'exchange.schedule-unknown', scheduleId })
        }
        const { openRun, nextAt } = schedule
        if (openRun !== null) return refused(running(scheduleId))
        const next = nextAt === null ? null : new Date(nextAt).toISOString()
        const run = newRun(
          { runId, scheduleId, due: at, because: 'asked', isPassedOver: false },
          at,
        )
        return accept({
          append: {
            schedule: [
              {
                type: 'exchange.schedule-fired',
                runId,
                because: 'asked',
                isPassedOver: false,
                nextAt: next,
              },
            ],
          },
          rows: [inserted(run, at)],
          timers: [runTimer(runId, 0)],
          answer: presentRun(run),
        })
      },
    })
  }
}

function newRun(
  {
    runId,
    scheduleId,
    due,
    because,
    isPassedOver,
  }: {
    readonly runId: Id
    readonly scheduleId: Id
    readonly due: Instant
    readonly because: 'due' | 'asked'
    readonly isPassedOver: boolean
  },
  at: Instant,
): RunRow {
  return {
    id: runId,
    schedule_id: scheduleId,
    due_at: new Date(due),
    because,
    state: isPassedOver ? 'passed-over' : 'waiting',
    attempts: 0,
    retry_at: null,
    rows_count: 0,
    failed: 0,
    fault_code: null,
    fault_reason: null,
    import_id: null,
    file_id: null,
    file_bytes: null,
    began_at: null,
    ended_at: isPassedOver ? new Date(at) : null,
  }
}

function inserted(run: RunRow, at: Instant): Write {
  const { due_at: due, ended_at: ended } = run
  return {
    table: runTable,
    verb: 'insert',
    row: {
      ...run,
      due_at: due.toISOString(),
      ended_at: ended?.toISOString() ?? null,
      created_at: new Date(at).toISOString(),
    },
    // Never twice for one time: were the key forgotten, the table would know.
    orRefuse: running(run.schedule_id),
  }
}

function running(scheduleId: Id): ExchangeRefusal {
  return { code: 'exchange.schedule-running', scheduleId }
}

function refused(refusal: ExchangeRefusal): Outcome<never> {
  return refuse(refusal)
}
