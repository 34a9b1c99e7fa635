import type { Readable } from 'node:stream'

import Type from 'typebox'

import { answered, route, shown, type Access, type Route } from '#platform/http/route'
import { nullableText, pageQuery } from '#platform/http/schemas'
import { accept } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'

import type { Imports, TableFormat, TableKind } from '../contract.ts'
import { CSV, delimiter, encoding, fileHeaders, format, id, kind, mode, XLSX } from './schemas.ts'

const STAFF: Access = { who: ['staff', 'admin'], whose: 'shop' }

const view = Type.Object({
  id,
  kind,
  format,
  mode,
  state: Type.Union([
    Type.Literal('waiting'),
    Type.Literal('running'),
    Type.Literal('done'),
    Type.Literal('broken'),
    Type.Literal('cancelled'),
  ]),
  rows: Type.Integer({ description: 'Read until now, without the header.' }),
  applied: Type.Integer(),
  unchanged: Type.Integer(),
  failed: Type.Integer(),
  bytes: Type.Integer(),
  progress: Type.Number({ minimum: 0, maximum: 1 }),
  rowsPerSecond: Type.Union([Type.Integer(), Type.Null()]),
  secondsLeft: Type.Union([Type.Integer(), Type.Null()]),
  createdAt: Type.String({ format: 'date-time' }),
  endedAt: nullableText,
  scheduleId: nullableText,
})

export function exchangeRoutes(
  imports: Imports,
  exports: TableFile,
  { limitBytes }: { readonly limitBytes: number },
): readonly Route[] {
  return [...sending(imports, limitBytes), ...looking(imports), exporting(exports)]
}

function sending(imports: Imports, limitBytes: number): Route[] {
  return [
    route({
      id: 'beginImport',
      method: 'POST',
      path: '/api/v1/admin/imports',
      tag: 'exchange',
      summary: 'Send a table of products, prices or stock',
      description:
        'The body is the file itself, CSV or XLSX. It is read in the background; rows that are wrong are named in the report and leave the others alone. A row is applied once, however often its import is interrupted.',
      access: STAFF,
      upload: { limitBytes },
      query: Type.Object({
        kind,
        mode: Type.Optional(mode),
        delimiter: Type.Optional(delimiter),
        encoding: Type.Optional(encoding),
      }),
      answer: { status: 202, body: view },
      refusals: ['exchange.file-empty', 'exchange.too-many-imports'],
      idempotent: true,
      handle: async ({ tenant, query: { mode: how = 'apply', ...query }, upload, cause }) =>
        answered(await imports.begin(tenant, { mode: how, ...query }, upload, cause)),
    }),
    route({
      id: 'cancelImport',
      method: 'POST',
      path: '/api/v1/admin/imports/{id}/cancel',
      tag: 'exchange',
      summary: 'Read an import no further; what has been applied stays',
      access: STAFF,
      params: Type.Object({ id }),
      answer: { status: 200, body: view },
      refusals: ['exchange.import-unknown', 'exchange.import-over'],
      idempotent: true,
      handle: async ({ tenant, params, cause }) =>
        answered(await imports.cancel(tenant.id, params.id, cause)),
    }),
  ]
}

function looking(imports: Imports): Route[] {
  return [
    route({
      id: 'listImports',
      method: 'GET',
      path: '/api/v1/admin/imports',
      tag: 'exchange',
      summary: 'The imports of the shop, newest first',
      access: STAFF,
      query: pageQuery,
      answer: { status: 200, body: Type.Object({ items: Type.Array(view), next: nullableText }) },
      handle: async ({ tenant, query: { limit = 20, ...query } }) =>
        accept({ body: await imports.list(tenant.id, { limit, ...query }) }),
    }),
    route({
      id: 'getImport',
      method: 'GET',
      path: '/api/v1/admin/imports/{id}',
      tag: 'exchange',
      summary: 'How far an import is',
      access: STAFF,
      params: Type.Object({ id }),
      answer: { status: 200, body: view },
      refusals: ['exchange.import-unknown'],
      async handle({ tenant, params }) {
        return shown(await imports.view(tenant.id, params.id))
      },
    }),
    route({
      id: 'listImportFaults',
      method: 'GET',
      path: '/api/v1/admin/imports/{id}/faults',
      tag: 'exchange',
      summary: 'What was wrong with its rows, by line; the first 10,000',
      access: STAFF,
      params: Type.Object({ id }),
      query: Type.Object({
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 })),
        after: Type.Optional(Type.String({ pattern: '^\\d{1,9}\\.\\d{1,6}$' })),
      }),
      answer: {
        status: 200,
        body: Type.Object({
          items: Type.Array(
            Type.Object({
              line: Type.Integer(),
              column: nullableText,
              code: Type.String(),
              reason: Type.String(),
            }),
          ),
          next: nullableText,
        }),
      },
      refusals: ['exchange.import-unknown'],
      async handle({ tenant, params, query: { limit = 100, ...query } }) {
        return shown(await imports.faults(tenant.id, params.id, { limit, ...query }))
      },
    }),
  ]
}

/** A table as a file that is written while it is sent. */
export type TableFile = (tenant: Tenant, kind: TableKind, format: TableFormat) => Readable

function exporting(fileOf: TableFile): Route {
  return route({
    id: 'exportTable',
    method: 'GET',
    path: '/api/v1/admin/exports/{kind}',
    tag: 'exchange',
    summary: 'Products, prices or stock as a table that can be imported again',
    description:
      'Written while it is sent. A text that a spreadsheet would take for a formula begins with an apostrophe, which an import takes away.',
    access: STAFF,
    params: Type.Object({ kind }),
    query: Type.Object({ format: Type.Optional(format) }),
    answer: { status: 200, body: Type.String(), types: [CSV, XLSX] },
    async handle({ tenant, params, query }) {
      const { format: extension = 'csv' } = query
      return accept({
        headers: fileHeaders(params.kind, extension),
        body: fileOf(tenant, params.kind, extension),
      })
    },
  })
}
