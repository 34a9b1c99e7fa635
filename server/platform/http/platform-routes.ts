import { hash, timingSafeEqual } from 'node:crypto'

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

import type { Tokens } from '../auth/tokens.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import type { Tenants } from '../tenants.ts'
import { refusal, type Answers } from './answers.ts'
import { greet, type ShopLink } from './home.ts'
import { isOfPages } from './not-found.ts'
import type { Operation } from './operation.ts'
import type { PlatformOperation } from './openapi.ts'
import { escapeHtml, sendPage } from './page.ts'
import type { ProblemBook } from './problems.ts'
import type { PageServer } from './page-server.ts'
import { sendTour } from './tour.ts'

/** By name; a check that throws or takes longer than a second says the process is not ready. */
export type ReadinessChecks = Readonly<Record<string, () => Promise<unknown>>>

/** `/metrics` tells how much a shop sells, so the public does not read it. */
export type MetricsReaders = 'everybody' | 'nobody' | { readonly token: string }

const CHECK_SECONDS = 1

interface Parts {
  readonly answers: Answers
  readonly book: ProblemBook
  readonly checks: ReadinessChecks
  readonly metrics: Metrics
  readonly metricsFor?: MetricsReaders
  readonly openApi: Record<string, unknown>
  readonly shops?: () => Promise<readonly ShopLink[]>
  readonly tenants: Tenants
  readonly tokens: Tokens
  /** The README as HTML. */
  readonly tour: (() => string) | undefined
  readonly version: string
  readonly operationOf: (id: string, path: string) => Operation
  readonly isDraining: () => boolean
  readonly pagesOf: () => PageServer | undefined
}

/** What a process answers that serves no shops: whether it lives, whether it works, and its figures. */
const HEALTH: readonly string[] = ['live', 'ready', 'measure']

/** Of the platform's operations those that a process without shops serves, for its operators. */
export function healthOperations(): readonly PlatformOperation[] {
  return platformOperations(false).filter(({ id }) => HEALTH.includes(id))
}

/** What the platform itself serves, for the documentation and the authorization matrix. */
export function platformOperations(hasTour: boolean): readonly PlatformOperation[] {
  const all: readonly PlatformOperation[] = [
    { id: 'greet', path: '/', summary: 'A page for people', type: 'text/html' },
    { id: 'getOpenApi', path: '/openapi.json', summary: 'This document', type: 'application/json' },
    {
      id: 'getKeys',
      path: '/.well-known/jwks.json',
      summary: 'Public keys of access tokens (RFC 7517)',
      type: 'application/json',
    },
    { id: 'live', path: '/livez', summary: 'Does the process answer?', type: 'application/json' },
    {
      id: 'ready',
      path: '/readyz',
      summary: 'Does it take traffic?',
      type: 'application/json',
      refusals: ['platform.not-ready'],
    },
    {
      id: 'measure',
      path: '/metrics',
      summary: 'Metrics for Prometheus',
      type: 'text/plain',
      refusals: ['auth.required', 'request.not-found'],
    },
    {
      id: 'explainProblem',
      path: '/problems/{code}',
      summary: 'What a problem code means',
      type: 'application/json',
      refusals: ['request.not-found'],
    },
    { id: 'tour', path: '/tour', summary: 'The tour: the README', type: 'text/html' },
  ]
  return all.filter(({ id }) => hasTour || id !== 'tour')
}

type Serve = (request: FastifyRequest, reply: FastifyReply) => unknown

