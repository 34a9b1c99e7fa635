import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Benchmark, Findings, Size } from './support/benchmark.ts'
import { BIG_SHOP_HOST, loadBigShop } from './support/big-shop.ts'
import { measure, profileOf, type Measured } from './support/measure.ts'
import { openProgram, type Program } from './support/program.ts'
import type { Figure } from './support/table.ts'
import type { ListOptions } from './scenarios/list-products.ts'

/** Enough to find out how much it bears, and so few that an answer hardly waits for others. */
const CLIENTS = 64
const FEW = 8
const SCENARIO = new URL('./scenarios/list-products.ts', import.meta.url)
const PEERS = 'Vendure 320, Medusa 38'

/** The page everyone opens first. */
export const productList: Benchmark = {
  name: 'list',
  what: 'pages of 20 products: the same one again and again, then each time another',
  run,
}

async function run(size: Size): Promise<Findings> {
  await using program = await openProgram()
  const database = await program.database()
  // No page comes twice while the program may still have it: it keeps them for 1 s.
  const shop = await loadBigShop(database, size.products, 2 * size.products)
  await database.end()

  const hot = await measured(program, size, 'hot', ['/api/v1/products?limit=20'])
  const cold = await measured(program, size, 'cold', shop.pages)
  const calm = await measured(program, size, 'cold, to few', shop.pages.toReversed(), FEW)
  const profile = await profileOf(program, cold)
  const products = size.products.toLocaleString('en-US')
  return {
    postgres: program.postgres,
    figures: [
      rate(hot, `product list of 20, hot, ${products} products, ${CLIENTS} at once`, 20_000),
      rate(cold, `product list of 20, cold, ${products} products, ${CLIENTS} at once`, 5_000),
      rate(calm, `product list of 20, cold, ${products} products, ${FEW} at once`, undefined),
      p95(hot, `product list of 20, hot, ${CLIENTS} at once: p95`),
      p95(calm, `product list of 20, cold, ${FEW} at once: p95`),
    ],
    details: [
      `${products} products with two variants each loaded in ${shop.seconds.toFixed(1)} s.`,
      ...hot.details,
      ...cold.details,
      ...calm.details,
      ...profile,
    ],
  }
}

function measured(
  program: Program,
  size: Size,
  title: string,
  paths: readonly string[],
  clients = CLIENTS,
): Promise<Measured> {
  const pathFile = join(program.folder, `bench-list-${clients}-${paths.length}.txt`)
  writeFileSync(pathFile, paths.join('\n'))
  const options: ListOptions = { pathFile }
  return measure(program, {
    title: `list, ${title}`,
    per: 'request',
    scenario: SCENARIO,
    clients,
    warmUpSeconds: size.warmUpSeconds,
    seconds: size.seconds,
    headers: { Host: BIG_SHOP_HOST },
    options,
  })
}

function rate({ load, heldBackBy }: Measured, what: string, goal: number | undefined): Figure {
  return {
    what,
    value: (load.outcomes['shown'] ?? 0) / load.seconds,
    unit: 'req/s',
    ...(goal === undefined ? {} : { goal: { atLeast: goal } }),
    latency: load.latency,
    peers: PEERS,
    heldBackBy,
  }
}

function p95({ load, heldBackBy }: Measured, what: string): Figure {
  return { what, value: load.latency.p95Ms, unit: 'ms', goal: { atMost: 20 }, heldBackBy }
}
