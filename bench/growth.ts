/** What growth costs: the same requests on shops of several sizes, taken in turn (issue 4, item 6). */
import type { Benchmark, Findings, Size } from './support/benchmark.ts'
import { machineryLines, rebuildLine } from './support/growth-machinery.ts'
import { growOrders, growProducts, growShops, type Patterns } from './support/grown-shop.ts'
import { openGround, type Ground, type Site } from './support/ground.ts'
import { hasGoal, shopperSteps, staffSteps } from './support/growth-steps.ts'
import { compare, type Compared, type Step } from './support/rounds.ts'
import type { Figure } from './support/table.ts'

/** What grows while the rest stays. */
export const DIMENSIONS = ['products', 'shops', 'orders'] as const
export type Dimension = (typeof DIMENSIONS)[number]

export const growth: Benchmark = {
  name: 'growth',
  what: 'the same requests with more products, shops and orders (growth products, growth orders)',
  run,
}

/** A step may take so many times what it takes at the smallest size. */
const GOAL = 1.2

const ORDER_DAYS = 20

interface Plan {
  readonly sizes: readonly number[]
  grow(site: SiteMaker, size: number): Promise<Site>
  steps(site: Site, url: string, size: number): Promise<Record<string, Step>>
}

type SiteMaker = Ground['site']

async function run(size: Size): Promise<Findings> {
  const figures: Figure[] = []
  const details: string[] = []
  for (const dimension of size.growth ?? DIMENSIONS) {
    const found = await grown(dimension, size)
    figures.push(...found.figures)
    details.push(...found.details)
  }
  return { figures, details }
}

function planOf(dimension: Dimension, isQuick: boolean): Plan {
  const named = (size: number): string => `${size.toLocaleString('en-US')} ${dimension}`
  if (dimension === 'shops') {
    const products = isQuick ? 20 : 100
    return {
      sizes: isQuick ? [1, 100] : [1, 100, 1_000],
      grow: (site, shops) =>
        site(named(shops), async (database, patterns) => {
          await growShops(database, patterns, { shops, products })
        }),
      steps: async ({ patterns }, url, shops) => shopperSteps({ url, patterns, products, shops }),
    }
  }
  if (dimension === 'products') {
    return {
      sizes: isQuick ? [1_000, 10_000] : [1_000, 10_000, 100_000],
      grow: (site, products) =>
        site(named(products), (database, patterns) => fill(database, patterns, products, 1_000)),
      steps: async ({ patterns }, url, products) => shopperSteps({ url, patterns, products }),
    }
  }
  const products = 1_000
  return {
    sizes: isQuick ? [1_000, 10_000] : [10_000, 100_000, 1_000_000],
    grow: (site, orders) =>
      site(named(orders), (database, patterns) => fill(database, patterns, products, orders)),
    steps: async ({ patterns }, url) => ({
      ...shopperSteps({ url, patterns, products }),
      ...(await staffSteps({ url, patterns, products }, ORDER_DAYS)),
    }),
  }
}

async function fill(
  database: Parameters<typeof growProducts>[0],
  patterns: Patterns,
  products: number,
  orders: number,
): Promise<void> {
  await growProducts(database, patterns, products)
  await growOrders(database, patterns, { orders, products })
}

async function grown(
  dimension: Dimension,
  { isQuick }: Size,
): Promise<{ figures: Figure[]; details: string[] }> {
  await using ground = await openGround()
  const plan = planOf(dimension, isQuick)
  const details: string[] = []
  const sites: Site[] = []
  for (const size of plan.sizes) {
    const since = performance.now()
    sites.push(await plan.grow(ground.site, size))
    say(details, `${sites.at(-1)?.name} made in ${secondsSince(since)}`)
  }

  // Whatever PostgreSQL believes of its tables, requests look rows up (decision 0010).
  const samples = isQuick ? 40 : 300
  const unknown = await measured(plan, sites, Math.ceil(samples / 3), details)
  say(details, ...linesOf(unknown, `${dimension}, never analyzed`))
  for (const site of sites) {
    const database = await site.connect()
    await database.query('vacuum analyze').finally(() => database.end())
  }
  const known = await measured(plan, sites, samples, details)
  say(details, ...linesOf(known, `${dimension}, analyzed`))

  for (const site of sites) {
    const idle = (await site.idleBytes()) / 1e6
    await site.rest()
    say(details, `${site.name}: ${idle.toFixed(0)} MB of the program, idle`)
    say(details, ...(await machineryLines(site)))
    if (dimension !== 'products') await sayVerify(site, details)
  }
  // Last, because it takes rows away and makes them anew.
  if (dimension === 'orders') {
    for (const site of sites.slice(0, isQuick ? 1 : 2)) {
      say(details, await rebuildLine(site))
      await site.rest()
    }
  }
  return { figures: figuresOf(dimension, known), details }
}

async function measured(
  plan: Plan,
  sites: readonly Site[],
  samples: number,
  details: string[],
): Promise<Compared[]> {
  const contestants = []
  for (const [place, site] of sites.entries()) {
    const { url, startMs } = await site.serve()
    say(details, `${site.name}: answers ${startMs.toFixed(0)} ms after its start`)
    contestants.push({
      name: site.name,
      steps: await plan.steps(site, url, plan.sizes[place] ?? 0),
    })
  }
  return compare(contestants, samples, Math.ceil(samples / 6))
}

async function sayVerify(site: Site, details: string[]): Promise<void> {
  for (const args of [[], ['--since', '1h']]) {
    const { seconds, nodeBytes, isSound, said } = await site.verify(args)
    if (!isSound) throw new Error(`${site.name} is not sound:\n${said}`)
    const checks = /No violation in .*checks/.exec(said)?.[0] ?? ''
    say(
      details,
      `${site.name}: verify ${args.join(' ')} took ${seconds.toFixed(1)} s and ${(nodeBytes / 1e6).toFixed(0)} MB. ${checks}`,
    )
  }
}

/** At once as well: a whole run takes many minutes. */
function say(details: string[], ...lines: readonly string[]): void {
  for (const line of lines) console.log(`  … ${line}`)
  details.push(...lines)
}

function secondsSince(since: number): string {
  return `${((performance.now() - since) / 1_000).toFixed(1)} s`
}

function linesOf(compared: readonly Compared[], title: string): string[] {
  return [
    `${title}:  p50 and p95 in ms, and both as multiples of the smallest`,
    ...compared.map(({ step, size, p50Ms, p95Ms, p50Ratio, p95Ratio }) =>
      [
        `  ${step.padEnd(22)} ${size.padEnd(18)}`,
        ...[p50Ms, p95Ms].map((ms) => ms.toFixed(2).padStart(8)),
        ...[p50Ratio, p95Ratio].map((ratio) => `${ratio.toFixed(2)} ×`.padStart(9)),
      ].join(' '),
    ),
  ]
}

function figuresOf(dimension: Dimension, compared: readonly Compared[]): Figure[] {
  const [first] = compared
  return compared
    .filter(({ size }) => size !== first?.size)
    .map(({ step, size, p95Ratio, p50Ratio, p95Ms }) => ({
      what: `growth, ${size}: ${step}, p95 to that of ${first?.size}`,
      value: p95Ratio,
      unit: '×',
      ...(hasGoal(step) ? { goal: { atMost: GOAL } } : {}),
      heldBackBy: `${p95Ms.toFixed(1)} ms; the median is ${p50Ratio.toFixed(2)} × in ${dimension}`,
    }))
}
