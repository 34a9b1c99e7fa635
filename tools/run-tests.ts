import { globSync } from 'node:fs'
import { relative } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'

import { type StepResult, tell } from './steps.ts'

/** A file that takes longer hangs, in a test or after them; it ends itself, so that a run always ends. */
const FILE_LIMIT_MS = 300_000

/** Loaded into each test process. The timer fires only while something else keeps the process alive. */
const WATCHDOG = `data:text/javascript,${encodeURIComponent(`
  setTimeout(() => {
    console.error('Still running after ${FILE_LIMIT_MS / 1000} s, kept alive by: ' +
      process.getActiveResourcesInfo().join(', '))
    process.exit(1)
  }, ${FILE_LIMIT_MS}).unref()`)}`

export interface TestRun {
  readonly name: string
  readonly files: readonly string[]
  readonly concurrency: number
  /** Print each test as it ends, each file, or only what failed. */
  readonly tell: 'tests' | 'files' | 'failures'
  /** What the tests find in their environment besides what is in that of this process. */
  readonly env?: Readonly<Record<string, string>>
}

/** Files matching any of the patterns and none of the exceptions, sorted, without installed packages. */
export function testFiles(
  patterns: readonly string[],
  except: (file: string) => boolean = () => false,
): readonly string[] {
  const found = patterns.flatMap((pattern) => globSync(pattern, { exclude: ['**/node_modules'] }))
  return [...new Set(found)].filter((file) => !except(file)).toSorted()
}

/**
 * Runs test files, each in a process of its own, by the Node that runs this. A file that does not
 * load, ends in an error or is cut short counts as a failure; so does a skipped test, because the
 * house has none.
 */
export async function runTests({
  name,
  files,
  concurrency,
  tell: told,
  env = {},
}: TestRun): Promise<StepResult> {
  const since = performance.now()
  if (files.length === 0) {
    tell(name, true, since, '', ': there are no tests yet')
    return { name, passed: 0, failed: 0 }
  }

  const stream = run({
    files: [...files],
    concurrency,
    isolation: 'process',
    env: { ...process.env, ...env },
    execArgv: ['--import', WATCHDOG],
  })
  const counts = { passed: 0, failed: 0 }
  const failures: string[] = []
  const errors = new Map<string, string>()
  const failed = new Set<string>()
  stream.on('test:stderr', ({ file, message }) =>
    errors.set(file, ((errors.get(file) ?? '') + message).slice(-4000)),
  )
  stream.on('test:fail', ({ file }) => file !== undefined && failed.add(file))
  stream.on('test:summary', ({ file, counts: of, success, duration_ms: ms }) => {
    // The summary without a file is that of the whole run.
    if (file !== undefined) {
      const line = `    ${success ? '·' : '✗'} ${relative('.', file)} (${(ms / 1000).toFixed(1)} s)`
      if (told === 'files') console.log(line)
      return
    }
    counts.passed = of.passed
    counts.failed = of.tests - of.passed
    if (!success && counts.failed === 0) counts.failed = 1
  })
  const reporter = stream.compose(new spec())
  for await (const chunk of reporter) {
    const text = String(chunk)
    if (told === 'tests') process.stdout.write(text)
    else failures.push(text)
  }
  const fine = counts.failed === 0
  const said = failures.join('')
  const from = said.indexOf('failing tests:')
  const written = [...failed].map((file) => errors.get(file) ?? '').join('\n')
  const tail = (from < 0 ? said : said.slice(from)) + written
  tell(name, fine, since, tail, `: ${counts.passed} passed`)
  return { name, ...counts }
}
