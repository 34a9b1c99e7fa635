import { setTimeout as sleep } from 'node:timers/promises'

import type pg from 'pg'

import { Client } from '../tests/support/client.ts'
import { measure, table, type Search } from '../tests/relevance/measure.ts'
import type { Benchmark, Findings } from './support/benchmark.ts'
import { openProgram } from './support/program.ts'

/** How well the judged queries are answered by the whole program, right after its first start. */
export const relevance: Benchmark = {
  name: 'relevance',
  what: 'judged queries of the demo over HTTP, and how soon after the first start all of it is found',
  run,
}

/** The index follows the log; it has had enough time by then. */
const PATIENCE_MS = 60_000

async function run(): Promise<Findings> {
  const since = performance.now()
  await using program = await openProgram()
  const ready = performance.now()
  const database = await program.database()
  const progress = await indexed(database, ready).finally(() => database.end())
  const found = performance.now()
  const clients = new Map<string, Client>()
  const search: Search = async ({ shop, language, text }) => {
    const client = clients.get(shop) ?? new Client(program.url, `${shop}.localhost`)
    clients.set(shop, client)
    const query = new URLSearchParams({ q: text, lang: language, limit: '10' })
    const answer = await client.get<{ readonly items: readonly { readonly slug: string }[] }>(
      `/api/v1/search?${query.toString()}`,
    )
    if (answer.status !== 200) throw new Error(`${text}: ${answer.text}`)
    return answer.body.items.map(({ slug }) => slug)
  }
  const measured = await measure(search)
  const { tuned, heldOut } = measured
  return {
    figures: [
      {
        what: 'held-out queries: recall among the first ten',
        value: heldOut.recall,
        unit: '',
        goal: { atLeast: 0.9 },
      },
      {
        what: 'held-out queries: mean reciprocal rank',
        value: heldOut.reciprocalRank,
        unit: '',
        goal: { atLeast: 0.9 },
      },
      { what: 'tuned queries: recall among the first ten', value: tuned.recall, unit: '' },
      { what: 'tuned queries: mean reciprocal rank', value: tuned.reciprocalRank, unit: '' },
      { what: 'first start, as this bench sees it', value: (ready - since) / 1_000, unit: 's' },
      { what: 'then, until all is in the index', value: (found - ready) / 1_000, unit: 's' },
    ],
    details: [...progress, ...table(measured).split('\n')],
  }
}

/** Waits until every product of every shop is in the index; says how that went on. */
async function indexed(database: pg.Client, since: number): Promise<string[]> {
  const progress: string[] = []
  for (;;) {
    const { rows } = await database.query<{ all: number; left: number }>(
      `select count(*)::int as all, (count(*) filter (where not exists (
         select from search.documents d where d.tenant_id = p.tenant_id and d.product_id = p.id)))::int as left
       from catalog.products p`,
    )
    const { all = 0, left = 0 } = rows[0] ?? {}
    const ms = performance.now() - since
    progress.push(`${(ms / 1_000).toFixed(1)} s: ${all - left} of ${all} products are in the index`)
    if (left === 0) return progress
    if (ms > PATIENCE_MS) throw new Error(progress.join('\n'))
    await sleep(1_000)
  }
}
