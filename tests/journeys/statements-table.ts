/** The kept table of what each operation asks of PostgreSQL, and what measures it. */
import { randomUUID } from 'node:crypto'

import type { Program } from '../support/program.ts'
import { type Asked, StatementCounter } from '../support/statement-counter.ts'
import { type Answer, good, Journey } from './journey.ts'
import { OPERATIONS } from './statements-operations.ts'
import { type Called, LISTED, World } from './statements-world.ts'

/** The path of the table from the root. */
export const TABLE = 'docs/statements.md'

/** What an operation asks for one call. */
export interface Cost {
  readonly statements: number
  readonly roundTrips: number
}

/** A row of the table. */
export interface Row {
  readonly operation: string
  /** Everything the process may remember is remembered. */
  readonly warm: Cost
  /** The first request of a process that has just started. */
  readonly cold: Cost
  /** Statements for each of many calls at once; absent where they are not asked at once. */
  readonly each?: number
}

interface Served {
  readonly method: string
  readonly path: string
  readonly takesKey: boolean
}

/** Operations that many ask at once in a rush. */
export const AT_ONCE = [
  'createCart',
  'getCart',
  'addCartItem',
  'setCartItem',
  'removeCartItem',
  'placeOrder',
  'getOrder',
  'processPayment',
  'cancelOrder',
  'getProduct',
  'listProducts',
] as const

/** As many calls at once as a batch may have members. */
export const BATCH = 256

/** So long a process is paused until what it is asked has arrived. */
const HELD_MS = 250

/** A deployment of one process that works and one that answers; what the latter asks is counted. */
export class Counting implements AsyncDisposable {
  readonly served: ReadonlyMap<string, Served>
  private readonly counter: StatementCounter
  private readonly behind: Journey
  private readonly parts: AsyncDisposableStack
  private world: World

  private constructor(
    parts: AsyncDisposableStack,
    counter: StatementCounter,
    behind: Journey,
    world: World,
    served: ReadonlyMap<string, Served>,
  ) {
    this.parts = parts
    this.counter = counter
    this.behind = behind
    this.world = world
    this.served = served
  }

  static async begin(): Promise<Counting> {
    await using parts = new AsyncDisposableStack()
    const behind = parts.use(await Journey.begin())
    // Each payment would be told of once more, to the process that is counted, some moment later.
    await behind.shop.setFaults({ webhooks: { lost: 1 } })
    const counter = parts.use(await StatementCounter.before(behind.shop.database.adminUrl))
    const { paths } = good(await behind.get('/openapi.json'))
    const served = new Map<string, Served>()
    for (const [path, methods] of Object.entries<object>(paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        const { operationId, parameters = [], responses } = operation
        // A connection that stays open is no call.
        if ('101' in responses) continue
        const takesKey = parameters.some(({ name }: { name: string }) => name === 'Idempotency-Key')
        served.set(operationId, { method: method.toUpperCase(), path, takesKey })
      }
    }
    const world = await World.of(behind)
    const counting = new Counting(parts.move(), counter, behind, world, served)
    await counting.startAnew()
    return counting
  }

  /** The process that answers begins again and remembers nothing. */
  async startAnew(): Promise<void> {
    await this.front?.[Symbol.asyncDispose]()
    const { shop } = this.behind
    const url = this.counter.by(shop.database.adminUrl)
    this.front = await shop.another(['api'], { DATABASE_URL: url })
    this.world = this.world.by(this.behind.by(this.front))
  }

  private front: Program | undefined

  /** What one call asks that nothing was asked before. */
  async cold(operation: string): Promise<Asked> {
    const called = await this.prepared(operation, this.world.by(this.behind))
    await this.startAnew()
    return this.count(operation, [called])
  }

  /**
   * What one call asks when the like was asked just before: the least of some tries, because what is
   * remembered for a second may be forgotten on a busy machine. It ends early at what is `expected`.
   */
  async warm(operation: string, expected: Cost, tries: number): Promise<Asked> {
    let least: Asked | undefined
    for (let tried = 0; tried < tries; tried += 1) {
      const asked = await this.count(operation, [await this.prepared(operation, this.world)])
      if (least === undefined || isLess(asked, least)) least = asked
      if (overdrawn(operation, least, expected).length === 0) break
    }
    if (least === undefined) throw new Error('nothing was tried')
    return least
  }

  /** What as many calls at once ask as a batch may have members. */
  async many(operation: string): Promise<Asked> {
    const prepared = await inTurns(32, BATCH, () => this.prepared(operation, this.world))
    // They are all there before the process looks, however slowly this machine sends them.
    this.front?.signal('SIGSTOP')
    const counted = this.count(operation, prepared)
    await new Promise((resolve) => setTimeout(resolve, HELD_MS))
    this.front?.signal('SIGCONT')
    return counted
  }

