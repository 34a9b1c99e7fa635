/** A whole shop for tests: the real program, a database of its own, a payment provider. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import pg from 'pg'

import { DEMO_PASSWORD } from '../../server/demo/users.ts'
import { Client } from './client.ts'
import { aDatabase, TEST_SECRET, type TestDatabase } from './database.ts'
import type { TestCluster } from './cluster.ts'
import { aDemoDatabase } from './demo.ts'
import { violations } from './invariants.ts'
import { type Processes, processesOf } from './processes.ts'
import { Program } from './program.ts'
import { Wire } from './wire.ts'

export interface ShopOptions {
  /** Two demo shops and their logins; without it the deployment is empty. */
  readonly demo?: boolean
  /** How long the provider takes for an answer. */
  readonly providerDelayMs?: number
  /** Further environment of the program. */
  readonly env?: Readonly<Record<string, string>>
  /** A cluster of the test's own, to be killed; else that of all tests. */
  readonly cluster?: TestCluster | undefined
  /** Which processes serve the database; one that does everything when absent. */
  readonly processes?: Processes
  /** Lays a wire to the database and one to the provider, for the test to cut. */
  readonly wires?: boolean
}

/** What the provider does wrong from now on, as its `PUT /v1/faults` takes it. */
export type ProviderFaults = Readonly<Record<string, number | Readonly<Record<string, number>>>>

export interface Money {
  readonly amount: number
  readonly currency: string
}

/** A charge as the provider has it. */
export interface Charge {
  readonly id: string
  readonly amount: number
  readonly amountRefunded: number
  readonly currency: string
  /** The id of the payment. */
  readonly reference: string
}

/**
 * Starts a shop: `await using shop = await openShop()`. Everything ends with the block. Takes about
 * two seconds with the demo.
 */
export async function openShop(options: ShopOptions = {}): Promise<Shop> {
  const parts = new AsyncDisposableStack()
  try {
    const folder = await mkdtemp(join(tmpdir(), 'torg-shop-'))
    parts.defer(() => rm(folder, { recursive: true, force: true }))
    const { demo = true, cluster } = options
    const isCloned = demo && cluster === undefined
    const database = parts.use(
      isCloned ? await aDemoDatabase(folder) : await aDatabase({ on: cluster }),
    )
    const { providerDelayMs = 0 } = options
    const provider = parts.use(await Program.provider(join(folder, 'charges'), providerDelayMs))
    const wires =
      options.wires === true
        ? {
            database: parts.use(await Wire.to(database.adminUrl)),
            provider: parts.use(await Wire.to(provider.url)),
          }
        : undefined
    const env = {
      DATABASE_URL: wires?.database.over(database.adminUrl) ?? database.adminUrl,
      TORG_SECRET: TEST_SECRET,
      DATA_DIR: folder,
      DEMO: String(demo),
      PAYMENT_PROVIDER_URL: wires?.provider.over(provider.url) ?? provider.url,
      ...options.env,
    }
    // The first makes the demo; the others find it.
    const [first = [], ...others] = options.processes ?? processesOf('1')
    const program = parts.use(await Program.shop(env, first))
    const more = await Promise.all(
      others.map(async (roles) => ({ roles, program: parts.use(await Program.shop(env, roles)) })),
    )
    const programs = [{ roles: first, program }, ...more]
    const admin = new pg.Pool({ connectionString: database.adminUrl, max: 2 })
    // A test may end every connection of the database, this one included.
    admin.on('error', () => {})
    parts.defer(() => admin.end())
    return new Shop({ database, provider, programs, admin, env, wires }, parts.move())
  } catch (error) {
    await parts.disposeAsync()
    throw error
  }
}

/** A process and what it was started for; without roles it does everything. */
interface Placed {
  readonly program: Program
  readonly roles: Processes[number]
}

interface Parts {
  readonly database: TestDatabase
  readonly provider: Program
  readonly programs: readonly Placed[]
  readonly admin: pg.Pool
  readonly env: Readonly<Record<string, string>>
  readonly wires: Wires | undefined
}

/** What the shop's program reaches its surroundings by; the test itself goes around them. */
export interface Wires {
  readonly database: Wire
  readonly provider: Wire
}

