/**
 * Shows that the failure tests catch what they are for: plants one bug at a time in a copy of the
 * server and expects the named test file to fail. Run it when these tests change:
 *
 *     node tests/failures/seeded-bugs.ts [words of the names of bugs]
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { startTestCluster } from '../support/cluster.ts'

interface Bug {
  readonly name: string
  /** Under `server/`. */
  readonly file: string
  readonly right: string
  readonly wrong: string
  /** The test file that must fail. */
  readonly caughtBy: string
}

const BUGS: readonly Bug[] = [
  {
    name: 'every try of a payment has a key of its own',
    file: 'contexts/checkout/commands/pay.ts',
    right: 'charge({ key: paymentId,',
    wrong: 'charge({ key: String(Math.random()),',
    caughtBy: 'twins',
  },
  {
    name: 'idempotency keys are ignored',
    file: 'platform/http/operation.ts',
    right: 'clientKey = key.value',
    wrong: 'clientKey = undefined',
    caughtBy: 'kill',
  },
  {
    name: 'a payment is settled whatever its state',
    file: 'contexts/checkout/commands/settle-payment.ts',
    right: `if (payment.status !== 'processing')`,
    wrong: `if (payment.status === 'none')`,
    caughtBy: 'twins',
  },
  {
    name: 'nobody takes up a payment whose process died',
    file: 'contexts/checkout/context.ts',
    right: `'checkout.resume-payment': resumePayment(platform, ports)`,
    wrong: `'checkout.resume-payment': async () => {}`,
    caughtBy: 'payments',
  },
  {
    name: 'accounts are read without a lock',
    file: 'platform/write/postgres-sql.ts',
    right: `       using (tenant_id, unit, name)
     order by a.tenant_id, a.unit, a.name for update of a`,
    wrong: `       using (tenant_id, unit, name)
     order by a.tenant_id, a.unit, a.name`,
    caughtBy: 'rush',
  },
  {
    name: 'the answer comes before COMMIT',
    file: 'platform/write/writer.ts',
    right: 'const refused = await session.write(settled.writes, onItsWay)',
    // The demo reads what it has just written, so it is left to be sown in peace.
    wrong: `if (members.every(({ caller }) => caller !== 'demo')) {
        this.answer(members, settled)
        await sleep(20)
      }
      const refused = await session.write(settled.writes, onItsWay)`,
    caughtBy: 'kill',
  },
  {
    name: 'keys are not locked',
    file: 'platform/write/postgres-sql.ts',
    right: 'select pg_advisory_xact_lock(hash) from',
    wrong: 'select hash from',
    caughtBy: 'twins',
  },
  {
    name: 'an order is cancelled while it is being paid',
    file: 'contexts/checkout/commands/cancel-order.ts',
    right: `if (payment.status === 'processing')`,
    wrong: `if (payment.status === 'none')`,
    caughtBy: 'twins',
  },
  {
    name: 'a cancelled order keeps its units',
    file: 'contexts/checkout/commands/cancel-order.ts',
    right: 'transfers: order.lines.map(({ holdId }) => shelves.release(holdId))',
    wrong: 'transfers: []',
    caughtBy: 'payments',
  },
  {
    name: 'an error of an idle connection ends the process',
    file: 'platform/db/connections.ts',
    right: `pool.on('error', onError)`,
    wrong: '',
    caughtBy: 'connections',
  },
  {
    name: 'a paused transaction is left alone',
    file: 'platform/db/roles.ts',
    right: `idle_in_transaction_session_timeout: '2s',\n`,
    wrong: `idle_in_transaction_session_timeout: '20s', ...{ transaction_timeout: '20s' } } as {},
  torg_none: {`,
    caughtBy: 'connections',
  },
  {
    name: 'the listener closes before readiness does',
    file: 'main.ts',
    right: 'await sleep(config.drainNoticeMs)',
    wrong: '',
    caughtBy: 'drain',
  },
]

const ROOT = join(import.meta.dirname, '..', '..')
const words = process.argv.slice(2)
const chosen = BUGS.filter(({ name }) => words.length === 0 || words.some((w) => name.includes(w)))

/** A copy of the server with the bug in it; its folder. */
function plant({ name, file, right, wrong }: Bug): string {
  const folder = mkdtempSync(join(tmpdir(), 'torg-seeded-'))
  cpSync(join(ROOT, 'server'), join(folder, 'server'), { recursive: true })
  for (const each of ['package.json', 'README.md', 'docs']) {
    cpSync(join(ROOT, each), join(folder, each), { recursive: true })
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  const path = join(folder, 'server', file)
  const text = readFileSync(path, 'utf8')
  if (right !== '' && text.split(right).length !== 2)
    throw new Error(`"${name}" no longer fits ${file}`)
  writeFileSync(
    path,
    text.replace(right, () => wrong),
  )
  return folder
}

/** What the test said that failed because of the bug; undefined when none did. */
function caught(bug: Bug, folder: string, cluster: string): string | undefined {
  const file = join(import.meta.dirname, `${bug.caughtBy}.test.ts`)
  const { status, stdout } = spawnSync(process.execPath, ['--test', '--test-reporter=spec', file], {
    encoding: 'utf8',
    env: {
      ...process.env,
      TEST_SERVER: join(folder, 'server'),
      TEST_DATABASE_URL: cluster,
      // Compiled code is kept by path; these paths never come again.
      NODE_COMPILE_CACHE: join(folder, 'compiled'),
    },
  })
  if (status === 0) return undefined
  // A copy that does not start says nothing about the test.
  if (stdout.includes('did not get ready')) {
    throw new Error(`the server with "${bug.name}" does not start:\n${stdout}`)
  }
  const [, failures = stdout] = stdout.split('failing tests:')
  const [, test, why] = /✖ (.+) \(.*\n(?:\s*\n)*\s*(.+)/.exec(failures) ?? [
    '',
    bug.caughtBy,
    failures,
  ]
  return `${test}: ${why}`.slice(0, 300)
}

function run(bug: Bug): string | undefined {
  const folder = plant(bug)
  try {
    return caught(bug, folder, cluster.url)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const cluster = await startTestCluster()
let missed = 0
try {
  for (const file of new Set(chosen.map(({ caughtBy }) => caughtBy))) {
    const found = run({ name: 'no bug', file: 'main.ts', right: '', wrong: '', caughtBy: file })
    if (found !== undefined) throw new Error(`${file} fails without a bug: ${found}`)
  }
  for (const bug of chosen) {
    const why = run(bug)
    if (why === undefined) missed += 1
    process.stdout.write(
      `${why === undefined ? 'MISSED' : 'caught'}  ${bug.name} (${bug.caughtBy})\n        ${why ?? ''}\n`,
    )
  }
} finally {
  await cluster.stop()
}
process.stdout.write(`${chosen.length - missed} of ${chosen.length} caught\n`)
process.exitCode = missed === 0 ? 0 : 1
