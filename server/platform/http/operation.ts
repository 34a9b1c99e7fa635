import { Readable } from 'node:stream'

import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'

import type { Ids } from '../ids.ts'
import type { Outcome } from '../outcome.ts'
import type { Tenant } from '../tenants.ts'
import { faultOfAccess } from './access.ts'
import { invalid, type Answers } from './answers.ts'
import { PLACE_HEADER, waitFor, type Places } from '../cache/places.ts'
import { callerOf, idempotencyKey, type Fingerprint, type GuestName } from './cause.ts'
import type { Actor, Cause, Reply, Route, RouteRequest } from './route.ts'
import { check, isLike, plain, reader, type Check, type PlainSchema } from './schema.ts'
import { hostileText, type Fault } from './text.ts'
import { uploadOf } from './upload.ts'

declare module 'fastify' {
  interface FastifyRequest {
    tenant: Tenant
    actor: Actor
    operation: Operation
  }
}

/** What the log and the metrics know of a route. */
export interface Operation {
  readonly id: string
  readonly path: string
  readonly answered: (status: number, seconds: number) => void
}

/** A route's schemas as plain JSON, and its checks. */
export interface Compiled {
  readonly route: Route
  readonly params: PlainSchema
  readonly query: PlainSchema
  readonly body: PlainSchema | undefined
  readonly answer: PlainSchema
  readonly takesBody: boolean
}

const NOTHING: PlainSchema = { type: 'object', properties: {}, additionalProperties: false }
const PATH_TEXT = Type.String({ minLength: 1, maxLength: 100 })

/** Makes a record ready to serve. Throws, naming the route, when the record contradicts itself. */
export function compileRoute(route: Route): Compiled {
  const names = [...route.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '')
  const params =
    route.params ?? Type.Object(Object.fromEntries(names.map((name) => [name, PATH_TEXT])))
  const compiled: Compiled = {
    route,
    params: plain(params, true),
    query: route.query === undefined ? NOTHING : plain(route.query, true),
    body: route.body === undefined ? undefined : plain(route.body, true),
    answer: plain(route.answer.body, false),
    takesBody: route.method !== 'GET' && route.upload === undefined,
  }

  const blame = (why: string): never => {
    throw new Error(`route ${route.id}: ${why}`)
  }
  const fault = faultOfAccess(route)
  if (fault !== undefined) blame(fault)
  const declared = Object.keys(compiled.params['properties'] ?? {})
  if (declared.toSorted().join() !== names.toSorted().join()) {
    blame(`has {${names.join()}} in its path but {${declared.join()}} in its params`)
  }
  if (compiled.body !== undefined && route.upload !== undefined) blame('takes an upload and a body')
  if (compiled.body !== undefined && !compiled.takesBody) blame('a GET takes no body')
  if (route.upload !== undefined && route.method === 'GET') blame('a GET takes no upload')
  const { example } = route
  const { body = NOTHING, answer } = compiled
  if (example?.body !== undefined && !isLike(body, example.body)) {
    blame(`its example body is refused: ${JSON.stringify(check(body, 'body')(example.body))}`)
  }
  if (example?.answer !== undefined && !isLike(answer, example.answer)) {
    const faults = check(answer, 'body')(example.answer)
    blame(`its example answer is not one: ${JSON.stringify(faults)}`)
  }
  return compiled
}

/** What every handler needs beside its record. */
export interface HandlerParts {
  /** Where writes say where in the log they are, and reads wait for that; absent where nobody follows. */
  readonly places?: Places | undefined
  readonly answers: Answers
  readonly ids: Ids
  readonly guest: GuestName
  readonly fingerprint: Fingerprint
}

