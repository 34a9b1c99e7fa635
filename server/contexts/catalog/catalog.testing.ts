import assert from 'node:assert/strict'
import { after } from 'node:test'

import { aDatabase, type TestDatabase } from '../../../tests/support/database.ts'
import { readsOf, writerOf } from '../../../tests/support/store.ts'
import { openTokens } from '../../platform/auth/tokens.ts'
import { databaseClock } from '../../platform/database-clock.ts'
import type { Reads } from '../../platform/db/reads.ts'
import { openHttp } from '../../platform/http/server.ts'
import type { Role } from '../../platform/http/route.ts'
import { randomIds, type TenantId } from '../../platform/ids.ts'
import { balancesOf } from '../../platform/ledger/reads.ts'
import { accept } from '../../platform/outcome.ts'
import { openLog } from '../../platform/telemetry/log.ts'
import { openMetrics } from '../../platform/telemetry/metrics.ts'
import type { Tenant } from '../../platform/tenants.ts'
import { openCatalog } from './context.ts'
import type { ProductView } from './contract/pages.ts'
import { reality } from '../../platform/waiting.ts'

export const demo = aShop(1, 'demo', 'UAH', ['uk', 'ru', 'en'])
export const second = aShop(2, 'second', 'EUR', ['en', 'uk'])

function aShop(id: number, slug: string, currency: string, languages: string[]): Tenant {
  return {
    id: id as TenantId,
    slug,
    name: slug,
    currency,
    languages,
    holdMinutes: 30,
    timeZone: 'Europe/Kyiv',
    delivery: {},
  }
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>
  readonly text: string
  /** Whatever came back, as far as a test looks. */
  readonly body: ProductView & {
    readonly code: string
    readonly items: readonly ProductView[]
    readonly next: string | null
    readonly errors: readonly { readonly pointer: string }[]
  }
}

/** An amount of the first shop's currency. */
export const uah = (amount: number) => ({ amount, currency: 'UAH' })

export function refused(answer: Answer, status: number, code: string): void {
  assert.equal(answer.status, status, answer.text)
  assert.equal(answer.body.code, code, answer.text)
}

export function accepted(answer: Answer): Answer['body'] {
  assert(answer.status < 300, answer.text)
  return answer.body
}

type Options = {
  readonly role?: Role | 'guest'
  readonly shop?: Tenant
  readonly headers?: Readonly<Record<string, string>>
}

/** One process of a shop that has nothing but a catalog, over a database of its own or a given one. */
export async function aCatalog(given?: TestDatabase) {
  const db = given ?? (await aDatabase())
  const clock = databaseClock(Date.now())
  const writer = await writerOf(db, { clock, lanes: 2 })
  const line = readsOf(db, { connections: 2 })
  let statements = 0
  const reads: Reads = {
    read: (...asked) => {
      statements += 1
      return line.read(...asked)
    },
    readGlobal: line.readGlobal.bind(line),
  }
  const catalog = openCatalog(
    { write: writer.write, reads, clock, ids: randomIds, waiting: reality.waiting },
    { levels: { freeUnits: freeUnits(reads) } },
  )

  const tokens = openTokens({ secrets: db.secrets, clock })
  let lastFailure = ''
  const http = await openHttp({
    contexts: [catalog.context],
    tenants: {
      byHost: async (host) => [demo, second].find(({ slug }) => host.startsWith(slug)),
      byId: async (id) => [demo, second].find((shop) => shop.id === id),
    },
    tokens,
    ids: randomIds,
    secrets: db.secrets,
    log: openLog({
      service: 'torg',
      to: { write: (line) => void (line.includes('"err"') && (lastFailure = line)) },
      pod: 'test',
    }),
    metrics: openMetrics(),
    version: '0.0.0-test',
    checks: {},
  })

  const call = async (
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    body?: object,
    { role = 'staff', shop = demo, headers = {} }: Options = {},
  ): Promise<Answer> => {
    const token = tokens.issue({
      tenant: shop.id,
      userId: 'f6a0c1de-0000-4000-8000-000000000001',
      roles: role === 'guest' ? [] : [role],
      sessionId: 's',
    })
    const response = await http.fastify.inject({
      method,
      url,
      headers: {
        host: `${shop.slug}.localhost`,
        ...(role === 'guest' ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: body }),
    })
    assert(response.statusCode < 500, `${method} ${url}: ${response.body} ${lastFailure}`)
    const text = response.body
    return {
      status: response.statusCode,
      headers: response.headers,
      text,
      body: text === '' ? {} : JSON.parse(text),
    }
  }

  return {
    db,
    http,
    catalog,
    call,
    /** Statements that some work asks of the database. */
    async counting(work: () => Promise<unknown>): Promise<number> {
      const before = statements
      await work()
      return statements - before
    },
    /** Creates a product and insists that it worked. */
    async product(body: object, options?: Options): Promise<ProductView> {
      const created = await call('POST', '/api/v1/products', body, options)
      assert.equal(created.status, 201, created.text)
      return created.body
    },
    /** Puts units of a SKU into the only warehouse. */
    async receive(sku: string, amount: number, shop = demo): Promise<void> {
      const received = await writer.write({
        tenant: shop.id,
        caller: 'test',
        key: randomIds.next(),
        fingerprint: '',
        streams: {},
        decide: () =>
          accept({
            transfers: [
              {
                verb: 'move' as const,
                from: { name: 'world/suppliers', unit: sku },
                to: { name: 'on-hand/main', unit: sku },
                amount,
                refusal: { code: 'never' },
              },
            ],
            answer: null,
          }),
      })
      assert(received.ok)
    },
    async [Symbol.asyncDispose](): Promise<void> {
      await http.close()
      await writer.close()
      await line.close()
      if (given === undefined) await db[Symbol.asyncDispose]()
    },
  }
}

/** One database and two processes of the same deployment, which end with the tests of the file. */
export async function twoCatalogs(): Promise<{
  readonly db: TestDatabase
  readonly shop: CatalogSubject
  readonly elsewhere: CatalogSubject
}> {
  const db = await aDatabase()
  const [shop, elsewhere] = [await aCatalog(db), await aCatalog(db)]
  after(async () => {
    await shop[Symbol.asyncDispose]()
    await elsewhere[Symbol.asyncDispose]()
    await db[Symbol.asyncDispose]()
  })
  return { db, shop, elsewhere }
}

export type CatalogSubject = Awaited<ReturnType<typeof aCatalog>>

/** As inventory counts: everything in its warehouses that nobody holds. */
function freeUnits(reads: Reads) {
  return async (tenant: TenantId, skus: readonly string[]) => {
    const free = new Map<string, number>()
    for (const { unit, posted, held } of await balancesOf(reads, tenant, skus, 'on-hand/')) {
      free.set(unit, (free.get(unit) ?? 0) + posted - held)
    }
    return free
  }
}