export class Shop implements AsyncDisposable {
  readonly database: TestDatabase
  readonly provider: Program
  /** The first process, which serves requests. */
  readonly program: Program
  /** All processes it was opened with, and those of them that serve requests. */
  readonly programs: readonly Program[]
  readonly fronts: readonly Program[]
  private readonly admin: pg.Pool
  private readonly env: Readonly<Record<string, string>>
  private readonly wired: Wires | undefined
  private readonly parts: AsyncDisposableStack

  constructor(
    { database, provider, programs, admin, env, wires }: Parts,
    parts: AsyncDisposableStack,
  ) {
    this.database = database
    this.provider = provider
    this.programs = programs.map(({ program }) => program)
    this.fronts = programs
      .filter(({ roles }) => roles.length === 0 || roles.includes('api'))
      .map(({ program }) => program)
    this.program = this.fronts[0]!
    this.admin = admin
    this.env = env
    this.wired = wires
    this.parts = parts
  }

  /** Those of a shop that was opened with them. */
  get wires(): Wires {
    if (this.wired === undefined) throw new Error('this shop was opened without wires')
    return this.wired
  }

  /** Another process of the same deployment, on a port of its own; `env` is changed for it alone. */
  async another(
    roles: readonly ('api' | 'worker')[] = [],
    env: Readonly<Record<string, string>> = {},
  ): Promise<Program> {
    return this.parts.use(await Program.shop({ ...this.env, ...env }, roles))
  }

  /** A client of one of the shops, as a guest. */
  client(
    shop: 'demo' | 'second' = 'demo',
    { program = this.program, connections = 128 } = {},
  ): Client {
    const client = new Client(program.url, `${shop}.localhost`, { connections })
    this.parts.defer(() => client.close())
    return client
  }

  /** A client of each process that serves requests. */
  clients(options: { readonly connections?: number } = {}): readonly Client[] {
    return this.fronts.map((program) => this.client('demo', { program, ...options }))
  }

  /** A guest behind a balancer that gives each request to the next process, alive or not. */
  balanced(options: ConstructorParameters<typeof Client>[2] = {}): Client {
    const client = new Client(
      this.fronts.map(({ url }) => url),
      'demo.localhost',
      options,
    )
    this.parts.defer(() => client.close())
    return client
  }

  /** A client that is signed in as one of the demo's people: `admin`, `warehouse`, `shopper` … */
  async signedIn(who: string, shop: 'demo' | 'second' = 'demo'): Promise<Client> {
    const guest = this.client(shop)
    const login = { email: `${who}@demo.test`, password: DEMO_PASSWORD }
    const path = '/api/v1/users/login'
    const { status, body } = await guest.persist<{ accessToken: string }>('POST', path, {
      body: login,
    })
    if (status !== 200) throw new Error(`${who} cannot sign in: ${JSON.stringify(body)}`)
    return guest.with({ authorization: `Bearer ${body.accessToken}` })
  }

  /** Asks the database as its superuser. */
  async query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.admin.query<Row>(text, [...values])).rows
  }

  /** Lets the provider misbehave; `{}` ends it. */
  async setFaults(faults: ProviderFaults): Promise<void> {
    const { ok, status } = await fetch(`${this.provider.url}/v1/faults`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(faults),
    })
    if (!ok) throw new Error(`the provider refused its faults: ${status}`)
  }

  /** Throws when the database breaks an invariant, or differs from what the provider took. */
  async mustBeSound(): Promise<void> {
    const found = await violations(this.database.adminUrl, this.provider.url)
    if (found.length > 0) throw new Error(`the database is not sound:\n${found.join('\n')}`)
  }

  /** Every charge the provider has taken, oldest first. */
  async charges(): Promise<Charge[]> {
    const found: Charge[] = []
    for (let after: string | null = ''; after !== null;) {
      const query: string = after === '' ? '' : `&after=${after}`
      const answer = await fetch(`${this.provider.url}/v1/charges?limit=1000${query}`)
      const page = (await answer.json()) as { items: Charge[]; next: string | null }
      found.push(...page.items)
      after = page.next
    }
    return found
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.parts.disposeAsync()
  }
}