/** Adds the platform's own addresses. They need no shop, so health works by any host name. */
export function platformRoutes(
  fastify: FastifyInstance,
  parts: Parts,
  operations: readonly PlatformOperation[],
): void {
  const { answers, book, metrics } = parts
  const document = JSON.stringify(parts.openApi)
  const keys = JSON.stringify(parts.tokens.jwks)
  const json = 'application/json; charset=utf-8'

  const home = {
    version: parts.version,
    shops: parts.shops ?? (async () => []),
    hasTour: parts.tour !== undefined,
  }
  const welcome = greet(home, parts.tenants)
  const serve: Record<string, Serve> = {
    async greet(request, reply) {
      // `*` leads here as well.
      const pages = isOfPages(request) ? parts.pagesOf() : undefined
      const isShown = await pages?.answer(request, reply)
      return isShown === true ? reply : welcome(request, reply)
    },
    getOpenApi: (_request, reply) => reply.header('content-type', json).send(document),
    getKeys: (_request, reply) =>
      reply.header('content-type', json).header('cache-control', 'public, max-age=300').send(keys),
    live: (_request, reply) => reply.header('content-type', json).send('{"status":"live"}'),
    ready: async (request, reply) => {
      const failing = parts.isDraining() ? ['draining'] : await failingChecks(parts.checks)
      if (failing.length > 0) {
        return answers.refuse(request, reply, refusal('platform.not-ready', { failing }))
      }
      return reply.header('content-type', json).send('{"status":"ready"}')
    },
    measure: async (request, reply) => {
      const refused = refusedMetrics(parts.metricsFor, request)
      if (refused !== undefined) return answers.refuse(request, reply, refusal(refused))
      return reply
        .header('content-type', metrics.registry.contentType)
        .send(await metrics.registry.metrics())
    },
    explainProblem: (request, reply) => explain(request, reply, book, answers),
    tour: (request, reply) => sendTour(request, reply, parts.tour?.() ?? ''),
  }

  for (const { id, path } of operations) {
    const operation = parts.operationOf(id, path)
    fastify.route({
      method: 'GET',
      url: path.replace('{code}', ':code'),
      onRequest: (request, _reply, done) => {
        request.operation = operation
        done()
      },
      handler: serve[id] as never,
    })
  }
}

function refusedMetrics(
  readers: MetricsReaders = 'everybody',
  { headers: { authorization = '' } }: FastifyRequest,
): 'auth.required' | 'request.not-found' | undefined {
  if (readers === 'everybody') return undefined
  if (readers === 'nobody') return 'request.not-found'
  const digest = (text: string): Buffer => hash('sha256', text, 'buffer')
  const isReader = timingSafeEqual(digest(authorization), digest(`Bearer ${readers.token}`))
  return isReader ? undefined : 'auth.required'
}

/** The names of the checks that fail; empty when the process is ready. */
async function failingChecks(checks: ReadinessChecks): Promise<string[]> {
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      const { promise: late, reject } = Promise.withResolvers<never>()
      const timer = setTimeout(() => reject(new Error('too slow')), CHECK_SECONDS * 1000)
      try {
        await Promise.race([check(), late])
        return undefined
      } catch {
        // Which one failed is all a balancer needs; the reason is in the log of whoever failed.
        return name
      } finally {
        clearTimeout(timer)
      }
    }),
  )
  return results.filter((name) => name !== undefined)
}

function explain(
  request: FastifyRequest,
  reply: FastifyReply,
  book: ProblemBook,
  answers: Answers,
): FastifyReply {
  const { code } = request.params as { code: string }
  const row = book.codes.get(code)
  if (row === undefined) return answers.refuse(request, reply, refusal('request.not-found'))

  if (request.headers.accept?.includes('text/html') === true) {
    return sendPage(reply, {
      status: 200,
      title: row.title,
      body: `<span class="badge">${row.status}</span>
<h1>${escapeHtml(row.title)}</h1>
<p class="lead">${escapeHtml(row.detail ?? `${row.title}.`)}</p>
<p>Answers with the code <strong>${escapeHtml(code)}</strong> mean this. Words in braces stand for the
facts, which the answer carries beside its code. The code will not change; wording may.</p>
<footer><a href="/docs">All operations</a></footer>`,
    })
  }
  const { status, title, detail } = row
  return reply
    .header('content-type', 'application/json; charset=utf-8')
    .send(JSON.stringify({ type: book.typeOf(code), code, status, title, detail }))
}
