import { setTimeout as sleep } from 'node:timers/promises'

import type pg from 'pg'

import { DEMO_PASSWORD } from '../server/demo/users.ts'
import type { Benchmark, Findings, Size } from './support/benchmark.ts'
import { profileOf } from './support/measure.ts'
import { watchProcesses } from './support/processes.ts'
import { openProgram, type Program } from './support/program.ts'
import { countStatements, statementLines } from './support/statements.ts'
import type { Figure } from './support/table.ts'

/** Rows a second (CAT-14). */
const GOAL = { atLeast: 5_000 }
/** Of a change that a merchant makes meanwhile, until search knows it (SRC-07). */
const FOUND_WITHIN = { atMost: 1_000 }
/** Search that has not found a change by then never will. */
const LATEST_MS = 60_000
const CURRENCY = 'EUR'
/** Of a product, a row each: sizes of a shoe; five of each; and as the demo shop has them, 2.8 on average. */
const FIVE = [5]
const MIXED = [1, 2, 3, 3, 5]

interface Import {
  readonly id: string
  readonly state: string
  readonly rows: number
  readonly applied: number
  readonly unchanged: number
  readonly failed: number
  readonly createdAt: string
  readonly endedAt: string | null
}

/** The shop is searched and changed as well: what that costs the rows is told without a goal. */
const CHANGED = 'while a merchant changes and seeks products'

/** Large tables in, while somebody buys. */
export const imports: Benchmark = {
  name: 'import',
  what: 'tables of products, the same again, prices and stock, while somebody adds to carts',
  run,
}

