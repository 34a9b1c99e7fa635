import type { Instant } from '#platform/clock'
import type { Platform } from '#platform/context'
import type { Id } from '#platform/ids'
import { accept, refuse, type Outcome } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'
import { newStream, stream, type Timer, type Write } from '#platform/write/commit'

import type { ExchangeRefusal, ScheduleAsk, ScheduleSet, Schedules } from '../contract.ts'
import { dueAs, schedules, type Schedule } from '../domain/schedule.ts'
import { meantUrl } from '../domain/source.ts'
import type { TableSource } from '../provider.ts'
import {
  presentSchedule,
  scheduleById,
  scheduleCount,
  type ScheduleRow,
} from '../store/schedules.ts'
import { scheduleTable } from '../store/tables.ts'
import { alarm, alarmOf } from './fire.ts'

/** Nobody has more than a few; each costs a timer. */
const MOST_SCHEDULES = 50

export interface SetParts extends Pick<Platform, 'write' | 'reads' | 'ids'> {
  readonly source: Pick<TableSource, 'fault'>
  readonly view: Schedules['view']
}

export function createSchedule({ write, reads, ids, source }: SetParts): Schedules['create'] {
  return async (tenant, ask, cause) => {
    const wrong = wrongIn(ask, source)
    if (wrong !== undefined) return refuse(wrong)
    const [known] = await reads.read(tenant.id, scheduleCount, [tenant.id, MOST_SCHEDULES])
    const isFull = (known?.count ?? 0) >= MOST_SCHEDULES
    const id = ids.next()
    return write({
      tenant: tenant.id,
      ...cause,
      streams: { schedule: newStream(schedules, id) },
      decide({ schedule }, at) {
        // Asked here, so that what was made before under the same key is still the answer.
        if (isFull) return refused({ code: 'exchange.too-many-schedules', limit: MOST_SCHEDULES })
        const due = dueAs(schedule, ask, { now: at, timeZone: tenant.timeZone })
        const row = { id, created_at: new Date(at).toISOString(), ...rowOf(ask, due) }
        return accept({
          append: { schedule: [setBy(ask, due)] },
          rows: [{ table: scheduleTable, verb: 'insert', row }],
          timers: timersFor(id, due, at),
          answer: presentSchedule(
            {
              ...row,
              created_at: new Date(at),
              next_at: due === null ? null : new Date(due),
            },
            undefined,
          ),
        })
      },
    })
  }
}

export function changeSchedule({ write, reads, source, view }: SetParts): Schedules['change'] {
  return async (tenant, scheduleId, sent, cause) => {
    const [row] = await reads.read(tenant.id, scheduleById, [tenant.id, scheduleId])
    const ask = meantBy(sent, row?.source_url ?? null)
    const wrong = wrongIn(ask, source)
    if (row === undefined) return refused({ code: 'exchange.schedule-unknown', scheduleId })
    if (wrong !== undefined) return refuse(wrong)
    const written = await write({
      tenant: tenant.id,
      ...cause,
      streams: { schedule: stream(schedules, scheduleId) },
      decide: ({ schedule }, at) => changed(tenant, { scheduleId, schedule, ask, at }),
    })
    return written.ok ? view(tenant.id, scheduleId) : written
  }
}

function changed(
  { timeZone }: Tenant,
  {
    scheduleId: id,
    schedule,
    ask,
    at,
  }: {
    readonly scheduleId: Id
    readonly schedule: Schedule
    readonly ask: ScheduleAsk
    readonly at: Instant
  },
) {
  if (schedule.state !== 'set') {
    return refused({ code: 'exchange.schedule-unknown', scheduleId: id })
  }
  const due = dueAs(schedule, ask, { now: at, timeZone })
  const row: Write = { table: scheduleTable, verb: 'update', row: { id, ...rowOf(ask, due) } }
  return accept({
    append: { schedule: [setBy(ask, due)] },
    rows: [row],
    timers: timersFor(id, due, at),
    answer: null,
  })
}

export function removeSchedule({ write }: Pick<Platform, 'write'>): Schedules['remove'] {
  return (tenant, scheduleId, cause) =>
    write({
      tenant,
      ...cause,
      streams: { schedule: stream(schedules, scheduleId) },
      decide({ schedule }) {
        if (schedule.state !== 'set') {
          return refused({ code: 'exchange.schedule-unknown', scheduleId })
        }
        return accept({
          append: { schedule: [{ type: 'exchange.schedule-removed' }] },
          // Its runs go with it, and then a job removes their files.
          rows: [{ table: scheduleTable, verb: 'delete', row: { id: scheduleId } }],
          timers: [{ clear: alarmOf(scheduleId) }],
          answer: null,
        })
      },
    })
}

function meantBy(ask: ScheduleAsk, kept: string | null): ScheduleAsk {
  const { from } = ask
  return from === undefined ? ask : { ...ask, from: { ...from, url: meantUrl(from.url, kept) } }
}

function wrongIn(
  { from, to }: ScheduleAsk,
  source: Pick<TableSource, 'fault'>,
): ExchangeRefusal | undefined {
  if ((from === undefined) === (to === undefined)) return { code: 'exchange.schedule-directions' }
  const fault = from === undefined ? undefined : source.fault(from.url)
  return fault && { code: 'exchange.source-forbidden', reason: fault.reason }
}

/** Its address is no part of the event: it may hold a token, and the log is for ever. */
function setBy({ kind, rhythm, isPaused, from }: ScheduleAsk, due: Instant | null): ScheduleSet {
  const direction = from === undefined ? 'export' : 'import'
  const nextAt = due === null ? null : new Date(due).toISOString()
  return { type: 'exchange.schedule-set', direction, kind, rhythm, isPaused, nextAt }
}

function rowOf(
  { name, kind, rhythm, isPaused, from, to }: ScheduleAsk,
  due: Instant | null,
): Omit<ScheduleRow, 'id' | 'created_at' | 'next_at'> & { readonly next_at: string | null } {
  const { url = null, mode = null, ...dialect } = from ?? {}
  return {
    name,
    direction: from === undefined ? 'export' : 'import',
    kind,
    rhythm,
    is_paused: isPaused,
    source_url: url,
    mode,
    dialect,
    format: to?.format ?? null,
    keep: to?.keep ?? null,
    next_at: due === null ? null : new Date(due).toISOString(),
  }
}

function timersFor(id: Id, due: Instant | null, at: Instant): readonly Timer[] {
  return [due === null ? { clear: alarmOf(id) } : alarm(id, due, at)]
}

function refused(refusal: ExchangeRefusal): Outcome<never> {
  return refuse(refusal)
}
