/** The fast half of the proof: types, lint, format, tidy and unit tests; nothing but Node is needed. */
import { join } from 'node:path'

import { runTests, testFiles } from './run-tests.ts'
import { runCommand, type StepResult } from './steps.ts'

const root = join(import.meta.dirname, '..')
const bin = (name: string): string => join(root, 'node_modules', '.bin', name)

/** Tests that need PostgreSQL or the whole program, and therefore wait for `npm test`. */
export function isSlow(file: string): boolean {
  return (
    file.endsWith('.db.test.ts') ||
    /^tests\/(journeys|failures|simulation|authorization|fuzz|browser)\//.test(file)
  )
}

export const ALL_TESTS = ['{server,tests,tools,bench}/**/*.test.ts']

/** Runs the steps side by side and says how many of all they checked passed. */
export async function check(): Promise<readonly StepResult[]> {
  const commands = [
    { name: 'types', command: [bin('tsc'), '-p', '.', '--noEmit'] },
    { name: 'lint', command: [bin('oxlint'), '.'] },
    { name: 'format', command: [bin('oxfmt'), '--check', '.'] },
  ]
  const fast = testFiles(ALL_TESTS, isSlow)
  const isTidy = (file: string): boolean => file.startsWith('tests/tidy/')
  return Promise.all([
    ...commands.map(runCommand),
    runTests({ name: 'tidy', files: fast.filter(isTidy), concurrency: 1, tell: 'failures' }),
    runTests({
      name: 'unit',
      files: fast.filter((file) => !isTidy(file)),
      concurrency: 2,
      tell: 'failures',
    }),
  ])
}

/** `412 passed, 0 failed`, and the exit code that says the same. */
export function conclude(results: readonly StepResult[]): never {
  const sum = (pick: (result: StepResult) => number): number =>
    results.reduce((total, result) => total + pick(result), 0)
  const failed = sum((result) => result.failed)
  console.log(`\n${sum((result) => result.passed)} passed, ${failed} failed`)
  process.exit(failed === 0 ? 0 : 1)
}

if (import.meta.main) {
  process.chdir(root)
  conclude(await check())
}
