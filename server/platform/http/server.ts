import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import Fastify, {
  type FastifyHttpOptions,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type RouteOptions,
} from 'fastify'
import type { Logger } from 'pino'

import type { Secrets } from '../auth/secrets.ts'
import type { Tokens } from '../auth/tokens.ts'
import type { Places } from '../cache/places.ts'
import type { Context } from '../context.ts'
import type { Ids } from '../ids.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import type { Tenants } from '../tenants.ts'
import { addressesOf, refuseOtherMethods, refuseTwins } from './addresses.ts'
import { BODY_LIMIT_BYTES, openAnswers, refusal, type Answers } from './answers.ts'
import { acceptJsonOnly } from './body.ts'
import { fingerprinter, guestNamer } from './cause.ts'
import { closer } from './closing.ts'
import { addDocs } from './docs-page.ts'
import { gate } from './gate.ts'
import { faultOfHead } from './head.ts'
import type { ShopLink } from './home.ts'
import { compileRoute, handler, type Compiled, type Operation } from './operation.ts'
import { isOfPages, isPersonLookingFor, sendNotFound } from './not-found.ts'
import { openApi } from './openapi.ts'
import type { PageServer } from './page-server.ts'
import {
  healthOperations,
  platformOperations,
  platformRoutes,
  type MetricsReaders,
  type ReadinessChecks,
} from './platform-routes.ts'
import { problemBook, type ProblemBook } from './problems.ts'
import type { Actor } from './route.ts'
import { answerBrokenHttp, answerExpectations } from './sockets.ts'
import { tourOf } from './tour.ts'
import { addUploadRoute } from './upload.ts'
import { addSocketRoute, upgrades } from './web-socket.ts'

/** Connections that may wait to be taken; a rush of buyers must not be reset (Node's own is 511). */
const BACKLOG = 4096

interface State {
  draining: boolean
  pages: PageServer | undefined
}

/** What the HTTP server is made of. */
export interface HttpOptions {
  readonly contexts: readonly Pick<Context, 'name' | 'routes' | 'problems'>[]
  /** Serves `/livez`, `/readyz` and `/metrics` alone, as a process does that is only a worker. */
  readonly isHealthOnly?: boolean
  readonly tenants: Tenants
  readonly tokens: Tokens
  readonly secrets: Secrets
  readonly ids: Ids
  readonly log: Logger
  readonly metrics: Metrics
  /** Who may read `/metrics`: whoever shows this token, or, without one, everybody or nobody. */
  readonly metricsFor?: MetricsReaders
  readonly version: string
  /** Each throws, or takes longer than a second, when the process should get no traffic. */
  readonly checks: ReadinessChecks
  /** The shops the first page links. */
  readonly shops?: () => Promise<readonly ShopLink[]>
  /** Path of the README, served at `/tour`. */
  readonly tourFile?: string
  readonly publicUrl?: string | undefined
  /** Addresses of proxies whose `X-Forwarded-*` headers are believed; none by default. */
  readonly trustProxy?: readonly string[]
  /** Serves the pages of shops, to whom nothing else answers; undefined where there are none. */
  readonly pages?: (fastify: FastifyInstance) => Promise<PageServer | undefined>
  /** Where writes say where in the log they are, and reads wait for that. */
  readonly places?: Places
}

/** The HTTP side of one process. */
export interface HttpServer {
  readonly fastify: FastifyInstance
  /** The document served at `/openapi.json`. */
  readonly openApi: Record<string, unknown>
  /** Every method and address the router knows, as `GET /api/v1/carts/:id`, refused methods included. */
  readonly addresses: ReadonlySet<string>
  /** Starts to listen; returns the port, for those who asked for port 0. */
  listen(port: number, host: string): Promise<number>
  /** Turns `/readyz` to 503 and goes on serving, so that balancers look elsewhere. */
  beginDrain(): void
  /** Takes no new connections, finishes what is under way (at most 8 s), then returns. */
  close(): Promise<void>
}

