/**
 * The operator's question whether everything is in order (requirement R17): `npm run verify` checks
 * the invariants of the design on the database of `DATABASE_URL`, else on the embedded one, while the
 * shop runs or not. It changes nothing, names the first ten violations of each kind, and ends with 1
 * when there are any. What the provider took is compared when it is known: `PAYMENT_PROVIDER_URL`, or
 * the test provider's book beside the embedded database. `-- --since 24h` (or an instant) looks only at
 * what the log has touched since then, which does not grow with the log: every hour since the hour
 * before last, say, and the whole at night.
 */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

import { CannotStart } from '../server/platform/cannot-start.ts'
import type { Check, Finding } from './verify/check.ts'
import { openCharges, openDatabase } from './verify/place.ts'
import { sinceOf } from './verify/since.ts'
import { verify } from './verify/verify.ts'

const given = (name: string): string | undefined => process.env[name]?.trim() || undefined
const where = {
  databaseUrl: given('DATABASE_URL'),
  dataDir: resolve(import.meta.dirname, '..', given('DATA_DIR') ?? '.torg'),
  providerUrl: given('PAYMENT_PROVIDER_URL')?.replace(/\/+$/, ''),
}
const live = process.stdout.isTTY
const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`

/** A line that the next one writes over; on a screen only. */
function show({ id, promise }: Check, checked: number): void {
  if (live) process.stdout.write(`\r\u001b[K  … ${id} ${promise}: ${checked}`)
}

function say({ check: { id, promise }, checked, wrong, said }: Finding, since: number): void {
  if (live) process.stdout.write('\r\u001b[K')
  const mark = wrong === 0 ? '✓' : '✗'
  const verdict = wrong === 0 ? `${checked}` : `${wrong} of ${checked} are wrong`
  console.log(`  ${mark} ${id.padEnd(3)} ${promise}: ${verdict} (${seconds(since)})`)
  for (const each of said) console.log(`        ${each}`)
  if (wrong > said.length) console.log(`        … and ${wrong - said.length} more`)
}

async function main(): Promise<number> {
  await using closing = new AsyncDisposableStack()
  const asked = parseArgs({ options: { since: { type: 'string' } } }).values.since
  const from = asked === undefined ? undefined : sinceOf(asked, new Date())
  if (asked !== undefined && from === undefined) {
    throw new CannotStart('--since takes a time such as 30m, 24h or 7d, or an instant (ISO 8601).')
  }
  const begun = performance.now()
  const client = await openDatabase(where, closing)
  const charges = await openCharges(where, closing)
  let since = performance.now()
  const findings = await verify(client, {
    charges,
    since: from,
    onProgress: show,
    onFinding(finding) {
      say(finding, since)
      since = performance.now()
    },
  })
  if (charges === undefined) {
    console.log('  – I6  was not checked: give PAYMENT_PROVIDER_URL to compare with the provider')
  }
  const wrong = findings.reduce((sum, finding) => sum + finding.wrong, 0)
  const said = wrong === 0 ? 'No violation' : `${wrong} ${wrong === 1 ? 'violation' : 'violations'}`
  const ofWhat = from === undefined ? '' : ` of what was touched since ${from.toISOString()}`
  console.log(`\n${said} in ${findings.length} checks${ofWhat} (${seconds(begun)})`)
  return wrong === 0 ? 0 : 1
}

try {
  process.exitCode = await main()
} catch (error) {
  if (error instanceof CannotStart) console.error(error.message)
  else console.error('The database could not be verified:', error)
  process.exitCode = 2
}