async function run(size: Size): Promise<Findings> {
  await using program = await openProgram()
  const count = size.products
  const login = { email: 'admin@demo.test', password: DEMO_PASSWORD }
  const { accessToken } = await program.api.post<{ accessToken: string }>(
    '/api/v1/users/login',
    login,
  )
  const list = await fetch(`${program.url}/api/v1/price-lists/${CURRENCY}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ delivery: {} }),
  })
  if (!list.ok) throw new Error(`${list.status} ${await list.text()}`)

  const figures: Figure[] = []
  const details: string[] = []
  const database = await program.database()
  const profiled: { readonly what: string; readonly from: bigint; readonly to: bigint }[] = []
  for (const [what, kind, text] of tablesOf(count)) {
    const first = watchProcesses(program.pids).stop().server.rssLastBytes
    const watch = watchProcesses(program.pids)
    const shopper = new Shopper(program)
    const merchant = what === CHANGED ? await Merchant.begin(program, accessToken) : undefined
    await countStatements(database)
    const from = process.hrtime.bigint()
    const done = await send(program, accessToken, kind, text)
    profiled.push({ what, from, to: process.hrtime.bigint() })
    const latency = await shopper.stop()
    const found = await merchant?.stop()
    const { server, postgres } = watch.stop()
    // A row that is refused costs little; the shopper’s carts hold a unit of one or two.
    if (done.failed > done.rows / 1_000) {
      throw new Error(
        [`${done.failed} rows failed`, ...(await faultLines(database, done))].join('\n'),
      )
    }
    const seconds = (Date.parse(done.endedAt ?? '') - Date.parse(done.createdAt)) / 1_000
    figures.push({
      what: `import of ${count} rows, ${what}`,
      value: done.rows / seconds,
      unit: 'rows/s',
      ...(found === undefined ? { goal: GOAL } : {}),
      heldBackBy: `cores: server ${server.cores.toFixed(2)}, PostgreSQL ${postgres.cores.toFixed(2)}`,
    })
    if (found !== undefined) {
      figures.push({
        what: `search knows a change, ${what}: p95`,
        value: at(found, 0.95),
        unit: 'ms',
        goal: FOUND_WITHIN,
      })
    }
    details.push(
      `${what}: ${done.state} in ${seconds.toFixed(1)} s; ${done.applied} applied, ` +
        `${done.unchanged} unchanged, ${done.failed} failed; server ${mb(first)} MB before, ` +
        `${mb(server.rssPeakBytes)} MB at most; cores: server ${server.cores.toFixed(2)}, ` +
        `PostgreSQL ${postgres.cores.toFixed(2)}; add to cart meanwhile: ${times(latency)}` +
        (found === undefined ? '' : `; a change is found after: ${times(found)}`),
      ...(await faultLines(database, done)),
      ...(await statementLines(database, done.rows, 'row')),
    )
  }
  await database.end()
  for (const { what, ...from } of profiled) {
    const lines = await profileOf(program, from)
    details.push(...lines.map((line) => `${what}: ${line}`))
  }
  return { postgres: program.postgres, figures, details: [...details, ...program.complaints()] }
}

/** What is imported, one after the other: of so many rows each. */
function tablesOf(count: number): readonly (readonly [what: string, kind: string, text: string])[] {
  const skus = Array.from({ length: count }, (_, n) => `BENCH-${n}`)
  const ofFive = tableOfVariants('BENCH', count, FIVE)
  const mixed = tableOfVariants('MIX', count, MIXED)
  const ofOne = (name: string): string =>
    table(
      'product,sku,name.uk,name.en,description.uk,price,weightGrams',
      skus.map(
        (sku, n) =>
          `${name.toLowerCase()}-${n},${name}-${sku},Мʼяч ${n},Ball ${n},Круглий.,${n + 1}.50,400`,
      ),
    )
  const prices = table(
    'sku,currency,price',
    skus.map((sku, n) => `${sku},${CURRENCY},${n + 1}.25`),
  )
  const stock = table(
    'sku,warehouse,quantity',
    skus.map((sku, n) => `${sku},kyiv,${(n % 90) + 1}`),
  )
  return [
    ['new products of five variants each', 'products', ofFive],
    ['the same again', 'products', ofFive],
    ['new products of 2.8 variants on average', 'products', mixed],
    ['new products of one variant each', 'products', ofOne('ONE')],
    ['prices', 'prices', prices],
    ['stock', 'stock', stock],
    [CHANGED, 'products', ofOne('MORE')],
  ]
}

/** Rows of products that have so many variants in turn. */
function tableOfVariants(name: string, count: number, variants: readonly number[]): string {
  const rows: string[] = []
  for (let product = 0; rows.length < count; product += 1) {
    const of = Math.min(variants[product % variants.length] ?? 1, count - rows.length)
    for (let n = 0; n < of; n += 1) {
      const says = `Кросівки ${product},Shoes ${product},Легкі.`
      rows.push(
        `${name.toLowerCase()}-${product},${name}-${rows.length},${says},${36 + n},${product + 1}.50,400`,
      )
    }
  }
  return table('product,sku,name.uk,name.en,description.uk,option.size,price,weightGrams', rows)
}

function table(header: string, rows: readonly string[]): string {
  return [header, ...rows].join('\n')
}

async function send({ url }: Program, token: string, kind: string, body: string): Promise<Import> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'text/csv' }
  const path = `${url}/api/v1/admin/imports`
  const begun = await fetch(`${path}?kind=${kind}`, { method: 'POST', headers, body })
  if (begun.status !== 202) throw new Error(`${begun.status} ${await begun.text()}`)
  const { id } = (await begun.json()) as Import
  for (;;) {
    await sleep(250)
    const answer = await fetch(`${path}/${id}`, { headers })
    const seen = (await answer.json()) as Import
    if (seen.state !== 'waiting' && seen.state !== 'running') return seen
  }
}

/** What was wrong with the first rows that were refused: nothing is, in these tables. */
async function faultLines(database: pg.Client, { id }: Import): Promise<string[]> {
  const { rows } = await database.query<{ line: number; code: string; reason: string }>(
    'select line, code, reason from exchange.faults where import_id = $1 order by line limit 3',
    [id],
  )
  return rows.map(({ line, code, reason }) => `  line ${line}: ${code}: ${reason}`)
}

/** Adds to a new cart twenty times a second, whatever else goes on. */
class Shopper {
  private readonly took: number[] = []
  private readonly walk: Promise<void>
  private isGone = false

  constructor(program: Program) {
    this.walk = this.buy(program)
  }

  /** How long each took. */
  async stop(): Promise<readonly number[]> {
    this.isGone = true
    await this.walk
    return this.took
  }

  private async buy({ api }: Program): Promise<void> {
    const [product] = await api.products(1)
    if (product === undefined) throw new Error('there is nothing to buy')
    await api.setStock(product, 1_000_000)
    while (!this.isGone) {
      const cart = await api.createCart()
      const since = performance.now()
      await api.post(`/api/v1/carts/${cart}/items`, { sku: product.sku, quantity: 1 })
      this.took.push(performance.now() - since)
      await sleep(50)
    }
  }
}

/** Renames a product again and again, and looks for it by its new name. */
class Merchant {
  private readonly took: number[] = []
  private readonly work: Promise<void>
  private isGone = false

  private constructor(program: Program, token: string) {
    this.work = this.rename(program, token)
  }

  /** As soon as the shop is read for search, which takes a large one some seconds. */
  static async begin(program: Program, token: string): Promise<Merchant> {
    while (!(await answers(program.url))) await sleep(250)
    return new Merchant(program, token)
  }

  /** How long each new name took to be found. */
  async stop(): Promise<readonly number[]> {
    this.isGone = true
    await this.work
    return this.took
  }

  private async rename({ api, url }: Program, token: string): Promise<void> {
    const product = (await api.products(2)).at(-1)
    if (product === undefined) throw new Error('there is nothing to rename')
    // What is sold out is not found.
    await api.setStock(product, 1_000)
    while (!this.isGone) {
      const word = `zq${randomLetters()}`
      const since = performance.now()
      const answer = await fetch(`${url}/api/v1/products/${product.id}`, {
        method: 'PATCH',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name: { en: word } }),
      })
      if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
      while (!(await isFound(url, word))) {
        if (performance.now() > since + LATEST_MS) throw new Error(`${word} was never found`)
        await sleep(50)
      }
      this.took.push(performance.now() - since)
      await sleep(250)
    }
  }
}

async function answers(url: string): Promise<boolean> {
  return (await fetch(`${url}/api/v1/search?q=ball&lang=en`)).ok
}

async function isFound(url: string, word: string): Promise<boolean> {
  const answer = await fetch(`${url}/api/v1/search?q=${word}&lang=en`)
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
  const { items } = (await answer.json()) as { items: readonly { readonly name: string }[] }
  return items.some(({ name }) => name === word)
}

function randomLetters(): string {
  return Array.from({ length: 10 }, () =>
    String.fromCodePoint(97 + Math.floor(Math.random() * 26)),
  ).join('')
}

function at(took: readonly number[], share: number): number {
  const sorted = took.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

function times(took: readonly number[]): string {
  const [p50 = '', p95 = '', p99 = ''] = [0.5, 0.95, 0.99].map((share) =>
    at(took, share).toFixed(1),
  )
  return `p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms of ${took.length}`
}

function mb(bytes: number): string {
  return (bytes / 1_048_576).toFixed(0)
}
