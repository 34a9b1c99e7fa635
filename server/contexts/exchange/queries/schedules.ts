import type { Blobs } from '#platform/blob/blobs'
import type { Platform } from '#platform/context'
import { pageOf, placeOf } from '#platform/keyset'
import { accept, refuse, type Outcome } from '#platform/outcome'

import type { ExchangeRefusal, Schedules } from '../contract.ts'
import { exportNameOf } from '../domain/files.ts'
import {
  lastRuns,
  newestRuns,
  newestSchedules,
  presentRun,
  presentSchedule,
  runById,
  scheduleById,
} from '../store/schedules.ts'

type Queries = Pick<Schedules, 'view' | 'list' | 'runs' | 'file'>

export function scheduleQueries(
  { reads }: Pick<Platform, 'reads'>,
  blobs: Pick<Blobs, 'get'>,
): Queries {
  const view: Schedules['view'] = async (tenant, scheduleId) => {
    const [[row], [last]] = await Promise.all([
      reads.read(tenant, scheduleById, [tenant, scheduleId]),
      reads.read(tenant, lastRuns, [tenant, [scheduleId]]),
    ])
    if (row !== undefined) return accept(presentSchedule(row, last))
    return refused({ code: 'exchange.schedule-unknown', scheduleId })
  }
  return {
    view,

    async list(tenant, { limit, after }) {
      const { at, id } = placeOf(after)
      const rows = await reads.read(tenant, newestSchedules, [tenant, at, id, limit + 1])
      const page = pageOf(rows, limit, (row) => ({ at: row.created_at, id: row.id }))
      const ids = page.items.map((row) => row.id)
      const last = ids.length === 0 ? [] : await reads.read(tenant, lastRuns, [tenant, ids])
      const runOf = new Map(last.map((run) => [run.schedule_id, run]))
      return {
        items: page.items.map((row) => presentSchedule(row, runOf.get(row.id))),
        next: page.next,
      }
    },

    async runs(tenant, scheduleId, { limit, after }) {
      const known = await view(tenant, scheduleId)
      if (!known.ok) return known
      const { at, id } = placeOf(after)
      const rows = await reads.read(tenant, newestRuns, [tenant, scheduleId, at, id, limit + 1])
      const page = pageOf(rows, limit, (row) => ({ at: row.due_at, id: row.id }))
      return accept({ items: page.items.map(presentRun), next: page.next })
    },

    async file(tenant, runId) {
      const unknown: ExchangeRefusal = { code: 'exchange.file-unknown', runId }
      const [run] = await reads.read(tenant, runById, [tenant, runId])
      if (run === undefined || run.file_id === null) return refused(unknown)
      const [schedule] = await reads.read(tenant, scheduleById, [tenant, run.schedule_id])
      if (schedule === undefined) return refused(unknown)
      // It may have been replaced by a newer one since the row was read.
      const found = await blobs.get(tenant, exportNameOf(run.file_id))
      if (found === undefined) return refused(unknown)
      const { kind, format } = schedule
      const dueAt = run.due_at.toISOString()
      return accept({ kind, format: format ?? 'csv', dueAt, body: found.body })
    },
  }
}

function refused(refusal: ExchangeRefusal): Outcome<never> {
  return refuse(refusal)
}
