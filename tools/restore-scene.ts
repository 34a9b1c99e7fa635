/** The shop of a restore drill: it sells, is backed up meanwhile, and loses its database. */
import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import pg from 'pg'

import { DEMO_PASSWORD } from '../server/demo/users.ts'
import { placeIn, readNotes } from '../server/platform/db/postgres-cluster.ts'
import { endStrayServer } from '../server/platform/db/postgres-process.ts'
import { Client } from '../tests/support/client.ts'
import { TEST_SECRET } from '../tests/support/database.ts'
import { Program } from '../tests/support/program.ts'
import {
  aCart,
  add,
  BUYER,
  must,
  type Payment,
  pay,
  type PlacedOrder,
  type Product,
} from '../tests/support/sale.ts'

/** What one buyer was told, and when; what was acknowledged is what counts. */
export interface Bought {
  readonly order: PlacedOrder
  readonly placedAt: number
  paidAt?: number
  refundedAt?: number
}

export interface Charge {
  readonly id: string
  readonly reference: string
  readonly status: string
  readonly amount: number
  readonly amountRefunded: number
}

/** Places of one drill; all of it is removed with it. */
export interface Place {
  readonly root: string
  readonly dataDir: string
  readonly backups: string
  readonly restored: string
}

export async function aPlace(parts: AsyncDisposableStack): Promise<Place> {
  const root = await mkdtemp(join(tmpdir(), 'torg-drill-'))
  const place = {
    root,
    dataDir: join(root, 'data'),
    backups: join(root, 'backups'),
    restored: join(root, 'restored'),
  }
  const remove = (): void => rmSync(root, { recursive: true, force: true, maxRetries: 5 })
  process.once('exit', remove)
  parts.defer(async () => {
    // What a killed program left running would write into folders that are gone.
    for (const dataDir of [place.dataDir, place.restored]) {
      await endStrayServer(placeIn(dataDir).cluster).catch(() => undefined)
    }
    process.off('exit', remove)
    remove()
  })
  return place
}

/** The whole program on its own database, backing itself up; the provider is elsewhere, as in life. */
export class Scene {
  readonly program: Program
  readonly client: Client
  readonly admin: pg.Client
  readonly bought: Bought[] = []
  private readonly staff: Client
  private readonly product: Product
  private readonly url: string
  private isOpen = true

  private constructor(
    program: Program,
    client: Client,
    admin: pg.Client,
    staff: Client,
    product: Product,
    url: string,
  ) {
    this.program = program
    this.client = client
    this.admin = admin
    this.staff = staff
    this.product = product
    this.url = url
  }

  static async open(
    dataDir: string,
    backups: string,
    providerUrl: string,
    parts: AsyncDisposableStack,
  ): Promise<Scene> {
    const program = parts.use(
      await Program.shop({
        DATA_DIR: dataDir,
        BACKUP_DIR: backups,
        TORG_SECRET: TEST_SECRET,
        PAYMENT_PROVIDER_URL: providerUrl,
      }),
    )
    const client = new Client(program.url, 'demo.localhost', { connections: 64 })
    parts.defer(() => client.close())
    const { port, password } = readNotes(placeIn(dataDir))
    const url = `postgres://postgres:${password}@127.0.0.1:${port}/torg`
    const admin = new pg.Client({ connectionString: url })
    // The drill kills the database under it.
    admin.on('error', () => undefined)
    await admin.connect()
    parts.defer(() => admin.end().catch(() => undefined))
    const login = { email: 'admin@demo.test', password: DEMO_PASSWORD }
    const session = await client.post<{ accessToken: string }>('/api/v1/users/login', login)
    const { accessToken } = must(session, 200)
    const staff = client.with({ authorization: `Bearer ${accessToken}` })
    const price = { amount: 129_900, currency: 'UAH' }
    const draft = { sku: 'DRILL-1', name: 'A ball for the drill', price }
    // A shop that was restored has it already.
    const made = await staff.post<Product>('/api/v1/products', draft)
    if (made.status !== 409) must(made, 201)
    const found = await staff.get<{ items: { id: string }[] }>('/api/v1/admin/products?sku=DRILL-1')
    const [first] = must(found, 200).items
    if (first === undefined) throw new Error('the shop has lost the product of the drill')
    const product = must(await staff.get<Product>(`/api/v1/products/${first.id}`), 200)
    const stock = { quantity: 1_000_000, reason: 'count' }
    must(await staff.patch(`/api/v1/products/${product.id}/stock`, stock), 200)
    return new Scene(program, client, admin, staff, product, url)
  }

  /** Of the superuser. */
  get adminUrl(): string {
    return this.url
  }

  /** Everybody buys until `stop`, or until the shop is lost. */
  sell(buyers: number): { stop(): Promise<void> } {
    let isOver = false
    const buyer = async (): Promise<void> => {
      while (!isOver && this.isOpen) await this.pay(await this.place())
    }
    const all = Array.from({ length: buyers }, () =>
      buyer().catch((error: unknown) => {
        // Whoever was in the middle of something when the shop was lost was told nothing.
        if (this.isOpen) throw error
      }),
    )
    return {
      async stop() {
        isOver = true
        await Promise.all(all)
      },
    }
  }

  async place(): Promise<Bought> {
    const cart = await aCart(this.client)
    must(await add(this.client, cart, this.product.sku), 201)
    const body = { cartId: cart, ...BUYER }
    const order = must(await this.client.post<PlacedOrder>('/api/v1/orders', body), 201)
    const bought: Bought = { order, placedAt: Date.now() }
    this.bought.push(bought)
    return bought
  }

  async pay(bought: Bought): Promise<Payment> {
    const payment = must(await pay(this.client, bought.order), 200)
    bought.paidAt = Date.now()
    return payment
  }

  async giveBack(bought: Bought): Promise<void> {
    const path = `/api/v1/payments/${bought.order.payment.id}/refund`
    must(await this.staff.post(path, { reason: 'a drill' }), 200)
    bought.refundedAt = Date.now()
  }

  async ask<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.admin.query<Row>(text, [...values])).rows
  }

  /** What an operator's slip does, and then the machine goes. */
  async destroy(dataDir: string): Promise<void> {
    this.isOpen = false
    await this.ask('drop table orders.summaries cascade')
    await this.ask(`delete from platform.events where stream like 'order/%'`)
    await this.ask('truncate platform.accounts')
    await sleep(50)
    await this.program.kill('SIGKILL')
    await this.admin.end().catch(() => undefined)
    await endStrayServer(placeIn(dataDir).cluster)
  }
}

/** The provider's own list, asked without any of our adapters. */
export async function chargesOf(providerUrl: string): Promise<readonly Charge[]> {
  const found: Charge[] = []
  for (let after: string | null = ''; after !== null;) {
    const query: string = after === '' ? '' : `&after=${after}`
    const answer = await fetch(`${providerUrl}/v1/charges?limit=1000${query}`)
    const page = (await answer.json()) as { items: Charge[]; next: string | null }
    found.push(...page.items)
    after = page.next
  }
  return found
}
