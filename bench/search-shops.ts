import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { Client } from '../tests/support/client.ts'
import type { ShopSearchOptions } from './scenarios/search-shops.ts'
import type { Benchmark, Findings, Size } from './support/benchmark.ts'
import { measure, profileOf, type Measured } from './support/measure.ts'
import { openProgram, type Program } from './support/program.ts'
import { copySearchShop, loadSearchShop, searchedText } from './support/search-shop.ts'

const CLIENTS = 16
const SCENARIO = new URL('./scenarios/search-shops.ts', import.meta.url)
const PRODUCTS = 1_000
const REQUESTS = 40_000

/**
 * Warm-up, for each shop: by then what is shown of one shop is remembered (its stock, its ratings), and
 * what is shown of all should be, too.
 */
const WARM_SECONDS = 0.06

/** One shop and all take turns: within a minute the machine changes by more than they differ. */
const TURNS = 5

/** What the same searches take in one shop, and right after it in all. */
type Turn = readonly [one: Measured, many: Measured]

const AGAIN_SECONDS = 1

/** Shops whose first search is told of. */
const COLD = 60

/** Searches in many small shops: the first in each, those in one shop, and those in all. */
export const searchShops: Benchmark = {
  name: 'search-shops',
  what: `searches in many shops of ${PRODUCTS.toLocaleString('en-US')} products: the first in each, and one against all`,
  run,
}

async function run(size: Size): Promise<Findings> {
  // Room for all; `SEARCH_MEMORY_MB=384 npm run bench -- search-shops` tells how it is without.
  process.env['SEARCH_MEMORY_MB'] ??= '4096'
  await using program = await openProgram()
  const shops = size.isQuick ? 250 : 1_000
  const since = performance.now()
  const hosts = await load(program, shops)
  const loaded = (performance.now() - since) / 1_000
  const cold = await firstSearches(program, hosts.slice(0, COLD))
  await firstSearches(program, hosts.slice(COLD))
  const turns: Turn[] = []
  while (turns.length < TURNS) turns.push(await turnOf(program, size, hosts, turns.length === 0))
  const [one, many] = middleOf(turns)
  const at = (share: number): number => cold[Math.floor((cold.length - 1) * share)] ?? 0
  const each = `of ${PRODUCTS.toLocaleString('en-US')} products`
  return {
    postgres: program.postgres,
    figures: [
      { what: `first search in a shop ${each}, p50`, value: at(0.5), unit: 'ms' },
      {
        what: `first search in a shop ${each}, p95`,
        value: at(0.95),
        unit: 'ms',
        goal: { atMost: 500 },
      },
      {
        what: `searches in one shop ${each}, uncached`,
        value: rate(one),
        unit: 'req/s',
        latency: one.load.latency,
        heldBackBy: one.heldBackBy,
      },
      {
        what: `searches over ${shops} shops ${each}`,
        value: rate(many),
        unit: 'req/s',
        latency: many.load.latency,
        heldBackBy: many.heldBackBy,
      },
      {
        what: `time of a search over ${shops} shops / in one`,
        value: ratioOf([one, many]),
        unit: '×',
        goal: { atMost: 1.2 },
        heldBackBy: many.heldBackBy,
      },
    ],
    details: [
      `${shops} shops ${each} loaded in ${loaded.toFixed(1)} s.`,
      `${TURNS} turns, of which the figures are the middle one's: ${turns.map(turnText).join('; ')}`,
      ...one.details,
      ...many.details,
      `  in memory then: ${await memoryText(program)}`,
      ...(await profileOf(program, one)),
      ...(await profileOf(program, many)),
    ],
  }
}

async function load(program: Program, shops: number): Promise<readonly string[]> {
  const database = await program.database()
  try {
    const hosts = [(await loadSearchShop(database, PRODUCTS, 'many-0')).host]
    while (hosts.length < shops) {
      hosts.push(await copySearchShop(database, 'many-0', `many-${hosts.length}`))
    }
    await database.query('vacuum (analyze) search.documents, search.availability')
    return hosts
  } finally {
    await database.end()
  }
}

/** How long each shop's first search takes, the shortest first. */
async function firstSearches(program: Program, hosts: readonly string[]): Promise<number[]> {
  const times: number[] = []
  for (const host of hosts) {
    const client = new Client(program.urls, host)
    const since = performance.now()
    const { status } = await client.ask<unknown>('GET', '/api/v1/search?q=rhjcsdrb')
    if (status !== 200) throw new Error(`The first search was answered ${status}.`)
    times.push(performance.now() - since)
    client.close()
  }
  return times.toSorted((a, b) => a - b)
}

async function turnOf(
  program: Program,
  size: Size,
  hosts: readonly string[],
  isFirst: boolean,
): Promise<Turn> {
  const alone = hosts.slice(0, 1)
  const warmUpSeconds = isFirst ? size.warmUpSeconds : AGAIN_SECONDS
  const all = Math.max(warmUpSeconds, isFirst ? hosts.length * WARM_SECONDS : 0)
  const seconds = size.seconds / 2
  return [
    await searched(program, 'one shop', alone, { warmUpSeconds, seconds }),
    await searched(program, 'all shops', hosts, { warmUpSeconds: all, seconds }),
  ]
}

function middleOf(turns: readonly Turn[]): Turn {
  const sorted = turns.toSorted((a, b) => ratioOf(a) - ratioOf(b))
  const middle = sorted[Math.floor(sorted.length / 2)]
  if (middle === undefined) throw new Error('Nothing was measured.')
  return middle
}

function rate({ load: { outcomes, seconds } }: Measured): number {
  return (outcomes['shown'] ?? 0) / seconds
}

function ratioOf([one, many]: Turn): number {
  return rate(one) / rate(many)
}

function turnText(turn: Turn): string {
  const [one, many] = turn.map((each) => Math.round(rate(each)))
  return `${one} / ${many} = ${ratioOf(turn).toFixed(2)}`
}

function searched(
  program: Program,
  title: string,
  hosts: readonly string[],
  times: Pick<Size, 'warmUpSeconds' | 'seconds'>,
): Promise<Measured> {
  const pathFile = join(program.folder, `bench-search-shops-${hosts.length}.txt`)
  // Every shop in turn, in an order that has nothing to do with the words.
  const lines = Array.from({ length: REQUESTS }, (_, number) => {
    const host = hosts[(number * 7_919) % hosts.length] ?? ''
    const bounds = `minPrice=${number % 5_000}`
    return `${host} /api/v1/search?q=${encodeURIComponent(searchedText(number))}&${bounds}`
  })
  writeFileSync(pathFile, lines.join('\n'))
  const options: ShopSearchOptions = { pathFile }
  return measure(program, {
    title: `search, ${title}`,
    per: 'request',
    scenario: SCENARIO,
    clients: CLIENTS,
    ...times,
    options,
  })
}

async function memoryText(program: Program): Promise<string> {
  const metrics = await program.api.metrics()
  const shops = metrics.sum('torg_search_index_shops')
  const products = metrics.sum('torg_search_index_products')
  const bytes = metrics.sum('torg_search_index_bytes')
  const each = Math.round(bytes / Math.max(1, products))
  const loads = metrics.sum('torg_search_index_loads')
  const megabytes = Math.round(bytes / 1024 / 1024)
  return `${shops} shops, ${products} products, ${megabytes} MB, ${each} bytes a product by its own count; shops were read ${loads} times`
}
