/** Accounts served over HTTP on a database of their own, for tests of this context. */
import pg from 'pg'

import { openTokens } from '#platform/auth/tokens'
import type { Role } from '#platform/http/route'
import { openHttp, type HttpServer } from '#platform/http/server'
import { randomIds, type TenantId } from '#platform/ids'
import { openLog } from '#platform/telemetry/log'
import { openMetrics } from '#platform/telemetry/metrics'
import type { Tenant, Tenants } from '#platform/tenants'

import { aDatabase } from '../../../tests/support/database.ts'
import { readsOf, writerOf } from '../../../tests/support/store.ts'
import { openIdentity } from './context.ts'

const shops: readonly Tenant[] = [1, 2].map((id) => ({
  id: id as TenantId,
  slug: `shop${id}`,
  name: 'A Shop',
  currency: 'UAH',
  languages: ['en'],
  holdMinutes: 30,
  timeZone: 'Europe/Kyiv',
  delivery: {},
}))
const tenants: Tenants = {
  byHost: async (host) => (host.startsWith('two.') ? shops[1] : shops[0]),
  byId: async (id) => shops.find((shop) => shop.id === id),
}

export const PASSWORD = 'kayak over the dam 9'

interface Call {
  readonly body?: unknown
  readonly token?: string
  readonly headers?: Record<string, string>
  readonly ip?: string
  readonly host?: string
  readonly by?: HttpServer
}

let made = 0

/** Someone who wants an account and has none yet. */
export function someone(changes: Record<string, unknown> = {}) {
  const name = `person${++made}`
  return {
    email: `${name}@example.test`,
    username: name,
    password: PASSWORD,
    birthDate: '1994-05-17',
    ...changes,
  }
}

/** Serves accounts twice: as for development, and the same accounts as in production. */
export async function serveIdentity() {
  const running = new AsyncDisposableStack()
  const clock = { ahead: 0, now: () => Date.now() + clock.ahead }
  const lines: string[] = []
  const db = running.use(await aDatabase())
  const { secrets } = db
  const onError = (error: Error) => lines.push(error.message)
  const admin = new pg.Client({ connectionString: db.adminUrl })
  await admin.connect()
  running.defer(() => admin.end())
  const reads = running.use(readsOf(db, { onError }))
  const writer = running.use(await writerOf(db, { clock, onError }))
  const tokens = openTokens({ secrets, clock })
  const opened = async (production: boolean) => {
    const open = openIdentity(
      { write: writer.write, reads, clock, ids: randomIds, secrets, config: { production } },
      { tokens, tenants: async () => shops.map(({ id }) => id) },
    )
    const served = await openHttp({
      contexts: [open],
      tenants,
      tokens,
      ids: randomIds,
      secrets,
      log: openLog({ service: 'torg', to: { write: (line) => void lines.push(line) } }),
      metrics: openMetrics(),
      version: '0',
      checks: {},
    })
    running.defer(() => served.close())
    return { identity: open, http: served }
  }
  const { identity, http } = await opened(false)
  const { http: inProduction } = await opened(true)

  async function call(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    options: Call = {},
  ) {
    const { body, token, headers, ip = '192.0.2.1', host = 'one.test', by = http } = options
    const answer = await by.fastify.inject({
      method,
      url: `/api/v1/users${path}`,
      remoteAddress: ip,
      headers: {
        host,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    })
    const json = answer.body === '' ? {} : answer.json()
    return { status: answer.statusCode, json, headers: answer.headers, text: answer.body }
  }

  async function registered(roles?: readonly Role[]) {
    const body = someone()
    const { json } = await call('POST', '/register', { body })
    if (roles !== undefined) {
      await admin.query('update identity.users set roles = $1 where id = $2', [roles, json.id])
    }
    const pass = await call('POST', '/login', { body: { email: body.email, password: PASSWORD } })
    return { ...body, id: json.id as string, pass: pass.json as Record<string, string> }
  }

  return {
    admin,
    call,
    clock,
    identity,
    inProduction,
    lines,
    registered,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}
