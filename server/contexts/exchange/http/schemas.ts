/** Shapes that the routes of tables share. */
import Type from 'typebox'

import { nullableText } from '#platform/http/schemas'
import { ID_PATTERN } from '#platform/keyset'

import type { TableFormat } from '../contract.ts'

export const CSV = 'text/csv'
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export const id = Type.String({ pattern: `^${ID_PATTERN}$` })
export const kind = Type.Union([
  Type.Literal('products'),
  Type.Literal('prices'),
  Type.Literal('stock'),
])
export const format = Type.Union([Type.Literal('csv'), Type.Literal('xlsx')])
export const mode = Type.Union([Type.Literal('apply'), Type.Literal('trial')], {
  description: '`trial`: everything is read and judged, nothing is changed.',
})
export const delimiter = Type.Union([
  Type.Literal(','),
  Type.Literal(';'),
  Type.Literal('\t'),
  Type.Literal('|'),
])
export const encoding = Type.Union([
  Type.Literal('utf-8'),
  Type.Literal('utf-16le'),
  Type.Literal('utf-16be'),
  Type.Literal('windows-1251'),
])

const at = Type.String({
  pattern: '^(?:[01]\\d|2[0-3]):[0-5]\\d$',
  description: 'In the time zone of the shop.',
})

const rhythm = Type.Union([
  Type.Object({
    every: Type.Literal('hours'),
    hours: Type.Integer({ minimum: 1, maximum: 168 }),
  }),
  Type.Object({ every: Type.Literal('day'), at }),
  Type.Object({
    every: Type.Literal('week'),
    on: Type.Union([
      Type.Literal('monday'),
      Type.Literal('tuesday'),
      Type.Literal('wednesday'),
      Type.Literal('thursday'),
      Type.Literal('friday'),
      Type.Literal('saturday'),
      Type.Literal('sunday'),
    ]),
    at,
  }),
])

const url = Type.String({ minLength: 1, maxLength: 2_000 })
const name = Type.String({ minLength: 1, maxLength: 100 })

export const scheduleBody = Type.Object({
  name,
  kind,
  rhythm,
  isPaused: Type.Optional(Type.Boolean()),
  from: Type.Optional(
    Type.Object({
      url,
      mode: Type.Optional(mode),
      delimiter: Type.Optional(delimiter),
      encoding: Type.Optional(encoding),
    }),
  ),
  to: Type.Optional(
    Type.Object({
      format: Type.Optional(format),
      keep: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: 100,
          default: 7,
          description: 'Files; older ones go.',
        }),
      ),
    }),
  ),
})

const moment = Type.String({ format: 'date-time' })

export const run = Type.Object({
  id,
  dueAt: moment,
  because: Type.Union([Type.Literal('due'), Type.Literal('asked')]),
  state: Type.Union(
    [
      Type.Literal('waiting'),
      Type.Literal('running'),
      Type.Literal('importing'),
      Type.Literal('done'),
      Type.Literal('failed'),
      Type.Literal('cancelled'),
      Type.Literal('passed-over'),
    ],
    { description: '`passed-over`: the run before was still under way.' },
  ),
  attempts: Type.Integer(),
  retryAt: nullableText,
  rows: Type.Integer(),
  failed: Type.Integer(),
  fault: Type.Union([Type.Object({ code: Type.String(), reason: Type.String() }), Type.Null()]),
  importId: nullableText,
  file: Type.Union([Type.Object({ url: Type.String(), bytes: Type.Integer() }), Type.Null()]),
  beganAt: nullableText,
  endedAt: nullableText,
})

export const schedule = Type.Object({
  id,
  name,
  kind,
  rhythm,
  isPaused: Type.Boolean(),
  from: Type.Union([
    Type.Object({
      url,
      mode,
      delimiter: Type.Optional(Type.String()),
      encoding: Type.Optional(Type.String()),
    }),
    Type.Null(),
  ]),
  to: Type.Union([Type.Object({ format, keep: Type.Integer() }), Type.Null()]),
  nextAt: nullableText,
  createdAt: moment,
  lastRun: Type.Union([run, Type.Null()]),
})

/** For a table that is saved as a file. */
export function fileHeaders(fileName: string, extension: TableFormat) {
  return {
    'content-type': extension === 'csv' ? `${CSV}; charset=utf-8` : XLSX,
    'content-disposition': `attachment; filename="${fileName}.${extension}"`,
    'cache-control': 'no-store',
  }
}
