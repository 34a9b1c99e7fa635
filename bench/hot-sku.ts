import type { AddToCartOptions } from './scenarios/add-to-cart.ts'
import {
  by,
  goalOf,
  withEach,
  type Benchmark,
  type Findings,
  type Size,
} from './support/benchmark.ts'
import { manyCarts } from './support/carts.ts'
import { measure, profileOf, type Measured } from './support/measure.ts'
import { openProgram, type Program } from './support/program.ts'
import type { Figure } from './support/table.ts'

const CLIENTS = 64
/** More than anyone could use up in a second. */
const CARTS_A_SECOND = 15_000
const SCENARIO = new URL('./scenarios/add-to-cart.ts', import.meta.url)
const PEERS = '400 buyers, 100 units: Medusa 100 sold in 85 s, Vendure 400 sold'

/** Everybody wants the same SKU. */
export const hotSku: Benchmark = {
  name: 'hot-sku',
  what: `${CLIENTS} clients put one SKU into carts made before: with plenty of stock, then sold out`,
  run: (size) => withEach(size, runWith),
}

async function runWith(processes: string, size: Size): Promise<Findings> {
  await using program = await openProgram(20, processes)
  const [hot, gone] = await program.api.products(2)
  if (hot === undefined || gone === undefined) throw new Error('The demo has no products.')
  await program.api.setStock(hot, 100_000_000)
  await program.api.setStock(gone, 0)
  const carts: string[] = []
  for (let n = 0; n < CLIENTS; n += 1) carts.push(await program.api.createCart())

  const granted = await measured(program, size, 'granted', { sku: hot.sku, carts })
  const refused = await measured(program, size, 'sold out', { sku: gone.sku, carts })
  const cartFile = await manyCarts(program, CARTS_A_SECOND * (size.warmUpSeconds + size.seconds))
  const fresh = await measured(program, size, 'granted, fresh carts', { sku: hot.sku, cartFile })
  const profile = await profileOf(program, granted)
  return {
    postgres: program.postgres,
    figures: [
      ...figures(granted, 'granted', 6_000, processes),
      ...figures(fresh, 'granted', 6_000, processes, ', each into a fresh cart'),
      ...figures(refused, 'refused 409 inventory.not-enough', 15_000, processes),
    ],
    details: [...granted.details, ...refused.details, ...fresh.details, ...profile],
  }
}

function measured(
  program: Program,
  size: Size,
  title: string,
  options: AddToCartOptions,
): Promise<Measured> {
  return measure(program, {
    title,
    per: 'request',
    scenario: SCENARIO,
    clients: CLIENTS,
    warmUpSeconds: size.warmUpSeconds,
    seconds: size.seconds,
    options,
  })
}

function figures(
  { load, heldBackBy }: Measured,
  outcome: string,
  goal: number,
  processes: string,
  how = '',
): Figure[] {
  const word = `${outcome.split(' ')[0]}${how}${by(processes)}`
  return [
    {
      what: `hot SKU over HTTP, ${word}`,
      value: (load.outcomes[outcome] ?? 0) / load.seconds,
      unit: 'req/s',
      ...goalOf(processes, { atLeast: goal }),
      latency: load.latency,
      peers: PEERS,
      heldBackBy,
    },
    {
      what: `hot SKU over HTTP, ${word}: p95`,
      value: load.latency.p95Ms,
      unit: 'ms',
      ...goalOf(processes, { atMost: 50 }),
      heldBackBy,
    },
  ]
}
