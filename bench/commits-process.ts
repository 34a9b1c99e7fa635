/**
 * Opens platform and contexts on an embedded PostgreSQL of its own, with the settings of production,
 * and writes orders as fast as they settle: `node commits-process.ts <warm-up s> <s>` with
 * `DATA_DIR`. The callers are in this process too; there is nothing below HTTP between them.
 */
import { readConfig } from '../server/config.ts'
import { compose } from '../server/compose.ts'
import { openInventory, openStockLevels } from '../server/contexts/inventory/context.ts'
import { openCatalog } from '../server/contexts/catalog/context.ts'
import { openOrders } from '../server/contexts/orders/context.ts'
import { openPayments } from '../server/contexts/payments/context.ts'
import { openPricing } from '../server/contexts/pricing/context.ts'
import { loadDemo, type DemoShop } from '../server/demo/catalog.ts'
import { seedDemo } from '../server/demo/seed.ts'
import { secretsFrom } from '../server/platform/auth/secrets.ts'
import { startEmbedded } from '../server/platform/db/embedded.ts'
import { migrate } from '../server/platform/db/migrate.ts'
import { money } from '../server/platform/money.ts'
import { openPlatform, type OpenPlatform } from '../server/platform/open.ts'
import { accept } from '../server/platform/outcome.ts'
import { openLog } from '../server/platform/telemetry/log.ts'
import type { Tenant } from '../server/platform/tenants.ts'
import type { CommitsCounted, CommitsResult } from './commits.ts'
import { Histogram } from './support/histogram.ts'
import { busyCores, machineTime, postgresLine } from './support/machine.ts'
import { coresText, heldBackBy } from './support/measure.ts'
import { watchProcesses } from './support/processes.ts'
import { connect } from './support/program.ts'

const COMMIT =
  '3 events (order.created with 3 lines, order.reserved, payment.opened) on 2 new streams; 3 holds, each locking 3 accounts and taking 1 unit; 1 row of personal data written as torg_app under forced row-level security; 1 timer; 1 key that is looked up and stored with its answer'

/** As many as one batch takes, and a handful. */
const CALLERS = [64, 512]
const LINES = 3

const [warmUpSeconds = 1, seconds = 5] = process.argv.slice(2).map(Number)
const config = readConfig(process.env, [])
const log = openLog({ service: 'bench', level: config.logLevel })
const secrets = secretsFrom('the secret of the benchmark, known to everyone')

await using running = new AsyncDisposableStack()
process.once('SIGTERM', () => void running.disposeAsync().then(() => process.exit(0)))
const embedded = await startEmbedded({ dataDir: config.dataDir })
running.defer(() => embedded.stop())
await migrate(embedded.url, secrets)
const platform = running.use(
  await openPlatform({ config, secrets, log, adminUrl: embedded.url }),
)
const administrator = await connect(config.dataDir)
running.defer(() => administrator.end())

const composed = compose(platform)
const [tenant] = await seedDemo(
  platform,
  {
    makeShop: (shop) => composed.createShop(administrator, shop),
    catalog: composed.catalog,
    stock: composed.stock,
    users: composed.users,
  },
  config.demoSeed,
  () => {},
)
const [shop] = loadDemo()
if (tenant === undefined || shop === undefined) throw new Error('There is no demo shop.')
const order = await orderWriter(platform, composed, tenant, shop)
await administrator.query('vacuum (analyze)')

const counted: CommitsCounted[] = []
for (const callers of CALLERS) counted.push(await count(callers))
const postgres = await postgresLine(administrator)
const result: CommitsResult = { commit: COMMIT, postgres, counted }
console.log(`RESULT ${JSON.stringify(result)}`)
// Told to end by whoever reads this, after the profile's last sample is of the load.
await new Promise(() => setInterval(() => {}, 1_000))

