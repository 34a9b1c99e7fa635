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
import type { Offer } from '#context/catalog'
import type { OrderLine } from '#context/orders'
import { secretsFrom } from '../server/platform/auth/secrets.ts'
import { startEmbedded } from '../server/platform/db/embedded.ts'
import { migrate } from '../server/platform/db/migrate.ts'
import type { Id } from '../server/platform/ids.ts'
import { money } from '../server/platform/money.ts'
import { openPlatform } from '../server/platform/open.ts'
import { accept } from '../server/platform/outcome.ts'
import { openLog } from '../server/platform/telemetry/log.ts'
import type { Tenant } from '../server/platform/tenants.ts'
import type { Settled } from '../server/platform/write/commit.ts'
import type { CommitsCounted, CommitsResult } from './commits.ts'
import { Histogram } from './support/histogram.ts'
import { busyCores, machineTime, postgresLine } from './support/machine.ts'
import { coresText, heldBackBy } from './support/measure.ts'
import { watchProcesses } from './support/processes.ts'
import { connect } from './support/program.ts'
import {
  countStatements,
  STATEMENT_SETTINGS,
  statementLines,
  statementsAreCounted,
} from './support/statements.ts'

const COMMIT =
  '3 events (order.created with 3 lines, order.reserved, payment.opened) on 2 new streams; 3 holds, each locking 3 accounts and taking 1 unit; 1 row of personal data written as torg_app under forced row-level security; 1 timer; 1 key that is looked up and stored with its answer'

/** The last two fill batches as far as they go. */
const CALLERS = [64, 256, 1_024]
const LINES = 3
const CONTACT = {
  email: 'olena@example.com',
  shippingAddress: { name: 'Olena', line1: 'Khreshchatyk 1', city: 'Kyiv', country: 'UA' },
}

const [warmUpSeconds = 1, seconds = 5] = process.argv.slice(2).map(Number)
const config = readConfig(process.env, [])
const log = openLog({ service: 'bench', level: config.logLevel })
const secrets = secretsFrom('the secret of the benchmark, known to everyone')

await using running = new AsyncDisposableStack()
process.once('SIGTERM', () => void running.disposeAsync().then(() => process.exit(0)))
const embedded = await startEmbedded({
  dataDir: config.dataDir,
  ...(statementsAreCounted ? { settings: STATEMENT_SETTINGS } : {}),
})
running.defer(() => embedded.stop())
await migrate(embedded.url, secrets)
const platform = running.use(await openPlatform({ config, secrets, log, adminUrl: embedded.url }))
const administrator = await connect(config.dataDir)
running.defer(() => administrator.end())

const composed = compose(platform)
const [tenant] = await seedDemo(
  platform,
  {
    makeShop: (shop) => composed.createShop(administrator, shop),
    looks: composed.looks,
    catalog: composed.catalog,
    media: composed.media,
    stock: composed.stock,
    users: composed.users,
    prices: composed.prices,
    priceRules: composed.priceRules,
    reviews: composed.reviews,
  },
  config.demoSeed,
  () => {},
)
const [shop] = loadDemo()
if (tenant === undefined || shop === undefined) throw new Error('There is no demo shop.')
const sold = {
  tenant,
  currency: tenant.currency,
  parts: await orderParts(composed, tenant, shop),
}
let orderCount = 0
await administrator.query('vacuum (analyze)')

const counted: CommitsCounted[] = []
for (const callers of CALLERS) counted.push(await count(callers))
const postgres = await postgresLine(administrator)
const result: CommitsResult = { commit: COMMIT, postgres, counted }
console.log(`RESULT ${JSON.stringify(result)}`)
// Told to end by whoever reads this, after the profile's last sample is of the load.
await new Promise(() => setInterval(() => {}, 1_000))