/** The way of one request through a route: check, handle, answer. */
export function handler(
  compiled: Compiled,
  parts: HandlerParts,
): (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply> {
  const { route } = compiled
  const { answers } = parts
  const faultsOf = inputCheck(compiled)
  const idempotent = route.idempotent === true
  const goodStatus = route.answer.status
  const { places } = parts
  const isRead = route.method === 'GET'
  const sendBody = sender(compiled.answer)

  return async (request, reply) => {
    const place = request.headers[PLACE_HEADER]
    if (isRead && place !== undefined && places !== undefined) {
      const refused = await waitFor(places, place)
      if (refused !== undefined) return answers.refuse(request, reply, refused)
    }
    const faults = faultsOf(request)
    if (faults.length > 0) return answers.refuse(request, reply, invalid(faults))

    let clientKey: string | undefined
    if (idempotent) {
      const key = idempotencyKey(request.headers)
      if (!key.ok) return answers.refuse(request, reply, key.refusal)
      clientKey = key.value
    }

    const outcome: Outcome<Reply<unknown>> = await route.handle(
      new Asked(request, clientKey, parts),
    )
    if (!outcome.ok) return answers.refuse(request, reply, outcome.refusal)
    const { status, headers, replayed, body } = outcome.value
    if (headers !== undefined) reply.headers(headers)
    if (replayed === true) reply.header('idempotent-replayed', 'true')
    if (!isRead) {
      const last = places?.last()
      if (last !== undefined) reply.header(PLACE_HEADER, last)
    }
    reply.code(status ?? goodStatus)
    return goodStatus === 204 ? reply.send() : sendBody(reply, body)
  }
}

const JSON_TYPE = 'application/json; charset=utf-8'

/**
 * Sends what the schema of the answer knows of a body, and nothing else. How is compiled at the first
 * answer: of its hundreds of operations a process may never be asked for most.
 */
function sender(schema: PlainSchema): (reply: FastifyReply, body: unknown) => FastifyReply {
  let write: ((body: Record<string, unknown>) => string) | undefined
  return (reply, body) => {
    // What is ready to be sent is sent as it is.
    if (typeof body !== 'object' || Buffer.isBuffer(body) || body instanceof Readable) {
      return reply.send(body)
    }
    write ??= reply.compileSerializationSchema({ ...schema })
    const text = write(body as Record<string, unknown>)
    if (!reply.hasHeader('content-type')) reply.type(JSON_TYPE)
    return reply.send(text)
  }
}

/** Checks everything the caller sent; numbers in the path and the query have become numbers. */
function inputCheck(compiled: Compiled): (request: FastifyRequest) => readonly Fault[] {
  const readParams = reader(compiled.params)
  const readQuery = reader(compiled.query)
  const checkParams = check(compiled.params, 'path')
  const checkQuery = check(compiled.query, 'query')
  const checkBody: Check = compiled.body === undefined ? checkAbsent : check(compiled.body, 'body')
  const { takesBody } = compiled

  return (request) => {
    const params = request.params as Record<string, unknown>
    const query = request.query as Record<string, unknown>
    const { body } = request
    const hostile =
      hostileText(params, 'path') ??
      hostileText(query, 'query') ??
      (takesBody ? hostileText(body, 'body') : undefined)
    if (hostile !== undefined) return [hostile]

    const inPath = checkParams(readParams(params))
    const inQuery = checkQuery(readQuery(query))
    if (!takesBody) return inPath.length === 0 ? inQuery : [...inPath, ...inQuery]
    // What was not sent has no fields: the check then names those that are required.
    const inBody = checkBody(body === undefined ? {} : body)
    if (inPath.length + inQuery.length === 0) return inBody
    return [...inPath, ...inQuery, ...inBody]
  }
}

/** A route that takes no body accepts an absent or empty one: many clients send `{}`. */
function checkAbsent(body: unknown): readonly Fault[] {
  if (body === null) return []
  if (typeof body === 'object' && !Array.isArray(body) && Object.keys(body).length === 0) return []
  return [{ in: 'body', pointer: '', message: 'this operation takes no body' }]
}

const NO_BYTES = Buffer.alloc(0)

/** A request as a handler sees it. The cause is made on demand, because reads need none. */
class Asked implements RouteRequest<unknown, unknown, unknown> {
  readonly tenant: Tenant
  readonly actor: Actor
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
  readonly requestId: string
  readonly header: (name: string) => string | undefined
  readonly #request: FastifyRequest
  readonly #clientKey: string | undefined
  readonly #parts: HandlerParts
  #cause: Cause | undefined

  constructor(request: FastifyRequest, clientKey: string | undefined, parts: HandlerParts) {
    this.tenant = request.tenant
    this.actor = request.actor
    this.params = request.params
    this.query = request.query
    this.body = request.body ?? {}
    this.requestId = request.id
    this.header = (name) => {
      const value = request.headers[name.toLowerCase()]
      return Array.isArray(value) ? value[0] : value
    }
    this.#request = request
    this.#clientKey = clientKey
    this.#parts = parts
  }

  get upload(): AsyncIterable<Uint8Array> {
    return uploadOf(this.#request)
  }

  get rawBody(): Buffer {
    return this.#request.rawBody ?? NO_BYTES
  }

  get ip(): string {
    return this.#request.ip
  }

  get cause(): Cause {
    if (this.#cause !== undefined) return this.#cause
    const { method, url, headers } = this.#request
    const { ids, guest, fingerprint } = this.#parts
    this.#cause = {
      caller: callerOf(this.actor, () => guest(this.ip, headers['user-agent'])),
      // Never the request id: clients may choose that one, and a key must not repeat by accident.
      key: this.#clientKey ?? `request/${ids.next()}`,
      isFreshKey: this.#clientKey === undefined,
      // A key made here never comes again, so there is nothing to compare.
      fingerprint:
        this.#clientKey === undefined ? '' : fingerprint(method, url, this.#request.body),
    }
    return this.#cause
  }
}
