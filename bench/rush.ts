import type { Benchmark, Findings, Size } from './support/benchmark.ts'
import { measure, profileOf } from './support/measure.ts'
import { openProgram, type Program } from './support/program.ts'
import type { RushOptions } from './scenarios/rush.ts'

const SCENARIO = new URL('./scenarios/rush.ts', import.meta.url)
const PEERS = '400 buyers, 100 units: Medusa 100 sold in 85 s, Vendure 400 sold'
const LONGEST_SECONDS = 300

/** More buyers than units, all at once. */
export const rush: Benchmark = {
  name: 'rush',
  what: '10,000 buyers, each on a connection of its own, want one of 500 units at the same moment',
  run,
}

async function run({ buyers, units }: Size): Promise<Findings> {
  await using program = await openProgram()
  const [product] = await program.api.products(1)
  if (product === undefined) throw new Error('The demo has no products.')
  const { sku } = product
  await program.api.setStock(product, units)
  const options: RushOptions = { sku }

  const measured = await measure(program, {
    title: 'rush',
    per: 'buyer',
    scenario: SCENARIO,
    clients: buyers,
    turns: buyers,
    seconds: LONGEST_SECONDS,
    options,
  })
  const { load, details, heldBackBy } = measured
  const truth = await truthOf(program, sku)
  const profile = await profileOf(program, measured)
  const what = `${buyers.toLocaleString('en-US')} buyers for ${units} units`
  return {
    postgres: program.postgres,
    figures: [
      {
        what: `${what}: sold`,
        value: truth.sold,
        unit: 'units',
        goal: { exactly: units },
        peers: PEERS,
        heldBackBy: JSON.stringify(truth),
      },
      {
        what: `${what}: orders paid and confirmed`,
        value: truth.confirmed,
        unit: 'orders',
        goal: { exactly: units },
        heldBackBy: JSON.stringify(truth),
      },
      { what: `${what}: until the last unit was paid for`, value: truth.seconds, unit: 's' },
      {
        what: `${what}: until the last buyer had an answer`,
        value: load.seconds,
        unit: 's',
        latency: load.latency,
      },
    ],
    details: [
      ...details,
      `  In the database: ${truth.sold} units sold, ${truth.left} left of which ${truth.held} held, ${truth.confirmed} orders confirmed, ${truth.unfinished} others; by the buyers: ${load.outcomes['paid'] ?? 0} paid. Held back by ${heldBackBy}.`,
      ...profile,
    ],
  }
}

interface Truth {
  readonly sold: number
  readonly left: number
  readonly held: number
  readonly confirmed: number
  /** Orders that were placed and not paid. */
  readonly unfinished: number
  /** From the first cart to the last sale. */
  readonly seconds: number
}

/** What the ledger and the log say, whatever buyers were told. */
async function truthOf(program: Program, sku: string): Promise<Truth> {
  const database = await program.database()
  try {
    const { rows } = await database.query<Truth>(
      `select
         (select coalesce(sum(amount), 0) from platform.transfers
          where unit = $1 and to_account = 'world/sold')::float8 as sold,
         (select coalesce(sum(posted), 0) from platform.accounts where unit = $1)::float8 as left,
         (select coalesce(sum(held), 0) from platform.accounts where unit = $1)::float8 as held,
         count(*) filter (where type = 'order.confirmed')::float8 as confirmed,
         (count(*) filter (where type = 'order.created')
           - count(*) filter (where type = 'order.confirmed'))::float8 as unfinished,
         coalesce(extract(epoch from max(at) filter (where type = 'order.confirmed')
           - min(at) filter (where type = 'cart.created')), 0)::float8 as seconds
       from platform.events where type like 'order.%' or type = 'cart.created'`,
      [sku],
    )
    const [truth] = rows
    if (truth === undefined) throw new Error('A query without groups has one row.')
    return truth
  } finally {
    await database.end()
  }
}
