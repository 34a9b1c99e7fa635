/**
 * The whole proof: `npm test` runs the check, then everything that needs PostgreSQL on one cluster
 * of its own; `npm test -- orders cart` only the test files whose path has one of the words.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { startTestCluster } from '../tests/support/cluster.ts'
import { ALL_TESTS, check, conclude, isSlow } from './check.ts'
import { runTests, testFiles } from './run-tests.ts'
import { type StepResult, tell } from './steps.ts'

process.chdir(join(import.meta.dirname, '..'))

const words = process.argv.slice(2)
const asked = (file: string): boolean =>
  words.length === 0 || words.some((word) => file.includes(word))

const results: StepResult[] = []
if (words.length === 0) results.push(...(await check()))
else {
  const fast = testFiles(ALL_TESTS, (file) => isSlow(file) || !asked(file))
  results.push(await runTests({ name: 'unit', files: fast, concurrency: 2, tell: 'tests' }))
}

const slow = testFiles(ALL_TESTS, (file) => !isSlow(file) || !asked(file))

// An interrupted run must not leave a server behind: exiting kills it (see startTestCluster).
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => process.exit(130))
}

interface Part {
  readonly name: string
  readonly concurrency: number
  holds(file: string): boolean
}

const isIn =
  (folder: string) =>
  (file: string): boolean =>
    file.startsWith(`tests/${folder}/`) && !file.endsWith('.db.test.ts')

/** What they may take is little more than it takes: beside a whole shop they would measure that one. */
const JUDGES_TIME = /^tests\/failures\/(connections|roles)\.test\.ts$/

/** Begun last, each would run alone for a minute. */
const LONG = [
  /^tools\/verify\//,
  /^tests\/failures\/(kill|steps)\.test\.ts$/,
  /^tests\/browser\/looking\.test\.ts$/,
]
const isLong = (file: string): boolean => LONG.some((each) => each.test(file))

const PARTS: readonly Part[] = [
  { name: 'database', concurrency: 2, holds: (file) => file.endsWith('.db.test.ts') },
  { name: 'journeys', concurrency: 2, holds: isIn('journeys') },
  { name: 'browser', concurrency: 2, holds: isIn('browser') },
  // It takes all processors, and as many seeds as a minute has room for.
  { name: 'simulation', concurrency: 1, holds: isIn('simulation') },
  { name: 'authorization', concurrency: 2, holds: isIn('authorization') },
  // Each of its answers has a limit.
  { name: 'fuzz', concurrency: 1, holds: isIn('fuzz') },
  {
    name: 'failures',
    // They wait for time-outs more than for a processor.
    concurrency: 3,
    holds: (file) => isIn('failures')(file) && !JUDGES_TIME.test(file),
  },
  { name: 'failures by the clock', concurrency: 1, holds: (file) => JUDGES_TIME.test(file) },
]

const since = performance.now()
const cluster = await startTestCluster()
tell('PostgreSQL for tests', true, since, '')
const folder = mkdtempSync(join(tmpdir(), 'torg-tests-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
const env = { TEST_DATABASE_URL: cluster.url, TEST_FOLDER: folder }
try {
  for (const { name, concurrency, holds } of PARTS) {
    const files = slow.filter(holds)
    const first = [...files.filter(isLong), ...files.filter((file) => !isLong(file))]
    const told = words.length > 0 ? 'tests' : 'files'
    results.push(await runTests({ name, files: first, concurrency, tell: told, env }))
  }
} finally {
  await cluster.stop()
}
conclude(results)
