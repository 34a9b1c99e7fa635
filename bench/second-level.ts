import { Client } from '../tests/support/client.ts'
import { redisProgram, RedisServer } from '../tests/support/redis.ts'
import type { Benchmark, Findings, Size } from './support/benchmark.ts'
import { BIG_SHOP_HOST, loadBigShop } from './support/big-shop.ts'
import { Histogram, type LatencySummary } from './support/histogram.ts'
import { openProgram } from './support/program.ts'

/** Pages that are asked for one after the other, and those that all ask for again and again. */
const PAGES = 1_000
const HOT = 40
const CLIENTS = 8

/** What the second level saves and costs: two processes with a Redis beside them, and without. */
export const secondLevel: Benchmark = {
  name: 'second-level',
  what: 'pages that another process has made: taken from Redis, or made from PostgreSQL',
  run,
}

interface Found {
  /** Of a page that another process made a moment ago and this one does not have. */
  readonly missed: LatencySummary
  readonly hot: LatencySummary
  readonly counts: Readonly<Record<string, number>>
}

async function run(size: Size): Promise<Findings> {
  const redis = redisProgram()
  if (redis === undefined) return { figures: [], details: ['There is no redis-server here.'] }
  const without = await measured(size, undefined)
  await using server = await RedisServer.open(redis)
  const beside = await measured(size, server.url)
  return {
    figures: [['PostgreSQL', without] as const, ['Redis', beside] as const].flatMap(
      ([from, { missed, hot, counts }]) => [
        {
          what: `page of 20 not in memory: ${from}, p50`,
          value: missed.p50Ms,
          unit: 'ms',
          latency: missed,
        },
        {
          what: `${HOT} hot pages, 2 processes: ${from}, p50`,
          value: hot.p50Ms,
          unit: 'ms',
          latency: hot,
        },
        { what: `pages made for them: ${from}`, value: counts['made'] ?? 0, unit: 'pages' },
      ],
    ),
    details: [
      `without Redis ${JSON.stringify(without.counts)}, with it ${JSON.stringify(beside.counts)}`,
    ],
  }
}

async function measured(size: Size, redisUrl: string | undefined): Promise<Found> {
  process.env['REDIS_URL'] = redisUrl ?? ''
  await using program = await openProgram(20, '2')
  const database = await program.database()
  const shop = await loadBigShop(database, size.products, PAGES + HOT)
  await database.end()
  const clients = program.urls.map(
    (url) => new Client(url, BIG_SHOP_HOST, { connections: CLIENTS }),
  )
  const [one, two] = clients
  if (one === undefined || two === undefined) throw new Error('two processes were asked for')
  const get = async (client: Client, path: string): Promise<void> => {
    const { status } = await client.get(path)
    if (status !== 200) throw new Error(`${path}: ${status}`)
  }

  const missed = new Histogram()
  for (const [n, path] of shop.pages.slice(0, PAGES).entries()) {
    // A page is kept, and given to others, once it is asked for twice.
    for (const client of [one, one, two]) await get(client, path)
    const since = performance.now()
    await get(two, path)
    // The first ones only warm everything up.
    if (n >= PAGES / 5) missed.record(performance.now() - since)
  }

  const hot = new Histogram()
  const pages = shop.pages.slice(PAGES)
  const before = await counts(program.urls)
  const until = performance.now() + size.seconds * 1_000
  await Promise.all(
    [...clients, ...clients, ...clients, ...clients].map(async (client, from) => {
      for (let n = from; performance.now() < until; n += 1) {
        const since = performance.now()
        await get(client, pages[n % HOT] ?? '')
        hot.record(performance.now() - since)
      }
    }),
  )
  const after = await counts(program.urls)
  for (const client of clients) client.close()
  return {
    missed: missed.summary(),
    hot: hot.summary(),
    counts: Object.fromEntries(
      Object.entries(after).map(([word, count]) => [word, count - (before[word] ?? 0)]),
    ),
  }
}

/** Pages kept, taken and made, of all processes together. */
async function counts(urls: readonly string[]): Promise<Record<string, number>> {
  const found: Record<string, number> = {}
  for (const url of urls) {
    const text = await (await fetch(`${url}/metrics`)).text()
    for (const [, word = '', count] of text.matchAll(/^torg_catalog_pages_(\w+) (\d+)$/gm)) {
      found[word] = (found[word] ?? 0) + Number(count)
    }
  }
  return found
}
