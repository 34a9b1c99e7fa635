import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { Client } from '../tests/support/client.ts'
import type { Benchmark, Findings, Size } from './support/benchmark.ts'
import { measure, profileOf, type Measured } from './support/measure.ts'
import { openProgram, type Program } from './support/program.ts'
import { loadSearchShop, searchedFilters, searchedText } from './support/search-shop.ts'
import type { Figure } from './support/table.ts'
import type { ListOptions } from './scenarios/list-products.ts'

/** Enough to keep the server busy; with more, each waits for the others and nobody is answered sooner. */
const CLIENTS = 12

/** With more the server is full, and a suggestion waits for those before it: that is no longer its own time. */
const TYPING = 4
const SCENARIO = new URL('./scenarios/list-products.ts', import.meta.url)
const PRODUCTS = 50_000

/** A shop is read into memory by its first search; this is how long the bench waits for that. */
const PATIENCE_MS = 60_000

/** Searches nobody has made a second before, and suggestions for what is being typed. */
export const search: Benchmark = {
  name: 'search',
  what: `searches with four facets, words alone, and suggestions in a shop of ${PRODUCTS.toLocaleString('en-US')} products in three languages`,
  run,
}

async function run(size: Size): Promise<Findings> {
  await using program = await openProgram()
  const database = await program.database()
  const products = PRODUCTS
  const { seconds, host } = await loadSearchShop(database, products)
  await database.end()
  const firstMs = await firstAnswer(program, host)

  const numbers = Array.from({ length: 60_000 }, (_, number) => number)
  const q = (number: number): string => encodeURIComponent(searchedText(number))
  const filtered = await measured(
    program,
    size,
    host,
    'four facets',
    numbers.map((number) => `/api/v1/search?q=${q(number)}&${searchedFilters(number)}`),
  )
  const plain = await measured(
    program,
    size,
    host,
    'words alone',
    numbers.map(
      // Bounds that bind nothing make each search another than those before.
      (number) => `/api/v1/search?q=${q(number)}&minPrice=${number % 5_000}`,
    ),
  )
  const beginnings = numbers.map((number) => {
    const text = searchedText(number)
    const shown = text.slice(0, 2 + (number % Math.max(1, text.length - 1)))
    return `/api/v1/search/suggest?q=${encodeURIComponent(shown)}`
  })
  const typed = await measured(program, size, host, 'suggestions', beginnings)
  const calm = await measured(program, size, host, 'suggestions to few', beginnings, TYPING)
  const metrics = await program.api.metrics()
  const indexBytes = metrics.sum('torg_search_index_bytes')
  const many = `${products.toLocaleString('en-US')} products × 3 languages`
  return {
    postgres: program.postgres,
    figures: [
      ...figures(filtered, `search with four facets, uncached, ${many}`, 1_000, 30),
      ...figures(plain, `search by words with all facets, uncached, ${many}`, undefined, 30),
      ...figures(typed, `suggestions, ${many}`, undefined, undefined),
      ...figures(calm, `suggestions, ${many}`, undefined, 10, TYPING),
    ],
    details: [
      `${many} loaded in ${seconds.toFixed(1)} s; the first search read the shop in ${(firstMs / 1_000).toFixed(1)} s.`,
      `The index takes ${Math.round(indexBytes / products)} bytes a product by its own count, ${Math.round(indexBytes / 1024 / 1024)} MB in all.`,
      ...filtered.details,
      ...plain.details,
      ...typed.details,
      ...calm.details,
      ...(await profileOf(program, filtered)),
    ],
  }
}

/** How long until the shop is in memory: a shop that is still being read answers 503. */
async function firstAnswer(program: Program, host: string): Promise<number> {
  const since = performance.now()
  const client = new Client(program.urls, host)
  while (performance.now() - since < PATIENCE_MS) {
    const { status } = await client.ask<unknown>('GET', '/api/v1/search?q=rhjcsdrb')
    if (status === 200) {
      client.close()
      return performance.now() - since
    }
  }
  throw new Error('The shop was not read for search.')
}

function measured(
  program: Program,
  size: Size,
  host: string,
  title: string,
  paths: readonly string[],
  clients = CLIENTS,
): Promise<Measured> {
  const pathFile = join(program.folder, `bench-search-${title.replaceAll(' ', '-')}.txt`)
  writeFileSync(pathFile, paths.join('\n'))
  const options: ListOptions = { pathFile }
  return measure(program, {
    title: `search, ${title}`,
    per: 'request',
    scenario: SCENARIO,
    clients,
    warmUpSeconds: size.warmUpSeconds,
    seconds: size.seconds,
    headers: { Host: host },
    options,
  })
}

function figures(
  { load, heldBackBy }: Measured,
  what: string,
  atLeast: number | undefined,
  p95Ms: number | undefined,
  clients = CLIENTS,
): Figure[] {
  const value = ((load.outcomes['shown'] ?? 0) + (load.outcomes['empty'] ?? 0)) / load.seconds
  const asked = `${what}, ${clients} at once`
  const rate: Figure = {
    what: asked,
    value,
    unit: 'req/s',
    ...(atLeast === undefined ? {} : { goal: { atLeast } }),
    latency: load.latency,
    heldBackBy,
  }
  if (p95Ms === undefined) return [rate]
  return [
    rate,
    {
      what: `${asked}, p95`,
      value: load.latency.p95Ms,
      unit: 'ms',
      goal: { atMost: p95Ms },
      heldBackBy,
    },
  ]
}
