import { MERGE_PATCH } from './body.ts'
import type { Compiled } from './operation.ts'
import { platformProblems, sentence, type ProblemBook } from './problems.ts'
import type { PlainSchema } from './schema.ts'

/** An operation of the platform itself: it has no record, but a line in the documentation. */
export interface PlatformOperation {
  readonly id: string
  readonly path: string
  readonly summary: string
  readonly type: string
  readonly refusals?: readonly string[]
}

const IDEMPOTENCY_NOTE =
  'Made once by the client before the first try and sent again with every repeat: the same key and body give the same answer for 48 h, and one effect.'

/** What any operation may answer, beside its own refusals. */
const ALWAYS = ['tenant.unknown', 'auth.token-invalid', 'platform.unavailable', 'internal']
const WITH_BODY = ['request.not-json', 'request.too-large', 'request.unsupported-media-type']
const WITH_UPLOAD = ['request.too-large', 'request.unsupported-media-type', 'request.malformed']
const WITH_KEY = ['request.key-reused', 'request.key-too-long']

/** The OpenAPI 3.1 document of exactly the routes that are served. */
export function openApi(options: {
  readonly routes: readonly Compiled[]
  readonly platform: readonly PlatformOperation[]
  readonly book: ProblemBook
  readonly version: string
  readonly publicUrl: string | undefined
}): Record<string, unknown> {
  const { routes, platform, book } = options
  const paths: Record<string, Record<string, unknown>> = {}
  for (const compiled of routes) {
    const { path, method } = compiled.route
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation(compiled, book) }
  }
  for (const each of platform) paths[each.path] = { get: platformOperation(each, book) }

  return {
    openapi: '3.1.0',
    info: {
      title: 'Torg',
      version: options.version,
      description:
        'The shop is chosen by host name. Money is in minor units. Refusals are problem documents (RFC 9457) with a stable `code`.',
    },
    servers: [{ url: options.publicUrl ?? '/' }],
    tags: [...new Set([...routes.map((each) => each.route.tag), 'platform'])].map((name) => ({
      name,
    })),
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: { Problem: PROBLEM },
    },
  }
}

const PROBLEM: PlainSchema = {
  type: 'object',
  description: 'RFC 9457. Facts of the refusal stand beside these members.',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code'],
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string', format: 'uri-reference' },
    code: { type: 'string' },
    errors: {
      type: 'array',
      description: 'With `request.invalid`: each place (JSON pointer) and what is wrong there.',
      items: {
        type: 'object',
        required: ['in', 'pointer', 'message'],
        properties: {
          in: { enum: ['body', 'query', 'path', 'header'] },
          pointer: { type: 'string' },
          message: { type: 'string' },
        },
      },
    },
  },
}

function operation(compiled: Compiled, book: ProblemBook): Record<string, unknown> {
  const { route } = compiled
  const anyone = route.access.who === 'anyone'
  const bearer = { bearer: [] }
  return {
    operationId: route.id,
    tags: [route.tag],
    summary: route.summary,
    ...(route.description === undefined ? {} : { description: route.description }),
    'x-authz': route.access,
    // Whoever may call without a token may call with one too; a lock on every line would say less.
    ...(anyone ? {} : { security: [bearer] }),
    parameters: [
      ...parameters(compiled.params, 'path'),
      ...parameters(compiled.query, 'query'),
      ...headerParameters(route.headers ?? {}),
      ...(route.idempotent === true ? KEY_HEADERS : []),
    ],
    ...(compiled.body === undefined ? {} : { requestBody: requestBody(compiled) }),
    ...(route.upload === undefined ? {} : { requestBody: UPLOAD }),
    responses: {
      ...goodResponse(compiled),
      ...(route.headers !== undefined && 'If-None-Match' in route.headers ? NOT_MODIFIED : {}),
      ...(route.headers !== undefined && 'Range' in route.headers ? partOf(compiled) : {}),
      ...(route.answer.moved === true ? MOVED : {}),
      ...problemResponses(codesOf(compiled), book),
    },
  }
}

function codesOf({ route }: Compiled): string[] {
  // Even an operation without input refuses a field in the query that no one asked for.
  const codes = [...(route.refusals ?? []), ...ALWAYS, 'request.invalid']
  if (route.upload !== undefined) codes.push(...WITH_UPLOAD)
  else if (route.method !== 'GET') codes.push(...WITH_BODY)
  if (route.idempotent === true) codes.push(...WITH_KEY)
  if (route.access.who !== 'anyone') codes.push('auth.required')
  if (Array.isArray(route.access.who)) codes.push('auth.forbidden')
  return [...new Set(codes)]
}

/** Bytes of any type (OpenAPI 3.1 section 4.8.14.3: a schema would say nothing). */
const UPLOAD = { required: true, content: { '*/*': {} } }

const MOVED = { 301: { description: 'It has another address by now: `Location` says which.' } }

const NOT_MODIFIED = { 304: { description: 'Unchanged since the answer with that tag.' } }

