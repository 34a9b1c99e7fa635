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
  const one = await searched(program, size, 'one shop', hosts.slice(0, 1))
  const before = await figuresOf(program)
  const many = await searched(program, size, 'all shops', hosts)
  const after = await figuresOf(program)
  const at = (share: number): number => cold[Math.floor((cold.length - 1) * share)] ?? 0
  const each = `of ${PRODUCTS.toLocaleString('en-US')} products`
  const rate = ({ load: { outcomes, seconds } }: Measured): number =>
    (outcomes['shown'] ?? 0) / seconds
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
        value: rate(one) / rate(many),
        unit: '×',
        goal: { atMost: 1.2 },
        heldBackBy: many.heldBackBy,
      },
    ],
    details: [
      `${shops} shops ${each} loaded in ${loaded.toFixed(1)} s.`,
      ...one.details,
      `  in memory then: ${textOf(before)}`,
      ...many.details,
      `  in memory then: ${textOf(after)}; ${after.loads - before.loads} shops were read meanwhile`,
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

function searched(
  program: Program,
  size: Size,
  title: string,
  hosts: readonly string[],
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
    warmUpSeconds: Math.max(size.warmUpSeconds, hosts.length * WARM_SECONDS),
    seconds: size.seconds,
    options,
  })
}

interface InMemory {
  readonly shops: number
  readonly products: number
  readonly bytes: number
  readonly loads: number
}

async function figuresOf(program: Program): Promise<InMemory> {
  const metrics = await program.api.metrics()
  return {
    shops: metrics.sum('torg_search_index_shops'),
    products: metrics.sum('torg_search_index_products'),
    bytes: metrics.sum('torg_search_index_bytes'),
    loads: metrics.sum('torg_search_index_loads'),
  }
}

function textOf({ shops, products, bytes }: InMemory): string {
  const each = Math.round(bytes / Math.max(1, products))
  return `${shops} shops, ${products} products, ${Math.round(bytes / 1024 / 1024)} MB, ${each} bytes a product by its own count`
}