/**
 * Builds the server from the contexts' route records. Throws when a record or a table is not
 * complete: no access declared, an unknown refusal, one code or one address claimed twice.
 */
export async function openHttp(options: HttpOptions): Promise<HttpServer> {
  const { contexts, log, metrics } = options
  const book = problemBook(contexts, options.publicUrl)
  const state: State = { draining: false, pages: undefined }
  const answers = openAnswers(book, log, () => state.pages)
  const compiled = contexts.flatMap((context) => context.routes).map(compileRoute)
  refuseTwins(compiled)
  const tour = options.tourFile === undefined ? undefined : tourOf(options.tourFile)
  const { isHealthOnly = false } = options
  const own = isHealthOnly ? healthOperations() : platformOperations(tour !== undefined)
  const document = openApi({
    routes: compiled,
    platform: own,
    book,
    version: options.version,
    publicUrl: options.publicUrl,
  })

  const fastify = newFastify(options, book, answers, () => state.pages)
  const addresses = addressesOf(fastify)
  const parts = partsOf(options, answers)
  const operationOf: OperationOf = (id, path) => ({ id, path, answered: metrics.answered(path) })
  for (const each of compiled) await addRoute(fastify, each, parts, operationOf)
  if (!isHealthOnly) await addDocs(fastify, document)
  const platformParts = {
    ...options,
    book,
    answers,
    openApi: document,
    operationOf,
    isDraining: () => state.draining,
    pagesOf: () => state.pages,
    tour,
  }
  platformRoutes(fastify, platformParts, own)
  refuseOtherMethods(fastify, answers, [
    ...compiled.map(({ route }) => route),
    ...own.map(({ path }) => ({ path, method: 'GET' })),
  ])
  state.pages = await options.pages?.(fastify)
  await fastify.ready()
  answerExpectations(fastify.server, book)
  const close = closer(fastify)

  return {
    fastify,
    openApi: document,
    addresses,
    async listen(port, host) {
      await fastify.listen({ port, host, backlog: BACKLOG })
      return (fastify.server.address() as AddressInfo).port
    },
    beginDrain() {
      state.draining = true
    },
    close() {
      state.draining = true
      return close()
    },
  }
}

/** What the gate and the handler of every route are made of. */
function partsOf(
  { tenants, tokens, ids, places, secrets }: HttpOptions,
  answers: Answers,
): Parameters<typeof gate>[2] & Parameters<typeof handler>[1] {
  return {
    answers,
    tenants,
    tokens,
    ids,
    places,
    guest: guestNamer(secrets.derive('guest-caller').current),
    fingerprint: fingerprinter(secrets.derive('fingerprint').current),
  }
}