/** Writes one order; what checkout does with a cart of three lines, without the cart. */
async function orderWriter(
  platform: OpenPlatform,
  { stock: stockCommands }: ReturnType<typeof compose>,
  tenant: Tenant,
  demo: DemoShop,
): Promise<() => Promise<void>> {
  const levels = openStockLevels(platform)
  const { offers } = openCatalog(platform, { levels })
  const { stock } = openInventory(platform, { offers, levels })
  const { orders } = openOrders(platform)
  const { payments } = openPayments(platform, { orders, providerUrl: 'http://127.0.0.1:9' })
  const { total } = openPricing()

  const warehouse = demo.warehouses[0]?.code ?? ''
  const skus = demo.products.flatMap(({ variants }) => variants.map(({ sku }) => sku))
  await Promise.all(
    skus.map((sku) => {
      const cause = { caller: 'bench', key: `stock/${sku}`, fingerprint: 'bench' }
      const delivery = { sku, warehouse, quantity: 100_000_000, supplierRef: 'benchmark' }
      return stockCommands.receive(tenant.id, delivery, cause)
    }),
  )
  const known = await offers.offers(tenant.id, skus)
  const shelves = await stock.of(tenant.id)
  const delivery = money(tenant.delivery['post'] ?? 0, tenant.currency)
  const none = money(0, tenant.currency)
  let turn = 0

  return async () => {
    const first = (turn += 1) * 7
    const [orderId, paymentId] = [platform.ids.next(), platform.ids.next()]
    const lines = Array.from({ length: LINES }, (_, n) => {
      const sku = skus[(first + n * 31) % skus.length] ?? ''
      const offer = known.get(sku)
      if (offer === undefined) throw new Error(`${sku} is not on sale.`)
      const { productId, price: unitPrice } = offer
      const names = Object.values(offer.name)
      return { sku, productId, quantity: 1, unitPrice, holdId: `${orderId}/${sku}`, name: names[0] ?? sku }
    })
    const priced = total(tenant.currency, lines, delivery)
    const created = {
      type: 'order.created',
      number: orders.number(orderId),
      userId: null,
      cartId: null,
      lines: lines.map((line, n) => ({
        ...line,
        discount: none,
        tax: none,
        total: priced.lines[n]?.total ?? none,
      })),
      items: priced.items,
      discount: none,
      tax: none,
      delivery,
      total: priced.total,
      deliveryMethod: 'post',
      paymentMethod: 'card',
      paymentId,
    } as const
    const contact = {
      email: 'olena@example.com',
      shippingAddress: { name: 'Olena', line1: 'Khreshchatyk 1', city: 'Kyiv', country: 'UA' },
    }
    const forSeconds = tenant.holdMinutes * 60
    const outcome = await platform.write({
      tenant: tenant.id,
      caller: 'guest/bench',
      key: platform.ids.next(),
      fingerprint: 'bench',
      streams: { order: orders.newStream(orderId), payment: payments.newStream(paymentId) },
      decide: ({ order: state }) =>
        accept({
          append: {
            order: [created, { type: 'order.reserved' }],
            payment: [
              { type: 'payment.opened', orderId, userId: null, amount: created.total, method: 'card' },
            ],
          },
          transfers: lines.map(({ holdId: id, sku, quantity }) =>
            shelves.hold({ id, sku, quantity, forSeconds }),
          ),
          rows: orders.remember(orderId, contact),
          timers: [
            {
              set: `order/${orderId}/deadline`,
              kind: 'checkout.expire-order',
              inSeconds: forSeconds,
              data: { orderId },
            },
          ],
          answer: ({ at }) => ({
            ...orders.present(orderId, {
              ...state,
              ...created,
              status: 'reserved',
              createdAt: at,
              changedAt: at,
            }),
            payment: { id: paymentId, status: 'pending' },
          }),
        }),
    })
    if (!outcome.ok) throw new Error(`An order was refused: ${JSON.stringify(outcome.refusal)}`)
  }
}

/** So many callers, each of whom writes an order as soon as the last is answered. */
async function count(callers: number): Promise<CommitsCounted> {
  let latency = new Histogram()
  let isOver = false
  const begun = Promise.all(
    Array.from({ length: callers }, async () => {
      while (!isOver) {
        const since = performance.now()
        const into = latency
        await order()
        if (into === latency) latency.record(performance.now() - since)
      }
    }),
  )
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
  await pause(warmUpSeconds * 1_000)

  latency = new Histogram()
  const before = platform.writer.figures()
  const watch = watchProcesses({ program: process.pid, postgres: embedded.pid() ?? 0 })
  const machine = machineTime()
  const from = process.hrtime.bigint()
  await pause(seconds * 1_000)
  const to = process.hrtime.bigint()
  const busy = busyCores(machine, machineTime())
  const usage = watch.stop()
  const after = platform.writer.figures()
  const measured = latency
  isOver = true
  await begun

  const committed = after.members - before.members
  const cores = { server: usage.program.cores, PostgreSQL: usage.postgres.cores }
  return {
    callers,
    commits: committed,
    perSecond: committed / (Number(to - from) / 1e9),
    batches: after.batches - before.batches,
    latency: measured.summary(),
    cpu: coresText(cores, usage.postgres, busy),
    heldBackBy: heldBackBy(cores, busy),
    from: String(from),
    to: String(to),
  }
}
