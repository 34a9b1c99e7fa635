import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'

import { TooLarge } from '../blob/blobs.ts'
import { Unavailable, type Refusal } from '../outcome.ts'
import { isPersonLookingFor } from './not-found.ts'
import type { PageServer } from './page-server.ts'
import type { ProblemBook } from './problems.ts'
import type { Fault } from './text.ts'

export const BODY_LIMIT_BYTES = 100_000
export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'

/** A refused body of at most so much is read to its end: who is hung up on may never see the answer. */
const READ_TO_END_BYTES = 2_000_000

/** A refusal on its way out of a Fastify hook or parser, where only an error can be handed on. */
export class Refused extends Error {
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.code)
    this.name = 'Refused'
    this.refusal = refusal
  }
}

/** A refusal with its facts, for those of the platform. */
export function refusal(code: string, facts: Readonly<Record<string, unknown>> = {}): Refusal {
  return { ...facts, code }
}

export function invalid(errors: readonly Fault[]): Refusal {
  return refusal('request.invalid', { errors })
}

/** The one writer of answers that say no. */
export interface Answers {
  refuse(request: FastifyRequest, reply: FastifyReply, refused: Refusal): FastifyReply
  /** Whatever was thrown: by Fastify, by a handler, by a bug. */
  failed(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply
}

export function openAnswers(
  book: ProblemBook,
  log: Logger,
  pagesOf: () => Pick<PageServer, 'instead'> | undefined = () => undefined,
): Answers {
  function refuse(request: FastifyRequest, reply: FastifyReply, refused: Refusal): FastifyReply {
    if (!book.codes.has(refused.code))
      return failed(request, reply, new Error(`no problem table knows ${refused.code}`))
    const problem = book.problem(refused, request.id)
    if (problem.status === 401) reply.header('www-authenticate', challenge(refused.code))
    const retry = (refused as { retryAfterSeconds?: unknown }).retryAfterSeconds
    if (typeof retry === 'number')
      reply.header('retry-after', String(Math.max(1, Math.ceil(retry))))
    // Fastify hangs up after every body it has refused; an upload is refused by us.
    if (problem.status === 413) {
      if (isWorthReading(request)) reply.removeHeader('connection')
      else reply.header('connection', 'close')
    }
    reply.code(problem.status)
    const page = isForPeople(request, problem.status)
      ? pagesOf()?.instead(request, problem.status)
      : undefined
    if (page !== undefined) return reply.headers({ ...page.headers }).send(page.html)
    return reply.header('content-type', PROBLEM_TYPE).send(JSON.stringify(problem))
  }

  function failed(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
    const refused = refusalOf(error)
    if (refused.code === 'internal' || refused.code === 'platform.unavailable') {
      const level = refused.code === 'internal' ? 'error' : 'warn'
      const user = request.actor.kind === 'user' ? request.actor.id : null
      log[level](
        { err: error, request_id: request.id, user_id: user, route: request.operation.id },
        `${request.operation.id} failed`,
      )
    }
    return refuse(request, reply, refused)
  }

  return { refuse, failed }
}

/** What went wrong with a page, and an address that cannot be read; the API's problems stay what they are. */
function isForPeople(request: FastifyRequest, status: number): boolean {
  return (status >= 500 || status === 400) && isPersonLookingFor(request)
}

/** Without a length nobody knows when it ends. */
function isWorthReading({ headers }: FastifyRequest): boolean {
  return Number(headers['content-length'] ?? Infinity) <= READ_TO_END_BYTES
}

/** RFC 6750 section 3: a missing token is no error, a wrong one is. */
function challenge(code: string): string {
  return code === 'auth.token-invalid' ? 'Bearer error="invalid_token"' : 'Bearer'
}

/** What Fastify throws, in our words. Everything unknown is our bug and says nothing more. */
function refusalOf(error: unknown): Refusal {
  if (error instanceof Refused) return error.refusal
  if (error instanceof TooLarge)
    return refusal('request.too-large', { limitBytes: error.limitBytes })
  if (error instanceof Unavailable) {
    return refusal('platform.unavailable', { retryAfterSeconds: error.retryAfterSeconds })
  }
  const { code, statusCode } = (error ?? {}) as { code?: unknown; statusCode?: unknown }
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return refusal('request.too-large', { limitBytes: BODY_LIMIT_BYTES })
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    // What Fastify asks of the method QUERY (RFC 10008), before it looks who would answer.
    case 'FST_ERR_ROUTE_MISSING_CONTENT_TYPE':
      return refusal('request.unsupported-media-type')
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return refusal('request.malformed', { reason: 'the body is not as long as announced' })
    case 'FST_ERR_BAD_URL':
      return refusal('request.malformed', { reason: 'the address has a broken percent escape' })
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return refusal('request.not-found')
    case 'ECONNRESET':
    case 'ECONNABORTED':
    case 'ERR_STREAM_PREMATURE_CLOSE':
      return refusal('request.malformed', { reason: 'the client went away' })
    default:
      return refusalOfFile(statusCode)
  }
}

/** What the file server throws, by its status. */
function refusalOfFile(statusCode: unknown): Refusal {
  switch (statusCode) {
    // A path that leaves its folder, a file that is not there.
    case 403:
    case 404:
      return refusal('request.not-found')
    case 412:
    case 416:
      return refusal('request.malformed', { reason: 'the file has no such version or range' })
    default:
      return refusal('internal')
  }
}
