/**
 * The resiliency matrix as data: what still works while something is broken. The failure test proves
 * every cell that is here and `docs/resiliency.md` is made from the same; what has no cell is shown
 * there as unknown (requirement R30).
 */

/** What is broken. */
export const FAULTS = {
  'database-away': 'PostgreSQL refuses connections',
  'database-silent': 'PostgreSQL takes connections and says nothing',
  'provider-away': 'the payment provider refuses connections',
  'provider-silent': 'the payment provider takes requests and says nothing',
  'worker-away': 'no worker runs: timers, read models and jobs stand still',
  'process-killed': 'one of two processes that serve requests is killed',
  broker: 'a message broker is down',
  redis: 'Redis is down',
  search: 'the search engine is down',
  blobs: 'the store of pictures is down',
  mail: 'the mail server is down',
} as const

/** What somebody wants to do. */
export const ACTIONS = {
  browse: 'browse products',
  'sign-in': 'sign in',
  cart: 'put into a cart',
  order: 'place an order',
  pay: 'pay',
  see: 'see an order',
  orders: 'list orders',
  cancel: 'cancel an order',
  stock: 'change stock',
  notice: 'take a notice of the provider',
  search: 'search',
  courier: 'report a delivery',
  seat: 'book a seat',
} as const

export type Fault = keyof typeof FAULTS
export type Action = keyof typeof ACTIONS

export interface Cell {
  readonly is: 'works' | 'degraded' | 'refused'
  /** How it is degraded or refused, in a few words. */
  readonly how?: string
  /** Of the answer. */
  readonly status: number
  readonly withinMs: number
}

const QUICK_MS = 2000

/** Silence is believed after 6 s, on a further connection too; the rest is room for a slow machine. */
const AFTER_SILENCE_MS = 18_000

const works = (status: number): Cell => ({ is: 'works', status, withinMs: QUICK_MS })
const refused = (how: string, withinMs = QUICK_MS): Cell => ({
  is: 'refused',
  how,
  status: 503,
  withinMs,
})

const WORKING: Readonly<Record<Exclude<Action, 'search' | 'courier' | 'seat'>, Cell>> = {
  browse: works(200),
  'sign-in': works(200),
  cart: works(201),
  order: works(201),
  pay: works(200),
  see: works(200),
  orders: works(200),
  cancel: works(200),
  stock: works(200),
  notice: works(200),
}

function all(cell: Cell): typeof WORKING {
  const names = Object.keys(WORKING) as (keyof typeof WORKING)[]
  return Object.fromEntries(names.map((name) => [name, cell])) as Record<keyof typeof WORKING, Cell>
}

const unpaid = (withinMs: number): Cell =>
  refused('503; the attempt is noted and asked about again by a timer', withinMs)

export const CELLS: Readonly<Partial<Record<Fault, Readonly<Partial<Record<Action, Cell>>>>>> = {
  'database-away': all(refused('503 at once, to be tried again')),
  'database-silent': all(refused('503 after 6 to 15 s', AFTER_SILENCE_MS)),
  'provider-away': { ...WORKING, pay: unpaid(QUICK_MS) },
  'provider-silent': { ...WORKING, pay: unpaid(AFTER_SILENCE_MS) },
  'worker-away': {
    ...WORKING,
    orders: {
      is: 'degraded',
      how: 'shows what was known before',
      status: 200,
      withinMs: QUICK_MS,
    },
  },
  'process-killed': WORKING,
}
