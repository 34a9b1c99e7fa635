/**
 * Measures Torg on this machine and prints one table, each figure beside its goal:
 * `npm run bench` everything, `npm run bench -- checkout` one, `-- --quick` shorter.
 * `-- hot-sku checkout --processes 2+2` measures the same with two processes that serve requests and
 * two workers beside it.
 * `-- growth products` says what it costs when only the products become more; `shops`, `orders`.
 * `npm run bench:web` measures pages, made and kept.
 * `BENCH_PROFILE=1` also says in which functions the server spent its time, `BENCH_STATEMENTS=1` in
 * which statements PostgreSQL did; both cost some of what is measured.
 */
import { parseArgs } from 'node:util'

import { checkout } from './checkout.ts'
import { commits } from './commits.ts'
import { footprint } from './footprint.ts'
import { DIMENSIONS, growth } from './growth.ts'
import { hotSku } from './hot-sku.ts'
import { imports } from './import.ts'
import { live } from './live.ts'
import { media } from './media.ts'
import { type Benchmark, type Findings, QUICK, WHOLE } from './support/benchmark.ts'
import { productList } from './product-list.ts'
import { relevance } from './relevance.ts'
import { rush } from './rush.ts'
import { search } from './search.ts'
import { secondLevel } from './second-level.ts'
import { searchShops } from './search-shops.ts'
import { tidyUpOnSignals } from './support/folder.ts'
import { machineLines } from './support/machine.ts'
import { table } from './support/table.ts'
import { web } from './web.ts'

const BENCHMARKS: readonly Benchmark[] = [
  commits,
  hotSku,
  checkout,
  productList,
  rush,
  footprint,
  live,
  search,
  searchShops,
  relevance,
  media,
  imports,
]

/** Only for who asks: half an hour and gigabytes of disk, a redis-server, pages that were built. */
const ASKED_FOR: readonly Benchmark[] = [growth, secondLevel, web]

tidyUpOnSignals()
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, processes: { type: 'string' } },
})
const named = [...BENCHMARKS, ...ASKED_FOR]
const growing = DIMENSIONS.filter((each) => positionals.includes(each))
const unknown = positionals.filter(
  (name) => !named.some((each) => each.name === name) && !growing.some((each) => each === name),
)
if (unknown.length > 0) {
  console.error(`"${unknown[0]}" is no benchmark. There are:`)
  for (const { name, what } of named) console.error(`  ${name.padEnd(14)} ${what}`)
  process.exit(1)
}

const size = {
  ...(values.quick ? QUICK : WHOLE),
  processes: values.processes,
  ...(growing.length > 0 ? { growth: growing } : {}),
}
const asked =
  positionals.length === 0 ? BENCHMARKS : named.filter(({ name }) => positionals.includes(name))
for (const line of machineLines(size)) console.log(line)

const found: Findings[] = []
let failures = 0
for (const benchmark of asked) {
  const since = performance.now()
  console.log(`\n▸ ${benchmark.name}: ${benchmark.what}`)
  try {
    const findings = await benchmark.run(size)
    // Settings are those of the program: the same in all benchmarks, said once.
    if (findings.postgres !== undefined && found.every(({ postgres }) => postgres === undefined)) {
      console.log(`  ${findings.postgres}`)
    }
    for (const line of findings.details) console.log(`  ${line}`)
    found.push(findings)
  } catch (error) {
    // The others are still worth having.
    failures += 1
    console.error(`  ${benchmark.name} failed:`, error)
  }
  console.log(`  (${((performance.now() - since) / 1_000).toFixed(0)} s)`)
}

console.log(`\n${table(found.flatMap(({ figures }) => figures))}`)
process.exit(failures === 0 ? 0 : 1)
