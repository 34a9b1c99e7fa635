/**
 * Asks a shop whatever can be asked: `npm run test:fuzz -- --seed 7 --requests 100000`. Without a
 * seed every run takes another and prints it; the same seed makes the same requests, but for the
 * ids the shop invents.
 */
import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'

import { startTestCluster } from '../support/cluster.ts'
import { fuzz, table, told } from './run.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    requests: { type: 'string', default: '100000' },
    lanes: { type: 'string', default: '3' },
  },
})
const seed = Number(values.seed ?? randomInt(1_000_000))
const [requests, lanes] = [Number(values.requests), Number(values.lanes)]
if (![seed, requests, lanes].every((each) => Number.isInteger(each) && each >= 0)) {
  process.stderr.write('--seed, --requests and --lanes must be whole numbers.\n')
  process.exit(1)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => process.exit(130))
}
const cluster = await startTestCluster()
process.env['TEST_DATABASE_URL'] = cluster.url
let failed = true
try {
  process.stdout.write(`seed ${seed}, ${requests} requests, ${lanes} lanes\n`)
  const run = await fuzz({ seed, requests, lanes })
  const { findings, unsound, neverGood, sent, seconds, unprepared, memory } = run
  process.stdout.write(`${table(run.tallies)}\n\n`)
  for (const finding of findings) process.stdout.write(`${told(finding)}\n\n`)
  if (unsound !== '') process.stdout.write(`${unsound}\n`)
  if (neverGood.length > 0) process.stdout.write(`never said yes: ${neverGood.join(', ')}\n`)
  const slowest = Math.max(...[...run.tallies.values()].map(({ slowestMs }) => slowestMs))
  process.stdout.write(
    `${findings.length} findings in ${sent} requests, ${seconds.toFixed(1)} s; slowest answer ${slowest.toFixed(0)} ms; ` +
      `${unprepared} recipes spoilt; memory of the server ${memory.atFirst} MB → ${memory.atLast} MB\n`,
  )
  failed = findings.length + neverGood.length + unsound.length > 0
} finally {
  await cluster.stop()
}
// The tests' own machinery would report that there were none.
process.exit(failed ? 1 : 0)
