/**
 * What a release must survive: `npm run test:crash` kills the shop and its PostgreSQL 200 times during
 * a rush (`-- --kills 500` as often as you like); `-- --processes` does so with two processes that
 * serve requests and two workers (`-- --processes 3+1` with others), and runs the races and the rush
 * with them too; `-- --seeded` plants bugs instead, each of which a failure test must catch.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

/** PostgreSQL is not started again more than five times a minute, so it is not killed oftener. */
const KILLS_FOR_EACH_OF_POSTGRESQL = 16

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeded: { type: 'boolean', default: false },
    kills: { type: 'string', default: '200' },
    processes: { type: 'boolean', default: false },
  },
})
const kills = Number(values.kills)
if (!Number.isInteger(kills) || kills < 1) {
  console.error(`--kills must be a whole number, not "${values.kills}".`)
  process.exit(1)
}

const tests = join(import.meta.dirname, '..', 'tests', 'failures')
/** What is worth a run with several processes; each test opens as many as `TEST_PROCESSES` says. */
const WITH_PROCESSES = ['rush', 'twins', 'deliveries', 'races', 'races-one-unit', 'races-sign-in']
const names = ['kill', ...(values.processes ? WITH_PROCESSES : [])]
const files = names.map((name) => join(tests, `${name}.test.ts`))
const words = values.seeded
  ? [join(tests, 'seeded-bugs.ts'), ...positionals]
  : ['--test', '--test-reporter=spec', '--test-concurrency=1', ...files]
const child = spawn(process.execPath, words, {
  stdio: 'inherit',
  env: {
    ...process.env,
    ...(values.seeded
      ? {}
      : {
          TEST_KILLS: String(kills),
          TEST_POSTMASTER_KILLS: String(Math.floor(kills / KILLS_FOR_EACH_OF_POSTGRESQL)),
          ...(values.processes
            ? { TEST_PROCESSES: positionals[0] ?? '2+2', TEST_ROUNDS: '1000' }
            : {}),
        }),
  },
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => child.kill(signal))
}
child.on('exit', (code) => process.exit(code ?? 1))
