import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Benchmark, Findings, Size } from './support/benchmark.ts'
import { measure, type Measured } from './support/measure.ts'
import { openProgram, type Program } from './support/program.ts'
import type { Figure } from './support/table.ts'
import type { ListOptions } from './scenarios/list-products.ts'

const CLIENTS = 64
const FEW = 8
const SCENARIO = new URL('./scenarios/list-products.ts', import.meta.url)
/** No address comes twice while its page may still be kept. */
const ADDRESSES = 30_000
const HOT_GOAL = 10_000
const UNCACHED_GOAL = 500

/** What a shopper waits for: `npm run bench:web`. */
export const web: Benchmark = {
  name: 'web',
  what: 'pages of the demo shop to people who have not signed in',
  run,
}

async function run(size: Size): Promise<Findings> {
  await using program = await openProgram()
  const pages = await pagesOf(program)
  const figures: Figure[] = []
  const details: string[] = []
  for (const [name, path] of pages) {
    const hot = await measured(program, size, { title: `${name}, hot`, paths: [path] })
    const each = Array.from({ length: ADDRESSES }, (_, n) => `${path}?visit=${n}`)
    const uncached = await measured(program, size, {
      title: `${name}, uncached`,
      paths: each,
      clients: FEW,
    })
    figures.push(rate(hot, `${name} page, hot, ${CLIENTS} at once`, HOT_GOAL))
    figures.push(p95(hot, `${name} page, hot, ${CLIENTS} at once: p95`))
    figures.push(rate(uncached, `${name} page, uncached, ${FEW} at once`, UNCACHED_GOAL))
    details.push(...hot.details, ...uncached.details)
  }
  return { postgres: program.postgres, figures, details }
}

/** The home page, the first category and a product of the demo shop, as its home page links them. */
async function pagesOf({ url }: Program): Promise<readonly (readonly [string, string])[]> {
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

function rate({ load, heldBackBy }: Measured, what: string, atLeast: number): Figure {
  return {
    what,
    value: (load.outcomes['shown'] ?? 0) / load.seconds,
    unit: 'pages/s',
    goal: { atLeast },
    latency: load.latency,
    heldBackBy,
  }
}

function p95({ load, heldBackBy }: Measured, what: string): Figure {
  return { what, value: load.latency.p95Ms, unit: 'ms', goal: { atMost: 20 }, heldBackBy }
}
