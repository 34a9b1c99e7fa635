import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import type { Benchmark, Findings, Size } from './support/benchmark.ts'
import { auditsOf, browserPath, CATEGORIES, median, type Audit } from './support/lighthouse.ts'
import { measure, type Measured } from './support/measure.ts'
import { openProgram, type Program } from './support/program.ts'
import type { Figure } from './support/table.ts'
import type { ListOptions } from './scenarios/list-products.ts'

const CLIENTS = 64
const FEW = 8
const SCENARIO = new URL('./scenarios/list-products.ts', import.meta.url)
/** No address comes twice while its page may still be kept; what pages ask the API is kept for a second, as in any shop with visitors. */
const ADDRESSES = 30_000
const HOT_GOAL = 10_000
const UNCACHED_GOAL = 500
const SETTLE_MS = 20_000
/** A process that has just begun makes pages at half the speed of one that has made some thousands. */
const UNCACHED_WARM_UP_SECONDS = 12
/** Of which the median counts. */
const AUDITS = 5

/** What a shopper waits for: `npm run bench:web`. */
export const web: Benchmark = {
  name: 'web',
  what: 'pages of the demo shop to people who have not signed in, and what Lighthouse says of them',
  run,
}

async function run(size: Size): Promise<Findings> {
  const one = await alone(size)
  // Pages are made on both cores, by a process on each.
  await using both = await openProgram(20, '2')
  const pages = await settled(both)
  const figures: Figure[] = []
  const details: string[] = []
  for (const [name, path] of pages) {
    const made = await uncached(both, size, `${name}, uncached by two`, path)
    figures.push(rate(made, `${name} page, uncached, ${FEW} at once, two`, UNCACHED_GOAL))
    details.push(...made.details)
  }
  return {
    postgres: both.postgres,
    figures: [...one.figures, ...figures],
    details: [...one.details, ...details],
  }
}

/** What one process gives out, and what Lighthouse says of it. */
async function alone(size: Size) {
  await using program = await openProgram()
  const pages = await settled(program)
  const figures: Figure[] = []
  const details: string[] = []
  for (const [name, path] of pages) {
    const hot = await measured(program, size, { title: `${name}, hot`, paths: [path] })
    const made = await uncached(program, size, `${name}, uncached by one`, path)
    figures.push(rate(hot, `${name} page, hot, ${CLIENTS} at once`, HOT_GOAL))
    figures.push(p95(hot, `${name} page, hot, ${CLIENTS} at once: p95`))
    figures.push(rate(made, `${name} page, uncached, ${FEW} at once, one process`))
    details.push(...hot.details, ...made.details)
  }
  const audited = await audit(program, pages, size)
  return {
    figures: [...figures, ...audited.figures],
    details: [...details, ...audited.details],
  }
}

/** A shop that has just been made is still being indexed, and what it sells moves. */
async function settled(program: Program): Promise<Pages> {
  await sleep(SETTLE_MS)
  return pagesOf(program)
}

function uncached(program: Program, size: Size, title: string, path: string): Promise<Measured> {
  const paths = Array.from({ length: ADDRESSES }, (_, n) => `${path}?visit=${n}`)
  const warm = { ...size, warmUpSeconds: UNCACHED_WARM_UP_SECONDS }
  return measured(program, warm, { title, paths, clients: FEW })
}

type Pages = readonly (readonly [string, string])[]

/** As a phone sees them: Lighthouse as it comes, which plays a slow network and a slow processor. */
async function audit(program: Program, pages: Pages, size: Size) {
  const browser = browserPath()
  if (browser === undefined) {
    const why = 'this machine has no Chromium; name one in CHROMIUM_PATH'
    return { figures: [], details: [`Lighthouse was not asked: ${why}.`] }
  }
  const figures: Figure[] = []
  const details: string[] = []
  // Browsers trust localhost as they do what comes encrypted: only so there is a worker, and Brotli.
  const origin = `http://localhost:${new URL(program.url).port}`
  for (const [name, path] of pages) {
    // What is kept is what a shop that has visitors shows.
    await fetch(`${origin}${path}`)
    const audits = await auditsOf(browser, `${origin}${path}`, size.isQuick ? 1 : AUDITS)
    figures.push(...auditFigures(name, audits))
    details.push(...audits.map((each, run) => `${name}, Lighthouse ${run + 1}: ${auditText(each)}`))
    const findings = new Set(audits.flatMap((each) => each.findings))
    details.push(...[...findings].map((each) => `  ${each}`))
  }
  return { figures, details }
}

function auditText({ scores, lcpMs, shift, load }: Audit): string {
  const points = CATEGORIES.map((category) => `${category} ${scores[category]}`).join(', ')
  return `${points}; LCP ${Math.round(lcpMs)} ms, shift ${shift.toFixed(3)} (load ${load.toFixed(1)})`
}

function auditFigures(name: string, audits: readonly Audit[]): Figure[] {
  const heldBackBy = 'what Lighthouse names above'
  const lcpMs = median(audits.map((each) => each.lcpMs))
  return [
    ...CATEGORIES.map((category): Figure => ({
      what: `${name} page, Lighthouse: ${category}`,
      value: median(audits.map(({ scores }) => scores[category])),
      unit: 'of 100',
      goal: { atLeast: 95 },
      heldBackBy,
    })),
    {
      what: `${name} page, largest contentful paint on a phone`,
      value: lcpMs,
      unit: 'ms',
      goal: { atMost: 1_500 },
      heldBackBy,
    },
  ]
}

/** The home page, the first category and a product of the demo shop, as its home page links them. */
async function pagesOf({ url }: Program): Promise<Pages> {
  const html = await (await fetch(`${url}/`)).text()
  const first = (kind: string): string => {
    const [, path] = new RegExp(`href="(/${kind}/[^"]+)"`).exec(html) ?? []
    if (path === undefined) throw new Error(`The home page links no /${kind}/.`)
    return path
  }
  return [
    ['home', '/'],
    ['category', first('c')],
    ['product', first('p')],
  ]
}

interface Asked {
  readonly title: string
  readonly paths: readonly string[]
  readonly clients?: number
}

function measured(
  program: Program,
  { warmUpSeconds, seconds }: Size,
  { title, paths, clients = CLIENTS }: Asked,
): Promise<Measured> {
  const pathFile = join(program.folder, `bench-web-${title.replaceAll(/\W+/g, '-')}.txt`)
  writeFileSync(pathFile, paths.join('\n'))
  const options: ListOptions = { pathFile }
  return measure(program, {
    title,
    per: 'page',
    scenario: SCENARIO,
    clients,
    warmUpSeconds,
    seconds,
    headers: { Host: 'localhost', 'Accept-Encoding': 'br' },
    options,
  })
}

function rate({ load, heldBackBy }: Measured, what: string, atLeast?: number): Figure {
  return {
    what,
    value: (load.outcomes['shown'] ?? 0) / load.seconds,
    unit: 'pages/s',
    ...(atLeast === undefined ? {} : { goal: { atLeast } }),
    latency: load.latency,
    heldBackBy,
  }
}

function p95({ load, heldBackBy }: Measured, what: string): Figure {
  return { what, value: load.latency.p95Ms, unit: 'ms', goal: { atMost: 20 }, heldBackBy }
}