const KEY_HEADERS = ['Idempotency-Key', 'X-Idempotency-Key'].map((name) => ({
  name,
  in: 'header',
  required: false,
  description: IDEMPOTENCY_NOTE,
  schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' },
}))

function parameters(schema: PlainSchema, place: 'path' | 'query'): Record<string, unknown>[] {
  const required = new Set((schema['required'] ?? []) as readonly string[])
  return Object.entries((schema['properties'] ?? {}) as Record<string, PlainSchema>).map(
    ([name, each]) => ({
      name,
      in: place,
      required: place === 'path' || required.has(name),
      ...(each['description'] === undefined ? {} : { description: each['description'] }),
      schema: each,
    }),
  )
}

function headerParameters(headers: Readonly<Record<string, string>>): Record<string, unknown>[] {
  return Object.entries(headers).map(([name, description]) => ({
    name,
    in: 'header',
    required: false,
    description,
    schema: { type: 'string' },
  }))
}

function requestBody({ route, body }: Compiled): Record<string, unknown> {
  const example = route.example?.body
  const kinds = (body?.['anyOf'] ?? [body ?? {}]) as readonly PlainSchema[]
  const said = { schema: body, ...(example === undefined ? {} : { example }) }
  return {
    // What needs no field may be left out altogether.
    required: kinds.every((kind) => ((kind['required'] ?? []) as readonly string[]).length > 0),
    content: {
      'application/json': said,
      ...(route.method === 'PATCH' ? { [MERGE_PATCH]: said } : {}),
    },
  }
}

function goodResponse({ route, answer }: Compiled): Record<string, unknown> {
  const { status, types } = route.answer
  if (status === 204) return { 204: { description: 'Done; there is nothing to say.' } }
  const example = route.example?.answer
  const headers =
    route.idempotent === true
      ? {
          headers: {
            'Idempotent-Replayed': {
              description: 'Present when this answer was given before.',
              schema: { const: 'true' },
            },
          },
        }
      : {}
  const content = types?.length
    ? Object.fromEntries(types.map((type) => [type, {}]))
    : { 'application/json': { schema: answer, ...(example === undefined ? {} : { example }) } }
  const found = { 200: { description: 'It was there already.', ...headers, content } }
  return {
    ...(route.answer.found === true ? found : {}),
    [status]: { description: status === 201 ? 'Created.' : 'Done.', ...headers, content },
  }
}

/** Answers to a wish for a part of the bytes (RFC 9110 section 14). */
function partOf({ route }: Compiled): Record<string, unknown> {
  const content = Object.fromEntries((route.answer.types ?? []).map((type) => [type, {}]))
  return {
    206: { description: 'The part that was asked for.', content },
    416: { description: 'It is not that long: `Content-Range` says how long it is.', content },
  }
}

/** One response per status, with an example per code. */
function problemResponses(codes: readonly string[], book: ProblemBook): Record<string, unknown> {
  const byStatus = new Map<number, string[]>()
  for (const code of codes) {
    const row = book.codes.get(code)
    if (row === undefined) throw new Error(`no problem table knows ${code}`)
    byStatus.set(row.status, [...(byStatus.get(row.status) ?? []), code])
  }

  const responses: Record<string, unknown> = {}
  for (const [status, its] of [...byStatus].sort(([a], [b]) => a - b)) {
    const rows = its.map((code) => ({ code, title: book.codes.get(code)?.title ?? '' }))
    responses[status] = {
      description: rows.map(({ code, title }) => `\`${code}\`: ${title}.`).join(' '),
      content: {
        'application/problem+json': {
          schema: { $ref: '#/components/schemas/Problem' },
          examples: Object.fromEntries(
            rows.map(({ code, title }) => [code, { value: exampleOf(code, title, status, book) }]),
          ),
        },
      },
    }
  }
  return responses
}

function exampleOf(code: string, title: string, status: number, book: ProblemBook): unknown {
  const row = book.codes.get(code) ?? platformProblems.internal
  const errors = [{ in: 'body', pointer: '/quantity', message: 'must be integer' }]
  return {
    type: book.typeOf(code),
    title,
    status,
    detail: sentence(
      { ...row, detail: row.detail?.replace(/\{(\w+)\}/g, '‹$1›') ?? `${title}.` },
      {},
    ),
    instance: '/traces/0b8f6c1e-5f0a-4c3e-9d5e-1c2d3e4f5a6b',
    code,
    ...(code === 'request.invalid' ? { errors } : {}),
  }
}

function platformOperation(each: PlatformOperation, book: ProblemBook): Record<string, unknown> {
  const named = [...each.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
  return {
    operationId: each.id,
    tags: ['platform'],
    summary: each.summary,
    'x-authz': { who: 'anyone', whose: 'public' },
    parameters: named.map((name) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    })),
    responses: {
      200: { description: 'Done.', content: { [each.type]: {} } },
      ...problemResponses([...(each.refusals ?? []), 'internal'], book),
    },
  }
}
