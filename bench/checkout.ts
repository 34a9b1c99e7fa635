import {
  by,
  goalOf,
  withEach,
  type Benchmark,
  type Findings,
  type Size,
} from './support/benchmark.ts'
import { watchLag } from './support/lag.ts'
import { measure, profileOf, type Measured } from './support/measure.ts'
import { openProgram, type Program } from './support/program.ts'
import type { Figure } from './support/table.ts'
import type { CheckoutOptions } from './scenarios/checkout.ts'

const PRODUCTS = 100
const SCENARIO = new URL('./scenarios/checkout.ts', import.meta.url)

/** The whole sale over HTTP, with everything running that runs in production. */
export const checkout: Benchmark = {
  name: 'checkout',
  what: 'a guest’s whole checkout over HTTP at 8 and 64 clients, and how far read models lag behind',
  run: (size) => withEach(size, runWith),
}

async function runWith(processes: string, size: Size): Promise<Findings> {
  await using program = await openProgram(20, processes)
  const products = await program.api.products(PRODUCTS)
  for (const product of products) await program.api.setStock(product, 10_000_000)
  const options: CheckoutOptions = { skus: products.map(({ sku }) => sku) }

  const few = await measured(program, size, 8, options)
  await analyze(program)
  const lag = await watchLag(program)
  const many = await measured(program, size, 64, options).finally(() => lag.stop())
  const behind = await lag.stop()
  const memory = many.usage.server.rssPeakBytes / 1e6
  const profile = await profileOf(program, many)
  return {
    postgres: program.postgres,
    figures: [
      figure(few, 8, processes),
      {
        ...figure(many, 64, processes),
        ...goalOf(processes, { atLeast: 1_000 }),
        peers: 'Vendure 11.4 (p95 3.2 s), Medusa 2.1',
      },
      {
        what: `whole checkout, 64 clients: p95 of the four requests together${by(processes)}`,
        value: many.load.latency.p95Ms,
        unit: 'ms',
        ...goalOf(processes, { atMost: 150 }),
        peers: 'Vendure 3,200',
        heldBackBy: many.heldBackBy,
      },
      ...behind.figures.map((each) => ({ ...each, what: each.what + by(processes) })),
      {
        what: `memory of the first server under that load, at most${by(processes)}`,
        value: memory,
        unit: 'MB',
      },
    ],
    details: [...few.details, ...many.details, ...behind.details, ...profile],
  }
}

/**
 * Gives the planner what autovacuum gives it within a minute: the database is seconds old, and what
 * is wanted is how the shop runs, not how its first seconds do. The run before has no such help.
 */
async function analyze(program: Program): Promise<void> {
  const database = await program.database()
  await database.query('analyze').finally(() => database.end())
}

function measured(
  program: Program,
  size: Size,
  clients: number,
  options: CheckoutOptions,
): Promise<Measured> {
  return measure(program, {
    title: `checkout, ${clients} clients`,
    per: 'order',
    scenario: SCENARIO,
    clients,
    warmUpSeconds: size.warmUpSeconds,
    seconds: size.seconds,
    options,
  })
}

function figure({ load, heldBackBy }: Measured, clients: number, processes: string): Figure {
  return {
    what: `whole checkout over HTTP, ${clients} clients${by(processes)}`,
    value: (load.outcomes['paid'] ?? 0) / load.seconds,
    unit: 'orders/s',
    latency: load.latency,
    heldBackBy,
  }
}
