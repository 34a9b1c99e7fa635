import Type from 'typebox'

import { answered, route, shown, type Access, type Route } from '#platform/http/route'
import { nullableText, pageQuery } from '#platform/http/schemas'
import { accept } from '#platform/outcome'

import type { ScheduleAsk, Schedules } from '../contract.ts'
import { CSV, fileHeaders, id, run, schedule, scheduleBody, XLSX } from './schemas.ts'

const STAFF: Access = { who: ['staff', 'admin'], whose: 'shop' }
const PATH = '/api/v1/admin/exchange-schedules'

export function scheduleRoutes(schedules: Schedules): readonly Route[] {
  return [...setting(schedules), ...looking(schedules), ...running(schedules)]
}

const example = {
  name: 'Stock from the warehouse',
  kind: 'stock' as const,
  rhythm: { every: 'hours' as const, hours: 1 },
  from: { url: 'https://erp.example.com/stock.csv' },
}

function setting(schedules: Schedules): Route[] {
  return [
    route({
      id: 'createExchangeSchedule',
      method: 'POST',
      path: PATH,
      tag: 'exchange',
      summary: 'Have a table imported or exported by itself',
      description:
        'With `from` it is fetched over HTTPS and imported; with `to` it is exported and kept, the newest so many files. Times of day are those of the shop. What stands behind the question mark of an address is kept and never shown again.',
      access: STAFF,
      body: scheduleBody,
      example: { body: example },
      answer: { status: 201, body: schedule },
      refusals: [
        'exchange.schedule-directions',
        'exchange.source-forbidden',
        'exchange.too-many-schedules',
      ],
      idempotent: true,
      handle: async ({ tenant, body, cause }) =>
        answered(await schedules.create(tenant, askOf(body), cause)),
    }),
    route({
      id: 'changeExchangeSchedule',
      method: 'PUT',
      path: `${PATH}/{id}`,
      tag: 'exchange',
      summary: 'Say anew what comes or goes by itself, and when',
      description:
        'An address as it was shown stands for the one that is kept. The next time stays unless the rhythm is another.',
      access: STAFF,
      params: Type.Object({ id }),
      body: scheduleBody,
      answer: { status: 200, body: schedule },
      refusals: [
        'exchange.schedule-unknown',
        'exchange.schedule-directions',
        'exchange.source-forbidden',
      ],
      async handle({ tenant, params, body, cause }) {
        return shown(await schedules.change(tenant, params.id, askOf(body), cause))
      },
    }),
    route({
      id: 'removeExchangeSchedule',
      method: 'DELETE',
      path: `${PATH}/{id}`,
      tag: 'exchange',
      summary: 'Let a table no longer come or go by itself; its files go too',
      access: STAFF,
      params: Type.Object({ id }),
      answer: { status: 204, body: Type.Null() },
      refusals: ['exchange.schedule-unknown'],
      async handle({ tenant, params, cause }) {
        const outcome = await schedules.remove(tenant.id, params.id, cause)
        return outcome.ok ? accept({ body: null }) : outcome
      },
    }),
  ]
}

interface Body extends Omit<ScheduleAsk, 'isPaused' | 'from' | 'to'> {
  readonly isPaused?: boolean
  readonly from?: Omit<NonNullable<ScheduleAsk['from']>, 'mode'> & {
    readonly mode?: 'apply' | 'trial'
  }
  readonly to?: Partial<NonNullable<ScheduleAsk['to']>>
}

/** With what holds where nothing was said. */
function askOf({ isPaused = false, from, to, ...rest }: Body): ScheduleAsk {
  return {
    ...rest,
    isPaused,
    ...(from === undefined ? {} : { from: { mode: 'apply', ...from } }),
    ...(to === undefined ? {} : { to: { format: 'csv', keep: 7, ...to } }),
  }
}

function looking(schedules: Schedules): Route[] {
  return [
    route({
      id: 'listExchangeSchedules',
      method: 'GET',
      path: PATH,
      tag: 'exchange',
      summary: 'What comes and goes by itself, newest first, and how it went last',
      access: STAFF,
      query: pageQuery,
      answer: {
        status: 200,
        body: Type.Object({ items: Type.Array(schedule), next: nullableText }),
      },
      handle: async ({ tenant, query: { limit = 20, ...query } }) =>
        accept({ body: await schedules.list(tenant.id, { limit, ...query }) }),
    }),
    route({
      id: 'getExchangeSchedule',
      method: 'GET',
      path: `${PATH}/{id}`,
      tag: 'exchange',
      summary: 'One of them',
      access: STAFF,
      params: Type.Object({ id }),
      answer: { status: 200, body: schedule },
      refusals: ['exchange.schedule-unknown'],
      async handle({ tenant, params }) {
        return shown(await schedules.view(tenant.id, params.id))
      },
    }),
  ]
}

function running(schedules: Schedules): Route[] {
  return [
    route({
      id: 'runExchangeSchedule',
      method: 'POST',
      path: `${PATH}/{id}/run`,
      tag: 'exchange',
      summary: 'Run it now, beside its rhythm',
      access: STAFF,
      params: Type.Object({ id }),
      answer: { status: 202, body: run },
      refusals: ['exchange.schedule-unknown', 'exchange.schedule-running'],
      idempotent: true,
      handle: async ({ tenant, params, cause }) =>
        answered(await schedules.run(tenant, params.id, cause)),
    }),
    route({
      id: 'listExchangeRuns',
      method: 'GET',
      path: `${PATH}/{id}/runs`,
      tag: 'exchange',
      summary: 'What became of each time, newest first; of the last 30 days',
      access: STAFF,
      params: Type.Object({ id }),
      query: pageQuery,
      answer: { status: 200, body: Type.Object({ items: Type.Array(run), next: nullableText }) },
      refusals: ['exchange.schedule-unknown'],
      async handle({ tenant, params, query: { limit = 20, ...query } }) {
        return shown(await schedules.runs(tenant.id, params.id, { limit, ...query }))
      },
    }),
    route({
      id: 'getExchangeFile',
      method: 'GET',
      path: '/api/v1/admin/exchange-runs/{id}/file',
      tag: 'exchange',
      summary: 'The file that an export left, while it is kept',
      access: STAFF,
      params: Type.Object({ id }),
      answer: { status: 200, body: Type.String(), types: [CSV, XLSX] },
      refusals: ['exchange.file-unknown'],
      async handle({ tenant, params }) {
        const outcome = await schedules.file(tenant.id, params.id)
        if (!outcome.ok) return outcome
        const { kind: of, format: extension, dueAt, body } = outcome.value
        const name = `${of}-${dueAt.slice(0, 16).replaceAll(':', '-')}`
        return accept({ headers: fileHeaders(name, extension), body })
      },
    }),
  ]
}
