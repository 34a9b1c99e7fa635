import { createHash } from 'node:crypto'

import { Type } from 'typebox'

import type { Secrets } from '../auth/secrets.ts'
import { openTokens, type Tokens } from '../auth/tokens.ts'
import { randomIds, type TenantId } from '../ids.ts'
import { accept, refuse, Unavailable } from '../outcome.ts'
import { openLog } from '../telemetry/log.ts'
import { openMetrics } from '../telemetry/metrics.ts'
import type { Tenant, Tenants } from '../tenants.ts'
import { route, type Role, type Route } from './route.ts'
import { openHttp, type HttpOptions, type HttpServer } from './server.ts'

/** Two shops that need no database. */
export const shops: readonly Tenant[] = ['demo', 'second'].map((slug, index) => ({
  id: (index + 1) as TenantId,
  slug,
  name: slug === 'demo' ? 'Demo & Co' : 'Second',
  currency: 'UAH',
  languages: ['uk', 'en'],
  holdMinutes: 30,
  timeZone: 'Europe/Kyiv',
  delivery: {},
}))

const tenants: Tenants = {
  async byHost(host) {
    const name = host.replace(/:\d+$/, '')
    if (name === 'localhost' || name === '127.0.0.1') return shops[0]
    return shops.find(({ slug }) => `${slug}.localhost` === name)
  },
  byId: async (id) => shops.find((shop) => shop.id === id),
}

export const secrets: Secrets = {
  derive: (purpose) => ({
    current: createHash('sha256').update(purpose).digest(),
    previous: undefined,
  }),
}

const Thing = Type.Object({
  id: Type.String(),
  name: Type.String(),
  note: Type.Optional(Type.Union([Type.String(), Type.Null()])),
})

/** One route of each kind the server must treat differently. */
export const routes: readonly Route[] = [
  route({
    id: 'listThings',
    method: 'GET',
    path: '/api/v1/things',
    tag: 'things',
    summary: 'Lists things',
    access: { who: 'anyone', whose: 'public' },
    query: Type.Object({
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
      after: Type.Optional(Type.String({ maxLength: 200 })),
    }),
    answer: { status: 200, body: Type.Object({ items: Type.Array(Thing), limit: Type.Number() }) },
    handle: async ({ query, tenant }) => {
      const one = { id: '1', name: tenant.slug, passwordHash: 'never seen' }
      return accept({ body: { items: [one], limit: query.limit ?? 20 } })
    },
  }),
  route({
    id: 'addThing',
    method: 'POST',
    path: '/api/v1/things',
    tag: 'things',
    summary: 'Adds a thing',
    access: { who: 'anyone', whose: 'public' },
    idempotent: true,
    body: Type.Object({
      name: Type.String({ minLength: 1, maxLength: 200 }),
      quantity: Type.Integer({ minimum: 1, maximum: 1000 }),
      email: Type.Optional(Type.String({ format: 'email' })),
      deep: Type.Optional(Type.Unknown()),
      box: Type.Optional(Type.Object({ width: Type.Number() })),
    }),
    answer: {
      status: 201,
      body: Type.Object({
        caller: Type.String(),
        key: Type.String(),
        fingerprint: Type.String(),
        name: Type.String(),
      }),
    },
    refusals: ['things.too-many'],
    example: { body: { name: 'Ball', quantity: 2 } },
    handle: async ({ body, cause }) => {
      if (body.quantity > 900) {
        return refuse({
          code: 'things.too-many',
          name: body.name,
          wanted: body.quantity,
          status: 200,
        })
      }
      const replayed = cause.key === 'seen-before'
      return accept({ body: { ...cause, name: body.name }, replayed })
    },
  }),
  route({
    id: 'getThing',
    method: 'GET',
    path: '/api/v1/things/{id}',
    tag: 'things',
    summary: 'Gets a thing',
    access: { who: 'signed-in', whose: 'own' },
    answer: { status: 200, body: Thing },
    handle: async ({ params, actor }) => {
      const { id } = params as { id: string }
      return accept({ body: { id, name: actor.kind === 'user' ? actor.id : 'guest', note: null } })
    },
  }),
  route({
    id: 'dropThing',
    method: 'DELETE',
    path: '/api/v1/things/{thing}',
    tag: 'things',
    summary: 'Drops a thing',
    access: { who: ['staff', 'admin'], whose: 'shop' },
    answer: { status: 204, body: Type.Null() },
    handle: async () => accept({ body: null }),
  }),
  route({
    id: 'breakThing',
    method: 'POST',
    path: '/api/v1/break/{how}',
    tag: 'things',
    summary: 'Fails',
    access: { who: 'anyone', whose: 'public' },
    answer: { status: 200, body: Type.Object({}) },
    handle: async ({ params }) => {
      const { how } = params as { how: string }
      if (how === 'busy') throw new Unavailable('queue is full', 3)
      if (how === 'code') return refuse({ code: 'things.nobody-knows' })
      if (how === 'wait') await new Promise((resolve) => setTimeout(resolve, 300))
      else throw new Error('secret detail of the machine')
      return accept({ body: {} })
    },
  }),
]

export interface Subject extends AsyncDisposable {
  readonly http: HttpServer
  readonly tokens: Tokens
  readonly lines: Record<string, unknown>[]
  bearer(roles?: readonly Role[], tenant?: number): Record<string, string>
}

/** A server over the routes above; its log lines can be read. */
export async function aServer(options: Partial<HttpOptions> = {}): Promise<Subject> {
  const lines: Record<string, unknown>[] = []
  const to = {
    write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>),
  }
  const tokens = openTokens({ secrets, clock: { now: () => Date.now() } })
  const http = await openHttp({
    contexts: [
      {
        name: 'things',
        routes,
        problems: {
          'things.too-many': {
            status: 409,
            title: 'Too many things',
            detail: 'You asked for {wanted} of {name}.',
          },
        },
      },
    ],
    tenants,
    tokens,
    ids: randomIds,
    secrets,
    log: openLog({ service: 'torg', to, pod: 'test' }),
    metrics: openMetrics(),
    version: '0.0.0-test',
    checks: {},
    ...options,
  })
  return {
    http,
    tokens,
    lines,
    bearer(roles = ['shopper'], tenant = 1) {
      const userId = 'f6a0c1de-0000-4000-8000-000000000001'
      const token = tokens.issue({ tenant: tenant as TenantId, userId, roles, sessionId: 's' })
      return { authorization: `Bearer ${token}` }
    },
    [Symbol.asyncDispose]: () => http.close(),
  }
}