/** What orders are made of, opened once. */
async function orderParts(
  { stock: stockCommands }: ReturnType<typeof compose>,
  { id: tenant }: Tenant,
  demo: DemoShop,
) {
  const { offers } = openCatalog(platform, { levels: openStockLevels(platform) })
  const { stock } = openInventory(platform, { offers, levels: openStockLevels(platform) })
  const { orders } = openOrders(platform, { tenants: async () => [] })
  const { payments } = openPayments(platform, { orders, providerUrl: 'http://127.0.0.1:9' })
  const { total } = openPricing(platform, {
    offers,
    users: { find: async () => undefined },
  }).pricing
  const warehouse = demo.warehouses[0]?.code ?? ''
  const skus = demo.products.flatMap(({ variants }) => variants.map(({ sku }) => sku))
  await Promise.all(
    skus.map((sku) => {
      const cause = { caller: 'bench', key: `stock/${sku}`, fingerprint: 'bench' }
      const delivery = { sku, warehouse, quantity: 100_000_000, supplierRef: 'benchmark' }
      return stockCommands.receive(tenant, delivery, cause)
    }),
  )
  const known = [...(await offers.offers(tenant, skus)).values()]
  return { known, shelves: await stock.of(tenant), orders, payments, total }
}

function linesOf(known: readonly Offer[], orderId: Id, turn: number): readonly OrderLine[] {
  const none = money(0, sold.currency)
  return Array.from({ length: LINES }, (_, n) => {
    const offer = known[(turn * 7 + n * 31) % known.length]
    if (offer === undefined) throw new Error('The demo sells nothing.')
    const { sku, productId, price: unitPrice } = offer
    const name = Object.values(offer.name)[0] ?? sku
    const holdId = `${orderId}/${sku}`
    const amounts = { unitPrice, discount: none, tax: none, total: unitPrice }
    return { sku, productId, name, quantity: 1, ...amounts, holdId }
  })
}

/** Writes one order: what checkout writes of a cart of three lines, without the cart. */
async function writeOrder(turn: number): Promise<void> {
  const { tenant, currency, parts } = sold
  const { known, shelves, orders, payments, total } = parts
  const [orderId, paymentId] = [platform.ids.next(), platform.ids.next()]
  const lines = linesOf(known, orderId, turn)
  const {
    items,
    discount,
    tax,
    delivery,
    total: sum,
  } = total(currency, lines, money(tenant.delivery['post'] ?? 0, currency))
  const created = {
    type: 'order.created',
    number: orders.number(orderId),
    userId: null,
    cartId: null,
    lines,
    items,
    discount,
    tax,
    delivery,
    total: sum,
    deliveryMethod: 'post',
    paymentMethod: 'card',
    paymentId,
  } as const
  const opened = {
    type: 'payment.opened',
    orderId,
    userId: null,
    amount: sum,
    method: 'card',
  } as const
  const forSeconds = tenant.holdMinutes * 60
  const deadline = { set: `order/${orderId}/deadline`, kind: 'checkout.expire-order' }
  const outcome = await platform.write({
    tenant: tenant.id,
    caller: 'guest/bench',
    key: platform.ids.next(),
    fingerprint: 'bench',
    streams: { order: orders.newStream(orderId), payment: payments.newStream(paymentId) },
    decide: ({ order }) =>
      accept({
        append: { order: [created, { type: 'order.reserved' }], payment: [opened] },
        transfers: lines.flatMap((line) => shelves.hold({ ...line, isNew: true, forSeconds })),
        rows: orders.remember(orderId, CONTACT),
        timers: [{ ...deadline, inSeconds: forSeconds, data: { orderId } }],
        answer: ({ at }: Settled) => ({
          ...orders.present(orderId, {
            ...order,
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

/** So many callers, each of whom writes an order as soon as the last is answered. */
async function count(callers: number): Promise<CommitsCounted> {
  let latency = new Histogram()
  let isOver = false
  const begun = Promise.all(
    Array.from({ length: callers }, async () => {
      while (!isOver) {
        const since = performance.now()
        const into = latency
        await writeOrder((orderCount += 1))
        if (into === latency) latency.record(performance.now() - since)
      }
    }),
  )
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
  await pause(warmUpSeconds * 1_000)

  latency = new Histogram()
  await countStatements(administrator)
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
  const committed = after.members - before.members
  isOver = true
  await begun
  const statements = await statementLines(administrator, committed, 'commit')
  const cores = { server: usage.program.cores, PostgreSQL: usage.postgres.cores }
  return {
    callers,
    commits: committed,
    perSecond: committed / (Number(to - from) / 1e9),
    batches: after.batches - before.batches,
    latency: measured.summary(),
    cpu: coresText(cores, usage.postgres, busy),
    heldBackBy: heldBackBy(cores, busy),
    statements,
    from: String(from),
    to: String(to),
  }
}
