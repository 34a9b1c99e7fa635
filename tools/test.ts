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
const since = performance.now()
// An interrupted run must not leave a server behind: exiting kills it (see startTestCluster).
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => process.exit(130))
}
const cluster = await startTestCluster()
tell('PostgreSQL for tests', true, since, '')
process.env['TEST_DATABASE_URL'] = cluster.url
const folder = mkdtempSync(join(tmpdir(), 'torg-tests-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
process.env['TEST_FOLDER'] = folder
try {
  const part = (name: string, concurrency: number, holds: (file: string) => boolean) =>
    runTests({
      name,
      files: slow.filter(holds),
      concurrency,
      tell: words.length > 0 ? 'tests' : 'files',
    })
  results.push(await part('database', 2, (file) => file.endsWith('.db.test.ts')))
  const inFolder =
    (folder: string) =>
    (file: string): boolean =>
      file.startsWith(`tests/${folder}/`) && !file.endsWith('.db.test.ts')
  results.push(await part('journeys', 2, inFolder('journeys')))
  // These load whole programs: side by side they would only measure each other.
  for (const folder of ['simulation', 'authorization', 'fuzz', 'failures']) {
    results.push(await part(folder, 1, inFolder(folder)))
  }
} finally {
  await cluster.stop()
}
conclude(results)
