/**
 * `npm run restore -- --to 2026-11-21T12:00:00Z --into .torg-restored` makes a data folder in which everything
 * is as it was at that moment (`--to latest`: as late as the backup reaches), from BACKUP_DIR or
 * `--from`. Nothing is restored over anything unless `--replace` says so. Then the era is raised, the
 * database verified, and what the payment provider did in the time that is lost is settled: money for
 * orders that are gone is named for people, or goes back with `--give-back`. `--list` tells what there
 * is. `--adopt --since <moment>` does all but the files, for a DATABASE_URL that was restored otherwise.
 */
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

import { readConfig } from '../server/config.ts'
import { secretsFrom } from '../server/platform/auth/secrets.ts'
import { CannotStart } from '../server/platform/cannot-start.ts'
import {
  backupPlaces,
  listBases,
  type Reach,
  readJson,
} from '../server/platform/db/backup-folder.ts'
import { backupDir, dataDir, given, NOT_OURS } from './backup-settings.ts'
import { type Aftermath, settleAftermath } from './restore-aftermath.ts'
import { restoreInto, secretFrom } from './restore-into.ts'

const { values } = parseArgs({
  options: {
    to: { type: 'string' },
    into: { type: 'string' },
    from: { type: 'string' },
    timeline: { type: 'string' },
    replace: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    adopt: { type: 'boolean', default: false },
    since: { type: 'string' },
    'give-back': { type: 'boolean', default: false },
    'secret-file': { type: 'string' },
    'without-secret': { type: 'boolean', default: false },
  },
})

/** How the command ends: in order, could not be done, not in order, in order but people have to look. */
const CODES = { fine: 0, failed: 1, violated: 2, people: 3 } as const

const live = process.stdout.isTTY
const root = resolve(import.meta.dirname, '..')
const folder = values.from === undefined ? backupDir() : resolve(root, values.from)
const providerUrl = given('PAYMENT_PROVIDER_URL')?.replace(/\/+$/, '')

function show(words: string): void {
  if (live) process.stdout.write(`\r\u001b[K  … ${words}`)
}

function say(words: string): void {
  console.log(`${live ? '\r\u001b[K' : ''}  ${words}`)
}

function instant(name: 'to' | 'since'): Date {
  const text = values[name]
  const found = new Date(text ?? '')
  // Without a zone it would be read in that of this machine, an hour beside what is meant.
  if (text !== undefined && /(Z|[+-]\d\d:?\d\d)$/.test(text) && !Number.isNaN(found.getTime())) {
    return found
  }
  throw new CannotStart(`--${name} must be an instant such as 2026-11-21T12:00:00Z.`)
}

async function list(): Promise<number> {
  const bases = await listBases(folder)
  const reach = await readJson<Reach>(backupPlaces(folder).reach)
  for (const { id, endedAt, timeline } of bases)
    say(`${id}: from ${endedAt} on, timeline ${timeline}`)
  say(
    bases.length === 0
      ? `There is no backup in ${folder}.`
      : `The journal reaches ${reach?.until}.`,
  )
  return CODES.fine
}

function tell({ era, tally, forPeople, isAccounted, ...found }: Aftermath): number {
  const before = found.violationsBefore
  const after = isAccounted ? found.violationsAfter : []
  say(`✓ The era is ${era}: whoever reads the log hears everything that is new`)
  for (const each of new Set([...before, ...after])) say(`✗ ${each}`)
  const wrong = before.length + after.length
  if (wrong === 0) say(`✓ Verified: no violation (${found.seconds.verify.toFixed(1)} s)`)
  if (isAccounted) {
    const counts = Object.entries(tally).map(([name, count]) => `${count} × ${name}`)
    say(
      `✓ The provider’s books: ${counts.join(', ') || 'nothing'} (${found.seconds.account.toFixed(1)} s)`,
    )
  } else {
    say(
      '! The provider was not asked: give PAYMENT_PROVIDER_URL and run `npm run restore -- --adopt`',
    )
    say('  --since <the moment>, or orders that were paid in the lost time stay unpaid here.')
  }
  for (const { kind, transactionId, paymentId, amount, what, why } of forPeople) {
    const money = `${amount.amount} ${amount.currency}`
    say(`! ${kind} ${transactionId} of ${money}, payment ${paymentId}: ${what}, ${why}`)
  }
  if (wrong > 0) return CODES.violated
  return forPeople.length > 0 || !isAccounted ? CODES.people : CODES.fine
}

async function adopt(): Promise<number> {
  if (given('DATABASE_URL') === undefined) {
    throw new CannotStart('--adopt is for the database of DATABASE_URL; give its address.')
  }
  const config = readConfig(process.env, [])
  const secret = secretFrom(config.secret, [join(config.dataDir, 'secret')])
  if (secret === undefined) throw new CannotStart('TORG_SECRET is needed: that of the shop.')
  const aftermath = await settleAftermath({
    adminUrl: given('DATABASE_URL') ?? '',
    config,
    secrets: secretsFrom(secret, config.previousSecret),
    providerUrl,
    moment: instant('since'),
    isGivingBack: values['give-back'],
    isRestored: true,
    onProgress: show,
  })
  return tell(aftermath)
}

async function restore(): Promise<number> {
  if (given('DATABASE_URL') !== undefined) throw new CannotStart(NOT_OURS)
  if (values.to === undefined || values.into === undefined) {
    throw new CannotStart(
      'Say which moment and where to: npm run restore -- --to 2026-11-21T12:00:00Z --into .torg-restored (--list tells which moments there are).',
    )
  }
  const config = readConfig(process.env, [])
  const into = resolve(root, values.into)
  const files = values['secret-file'] === undefined ? [] : [resolve(root, values['secret-file'])]
  const secret = values['without-secret']
    ? undefined
    : secretFrom(config.secret, [...files, join(dataDir(), 'secret')])
  if (secret === undefined && !values['without-secret']) {
    throw new CannotStart(
      'TORG_SECRET is needed: it is not in the backup. Give it, or --secret-file, or --without-secret when it is lost; then everyone is signed out and guests’ links end.',
    )
  }
  const {
    plan,
    files: made,
    aftermath,
    seconds,
  } = await restoreInto({
    folder,
    to: values.to === 'latest' ? 'latest' : instant('to'),
    timeline: values.timeline === undefined ? undefined : Number(values.timeline),
    into,
    isReplacing: values.replace,
    isGivingBack: values['give-back'],
    config,
    secret,
    providerUrl,
    providerBook: join(dataDir(), 'test-provider.jsonl'),
    onProgress: show,
  })
  say(`✓ ${plan.base.id}: ${plan.base.files.length} files (${made.copySeconds.toFixed(1)} s)`)
  say(`✓ ${plan.segments.length} segments of the journal (${made.replaySeconds.toFixed(1)} s)`)
  if (made.movedTo !== undefined) say(`  What was there is now in ${made.movedTo}`)
  const code = tell(aftermath)
  say(`In order after ${seconds.toFixed(1)} s. Start the shop on it: DATA_DIR=${into} npm start`)
  return code
}

try {
  process.exitCode = await (values.list ? list() : values.adopt ? adopt() : restore())
} catch (error) {
  if (error instanceof CannotStart) console.error(error.message)
  else console.error('The restore failed:', error)
  process.exitCode = CODES.failed
}