function newFastify(
  options: HttpOptions,
  book: ProblemBook,
  answers: Answers,
  pagesOf: () => PageServer | undefined,
): FastifyInstance {
  const routes = options.contexts.flatMap((context) => context.routes)
  const socketPaths = new Set(
    routes.filter(({ socket }) => socket !== undefined).map(({ path }) => path),
  )
  const begin = beginner(options)
  const { trustProxy = [] } = options
  const settings: FastifyHttpOptions<Server> = {
    logger: false,
    bodyLimit: BODY_LIMIT_BYTES,
    // Whole request within 15 s, its headers within 10 s: a slow-loris holds a socket no longer.
    requestTimeout: 15_000,
    keepAliveTimeout: 65_000,
    http: {
      headersTimeout: 10_000,
      connectionsCheckingInterval: 2_000,
      maxHeaderSize: 16_384,
      requireHostHeader: false,
      shouldUpgradeCallback: upgrades(socketPaths),
    } as NonNullable<FastifyHttpOptions<Server>['http']>,
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    trustProxy: trustProxy.length === 0 ? false : [...trustProxy],
    genReqId: (raw) => requestId(raw.headers['x-request-id'], options.ids),
    clientErrorHandler: answerBrokenHttp(book),
    // Fastify comes here before any hook has run: an address that cannot be decoded.
    frameworkErrors: (error, request, reply) => {
      begin(request, reply)
      answers.failed(request, reply, error)
    },
    exposeHeadRoutes: true,
    routerOptions: { maxParamLength: 500 },
  }
  const fastify: FastifyInstance = Fastify(settings)

  // Named here, so that every request object has one shape from the start.
  fastify.decorateRequest('tenant', null as never)
  fastify.decorateRequest('actor', null as never)
  fastify.decorateRequest('operation', null as never)
  fastify.decorateRequest('uploaded', undefined as never)

  acceptJsonOnly(fastify)
  fastify.setErrorHandler((error, request, reply) => answers.failed(request, reply, error))
  fastify.setNotFoundHandler(async (request, reply) => {
    const pages = isOfPages(request) ? pagesOf() : undefined
    if (pages !== undefined && (await pages.answer(request, reply))) return reply
    return isPersonLookingFor(request)
      ? sendNotFound(reply)
      : answers.refuse(request, reply, refusal('request.not-found'))
  })
  addHooks(fastify, options, begin, answers)
  return fastify
}

type OperationOf = (id: string, path: string) => Operation

type Begin = (request: FastifyRequest, reply: FastifyReply) => void

/** What every answer has, whoever writes it. */
function beginner(options: HttpOptions): Begin {
  const isHttps = options.publicUrl?.startsWith('https:') === true
  const headers = {
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    ...(isHttps ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  }
  const nowhere: Operation = {
    id: 'unmatched',
    path: 'unmatched',
    answered: options.metrics.answered('unmatched'),
  }
  const guest: Actor = Object.freeze({ kind: 'guest' })

  return (request, reply) => {
    request.actor = guest
    request.operation = nowhere
    reply.headers(headers)
    reply.header('x-request-id', request.id)
  }
}

/** Few hooks, none asynchronous: each costs every request. */
function addHooks(
  fastify: FastifyInstance,
  { log }: HttpOptions,
  begin: Begin,
  answers: Answers,
): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    begin(request, reply)
    const fault = faultOfHead(request.raw)
    if (fault === undefined) done()
    else answers.refuse(request, reply, fault)
  })

  fastify.addHook('onResponse', (request, reply, done) => {
    const { operation, actor } = request
    const { statusCode, elapsedTime } = reply
    operation.answered(statusCode, elapsedTime / 1000)
    if (log.isLevelEnabled('info')) {
      // The route's path, not the address: ids of carts and orders open them to whoever knows them.
      log.info(
        {
          user_id: actor.kind === 'user' ? actor.id : null,
          request_id: request.id,
          method: request.method,
          route: operation.path,
          status: statusCode,
          ms: Math.round(elapsedTime * 1000) / 1000,
        },
        operation.id,
      )
    }
    done()
  })
}

/** A sane id of the caller's is kept, so that a request can be followed from further out. */
function requestId(given: string | string[] | undefined, ids: Ids): string {
  return typeof given === 'string' && /^[\w.-]{8,64}$/.test(given) ? given : ids.next()
}

async function addRoute(
  fastify: FastifyInstance,
  compiled: Compiled,
  parts: Parameters<typeof gate>[2] & Parameters<typeof handler>[1],
  operationOf: OperationOf,
): Promise<void> {
  const { id, method, path, access, upload, socket } = compiled.route
  const options: RouteOptions = {
    method,
    url: fastifyPath(path),
    onRequest: gate(operationOf(id, path), access, parts),
    handler: handler(compiled, parts),
  }
  if (socket !== undefined) await addSocketRoute(fastify, options, socket, parts.answers)
  else if (upload === undefined) fastify.route(options)
  else addUploadRoute(fastify, upload.limitBytes, options)
}

function fastifyPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1')
}