  /** What is asked in so many milliseconds in which nobody asks anything. */
  async idle(ms: number): Promise<Asked> {
    this.counter.begin()
    await new Promise((resolve) => setTimeout(resolve, ms))
    return this.counter.end()
  }

  private async prepared(operation: string, world: World): Promise<Called> {
    const prepare = OPERATIONS[operation]
    if (prepare === undefined) throw new Error(`nobody says how ${operation} is asked`)
    return prepare(world)
  }

  private async count(operation: string, calls: readonly Called[]): Promise<Asked> {
    this.counter.begin()
    const answers = await Promise.all(calls.map((called) => this.call(operation, called)))
    const asked = await this.counter.end()
    for (const { status, body } of answers) {
      if (status >= 300) throw new Error(`${operation}: ${status} ${JSON.stringify(body)}`)
    }
    return asked
  }

  private call(operation: string, called: Called): Promise<Answer> {
    const route = this.served.get(operation)
    if (route === undefined) throw new Error(`no operation is called ${operation}`)
    const { path = {}, query = '', ...ask } = called
    const filled = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(path[name] ?? ''),
    )
    const key = route.takesKey ? { key: randomUUID() } : {}
    return this.world.journey.call(route.method, filled + query, { ...ask, ...key })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.parts.disposeAsync()
  }
}

/** So many results of the same work, at most some of it at once. */
async function inTurns<T>(atOnce: number, times: number, work: () => Promise<T>): Promise<T[]> {
  const results: T[] = []
  for (let done = 0; done < times; done += atOnce) {
    const some = Array.from({ length: Math.min(atOnce, times - done) }, work)
    results.push(...(await Promise.all(some)))
  }
  return results
}

const HEAD = `# What each operation asks of PostgreSQL

Written by \`npm run statements\`, which measures it from outside: the process that answers reaches PostgreSQL through a
counter that reads the protocol between them (\`tests/support/statement-counter.ts\`). Background work is done by another
process, which is not counted.

A **statement** is one that PostgreSQL executes; \`begin\`, \`commit\`, \`set role\` and the reading of the clock count. A
**round trip** is one wait for answers; statements that are sent together share it. Each operation that takes an
\`Idempotency-Key\` is given one, which costs two statements. Lists are asked for ${LISTED} things.

- **Warm**: everything the process may remember (shops for 5 s, offers for 1 s, warehouses, settings and price lists for
  2 s, the newest states of streams) is remembered, and the batch has one member.
- **Cold**: the first request of a process that has just started.
- **Of ${BATCH}**: statements for each of ${BATCH} calls at once.

\`tests/journeys/statements.test.ts\` compares the warm figures of every operation with the program as it is, and fails
when one differs from its row: make it cheaper, or run \`npm run statements\` and say why.
`

const COLUMNS = ['Operation', 'Statements', 'Round trips', 'Cold', 'Cold trips', `Of ${BATCH}`]

/** The table as a document. */
export function written(rows: readonly Row[]): string {
  const cells = rows.map(({ operation, warm, cold, each }) => [
    `\`${operation}\``,
    String(warm.statements),
    String(warm.roundTrips),
    String(cold.statements),
    String(cold.roundTrips),
    each === undefined ? '' : each.toFixed(2),
  ])
  const lines = [COLUMNS, COLUMNS.map((_, place) => (place === 0 ? '---' : '--:')), ...cells]
  return `${HEAD}\n${lines.map((line) => `| ${line.join(' | ')} |`).join('\n')}\n`
}

/** The rows of the document. */
export function read(document: string): Row[] {
  return [...document.matchAll(/^\| `(\w+)` \|(.*)\|$/gm)].map(([, operation = '', rest = '']) => {
    const [statements, trips, cold, coldTrips, each] = rest.split('|').map((cell) => cell.trim())
    return {
      operation,
      warm: { statements: Number(statements), roundTrips: Number(trips) },
      cold: { statements: Number(cold), roundTrips: Number(coldTrips) },
      ...(each === undefined || each === '' ? {} : { each: Number(each) }),
    }
  })
}

function isLess(asked: Asked, least: Asked): boolean {
  const more = asked.statements.length - least.statements.length
  return more < 0 || (more === 0 && asked.roundTrips < least.roundTrips)
}

/** A complaint where an operation asks anything else than its row says. */
export function overdrawn(operation: string, asked: Asked, row: Cost): string[] {
  const { statements, roundTrips } = costOf(asked)
  if (statements === row.statements && roundTrips === row.roundTrips) return []
  return [
    `${operation} asks ${statements} statements in ${roundTrips} round trips; its row says ` +
      `${row.statements} in ${row.roundTrips} (${asked.statements.join(', ')}): make it cheaper, ` +
      `or run \`npm run statements\` and say why`,
  ]
}

export function costOf({ statements, roundTrips }: Asked): Cost {
  return { statements: statements.length, roundTrips }
}
