/**
 * Shows that the failure tests catch what they are for: plants one bug at a time in a copy of the
 * tree and expects the test file it names to fail, after that file has passed in a copy without a
 * bug. Run it when these tests change, and before a release:
 *
 *     npm run test:crash -- --seeded [words of the names of bugs]
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { startTestCluster } from '../support/cluster.ts'
import { type Bug, BUGS, type Edit, misfit } from './bugs.ts'

const ROOT = join(import.meta.dirname, '..', '..')

/** What a test needs of the tree. */
const PARTS = ['server', 'tests', 'tools', 'bench', 'docs', 'package.json', 'README.md']

/** A copy of the tree with the edits made; its folder. */
function plant(edits: readonly Edit[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'torg-seeded-'))
  for (const part of PARTS) cpSync(join(ROOT, part), join(folder, part), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  for (const { file, right, wrong } of edits) {
    const path = join(folder, file)
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replaceAll(right, () => wrong),
    )
  }
  return folder
}

/** What a test file said that failed with the edits made; undefined when it passed. */
function failure(edits: readonly Edit[], file: string, cluster: string): string | undefined {
  const folder = plant(edits)
  try {
    const { status, stdout } = spawnSync(
      process.execPath,
      ['--test', '--test-reporter=spec', file],
      {
        encoding: 'utf8',
        cwd: folder,
        // Compiled code is kept by path; these paths never come again.
        env: {
          ...process.env,
          TEST_DATABASE_URL: cluster,
          TEST_KILLS: process.env['TEST_KILLS'] ?? '16',
          NODE_COMPILE_CACHE: join(folder, 'compiled'),
        },
      },
    )
    if (status === 0) return undefined
    // A copy that does not start says nothing about the test.
    if (/did not get ready|SyntaxError|ERR_MODULE_NOT_FOUND/.test(stdout)) {
      throw new Error(`the copy does not start:\n${stdout.slice(-3000)}`)
    }
    const [, failures = stdout] = stdout.split('failing tests:')
    const [, test, why] = /✖ (.+) \(.*\n(?:\s*\n)*\s*(.+)/.exec(failures) ?? ['', file, failures]
    return `${test}: ${why}`.slice(0, 300)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Every bug must fit before the first is run: one that does not is no bug any more. */
function mustFit(bugs: readonly Bug[]): void {
  const misfits = bugs.flatMap(({ edits }) =>
    edits.flatMap((edit) => misfit(edit, readFileSync(join(ROOT, edit.file), 'utf8')) ?? []),
  )
  if (misfits.length > 0) throw new Error(misfits.join('\n'))
}

const words = process.argv.slice(2)
const chosen = BUGS.filter(
  ({ name }) => words.length === 0 || words.some((word) => name.includes(word)),
)
if (chosen.length === 0) throw new Error(`no bug is called ${words.join(' or ')}`)
mustFit(chosen)

const cluster = await startTestCluster()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => process.exit(130))
}
let missed = 0
try {
  for (const file of new Set(chosen.map(({ caughtBy }) => caughtBy))) {
    const why = failure([], file, cluster.url)
    if (why !== undefined) throw new Error(`${file} fails without a bug: ${why}`)
    process.stdout.write(`passes  ${file} without a bug\n`)
  }
  for (const { name, edits, caughtBy } of chosen) {
    const since = performance.now()
    const why = failure(edits, caughtBy, cluster.url)
    const seconds = ((performance.now() - since) / 1000).toFixed(0)
    if (why === undefined) missed += 1
    const verdict = why === undefined ? 'MISSED' : 'caught'
    process.stdout.write(`${verdict}  ${name} (${caughtBy}, ${seconds} s)\n        ${why ?? ''}\n`)
  }
} finally {
  await cluster.stop()
}
process.stdout.write(`${chosen.length - missed} of ${chosen.length} caught\n`)
process.exitCode = missed === 0 ? 0 : 1
