/** Runs one seed from its beginning until everything has come to rest. */
import { Crowd } from './clients.ts'
import { type FaultTable, type Rates } from './faults.ts'
import { type Tap, World } from './world.ts'

/** With clients about, and after they have gone. A seed that takes longer hangs. */
const MOST_STEPS = 20_000

/** Every seed has at least so many (issue 4). */
const LEAST_STEPS = 200

export interface RunOptions {
  readonly rates?: Rates
  readonly withoutFaults?: ReadonlySet<string>
  readonly withoutClients?: ReadonlySet<string>
  readonly isTold?: boolean
  /** Looked at after every step, for whoever looks for something else than what is wrong. */
  readonly alsoWrong?: (world: World) => string | undefined
  readonly tap?: Tap
  /** Where faults are counted. */
  readonly table?: FaultTable
}

export interface Ran {
  readonly seed: number
  readonly steps: number
  /** Equal for two runs that did the same. */
  readonly hash: number
  readonly violation: string | undefined
  readonly story: readonly string[]
  readonly clients: readonly string[]
  readonly struck: readonly string[]
  readonly orders: number
  readonly confirmed: number
  readonly deaths: number
}

export async function runSeed(seed: number, options: RunOptions = {}): Promise<Ran> {
  const { rates, withoutFaults, withoutClients, isTold = false, alsoWrong, tap, table } = options
  const world = new World(
    {
      seed,
      isTold,
      ...(rates === undefined ? {} : { rates }),
      ...(tap === undefined ? {} : { tap }),
      ...(withoutFaults === undefined ? {} : { without: withoutFaults }),
    },
    table,
  )
  const { afterStep } = world.scheduler
  if (alsoWrong !== undefined) {
    world.scheduler.afterStep = (label) => {
      afterStep(label)
      const words = alsoWrong(world)
      if (words !== undefined) world.violated(words)
    }
  }
  const crowd = new Crowd(world, withoutClients)
  await world.open(MOST_STEPS)
  // Some buyers are soon done; others come until enough has happened.
  for (let more = 0; world.scheduler.steps < LEAST_STEPS && more < 20; more += 1) {
    crowd.buyer()
    await world.open(MOST_STEPS)
  }
  await world.close(MOST_STEPS)
  return told(world, seed, crowd.names)
}

function told(world: World, seed: number, clients: readonly string[]): Ran {
  const orders = [...world.invariants.model.orders.values()]
  return {
    seed,
    steps: world.scheduler.steps,
    hash: world.scheduler.hash >>> 0,
    violation: world.violation,
    story: world.story,
    clients,
    struck: world.faults.struck,
    orders: orders.length,
    deaths: world.deaths,
    confirmed: orders.filter(({ status }) => status === 'confirmed' || status === 'fulfilled')
      .length,
  }
}
