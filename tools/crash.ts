/**
 * What a release must survive: `npm run test:crash` kills the shop and its PostgreSQL 200 times during
 * a rush (`-- --kills 500` as often as you like); `-- --seeded` plants bugs instead, each of which a
 * failure test must catch.
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
  },
})
const kills = Number(values.kills)
if (!Number.isInteger(kills) || kills < 1) {
  console.error(`--kills must be a whole number, not "${values.kills}".`)
  process.exit(1)
}

const tests = join(import.meta.dirname, '..', 'tests', 'failures')
const words = values.seeded
  ? [join(tests, 'seeded-bugs.ts'), ...positionals]
  : ['--test', '--test-reporter=spec', join(tests, 'kill.test.ts')]
const child = spawn(process.execPath, words, {
  stdio: 'inherit',
  env: {
    ...process.env,
    ...(values.seeded
      ? {}
      : {
          TEST_KILLS: String(kills),
          TEST_POSTMASTER_KILLS: String(Math.floor(kills / KILLS_FOR_EACH_OF_POSTGRESQL)),
        }),
  },
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => child.kill(signal))
}
child.on('exit', (code) => process.exit(code ?? 1))
