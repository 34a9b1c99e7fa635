import assert from 'node:assert/strict'
import { after, test } from 'node:test'

import pg from 'pg'

import { createShop } from '../../server/contexts/tenants/context.ts'
import { tenantOf } from '../../server/contexts/tenants/store/shops.ts'
import { openReads } from '../../server/platform/db/postgres-reads.ts'
import type { Statement } from '../../server/platform/db/statement.ts'
import type { TenantId } from '../../server/platform/ids.ts'
import { reality } from '../../server/platform/waiting.ts'
import { openPostgresStore } from '../../server/platform/write/postgres-store.ts'
import type { BatchWrites } from '../../server/platform/write/settle.ts'
import type { Needs } from '../../server/platform/write/store.ts'
import { aDatabase } from '../support/database.ts'
import { KNOWN } from './reads.ts'
import { runSeed } from './run.ts'
import { SHOPS } from './shops.ts'
import type { Tap } from './world.ts'

/** What the code does with a seed changes with the code, so the seeds are looked for. */
const SEEDS_LOOKED_AT = 500

type Done =
  | { readonly needs: Needs; readonly writes: BatchWrites }
  | {
      readonly tenant: TenantId | undefined
      readonly statement: Statement<unknown>
      readonly values: readonly unknown[]
      readonly rows: string
    }

const NOTHING: Needs = { keys: [], streams: [], accounts: [], holds: [] }

/** What PostgreSQL alone knows is left out: its transactions, and how often a timer was claimed. */
const BESIDE: Readonly<Record<string, readonly string[]>> = {
  'inventory.standing': ['seen'],
  'timers.named': ['dueAt', 'attempts', 'lastError'],
}

/** PostgreSQL keeps JSON in an order of its own. */
function inOneOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
}

/** Rows as text, sorted where the statement does not say how; columns in one order. */
function textOf({ name, text }: Statement<unknown>, rows: readonly unknown[]): string {
  const beside = BESIDE[name] ?? []
  const lines = rows.map((row) =>
    JSON.stringify(row, (key, value: unknown) =>
      beside.includes(key) ? undefined : inOneOrder(value),
    ),
  )
  return (text.includes('order by') ? lines : lines.sort()).join('\n')
}

/** A batch is never without one. */
function answerOf(number: number): BatchWrites['answers'][number] {
  const tenant = 1 as TenantId
  const key = String(number)
  return { member: 0, tenant, caller: 'rows', key, fingerprint: '', answer: null }
}

/** All that one seed writes and reads, in its order. */
async function timelineOf(seed: number): Promise<readonly Done[]> {
  const timeline: Done[] = []
  const now = Date.UTC(2026, 0, 1)
  const tap: Tap = {
    wrote: (rows) =>
      void timeline.push({
        needs: NOTHING,
        writes: {
          now,
          events: [],
          transfers: [],
          streams: new Map(),
          accounts: new Map(),
          holds: new Map(),
          answers: [answerOf(timeline.length)],
          timers: new Map(),
          rows: rows.map(({ tenant, write }) => ({ member: 0, tenant, write })),
        },
      }),
    committed: (needs, writes) => void timeline.push({ needs, writes }),
    asked: (tenant, statement, values, rows) =>
      void timeline.push({ tenant, statement, values, rows: textOf(statement, rows) }),
  }
  const ran = await runSeed(seed, { tap })
  assert.equal(ran.violation, undefined)
  return timeline
}

/** Seeds that between them ask every statement and find something. */
async function tellingSeeds(): Promise<readonly number[]> {
  const unasked = new Set(KNOWN)
  const seeds: number[] = []
  for (let seed = 1; unasked.size > 0 && seed <= SEEDS_LOOKED_AT; seed += 1) {
    const before = unasked.size
    await runSeed(seed, {
      tap: {
        wrote: () => undefined,
        committed: () => undefined,
        asked: (_, { name }, __, rows) => void (rows.length > 0 && unasked.delete(name)),
      },
    })
    if (unasked.size < before) seeds.push(seed)
  }
  return seeds
}

const compared = new Set<string>()

for (const seed of await tellingSeeds()) {
  test(`what seed ${seed} reads of memory it reads of PostgreSQL, at every moment`, async () => {
    const timeline = await timelineOf(seed)
    await using db = await aDatabase()
    const admin = new pg.Client({ connectionString: db.adminUrl })
    await admin.connect()
    for (const { id: _, ...shop } of SHOPS.map(tenantOf)) await createShop(admin, shop)
    await admin.end()
    const onError = (): void => undefined
    const connection = db.connection('torg_writer')
    const store = await openPostgresStore({ connection, lanes: 1, onError })
    const app = db.connection('torg_app')
    const reads = openReads({ ...reality, connection: app, connections: 1, onError })
    try {
      for (const done of timeline) {
        if ('writes' in done) {
          const session = await store.begin(0, done.needs)
          assert.equal(await session.write(done.writes, () => undefined), undefined)
          continue
        }
        const { tenant, statement, values, rows } = done
        const found =
          tenant === undefined
            ? await reads.readGlobal(statement, values)
            : await reads.read(tenant, statement, values)
        assert.equal(textOf(statement, found), rows, `${statement.name} ${JSON.stringify(values)}`)
        if (rows !== '') compared.add(statement.name)
      }
    } finally {
      await reads.close()
      await store.close()
    }
  })
}

after(() => {
  assert.deepEqual(
    KNOWN.filter((name) => !compared.has(name)),
    [],
    'statements that were never compared with rows in them',
  )
})
