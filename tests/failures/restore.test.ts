/**
 * A database that is lost (P2): a shop that sells is restored to a moment, in order and with every
 * charge accounted for; and what cannot be restored is refused in words. `npm run drill` is the same with
 * more of everything. The bugs it must catch are in `bugs.ts`.
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import pg from 'pg'

import { readConfig } from '../../server/config.ts'
import { secretsFrom } from '../../server/platform/auth/secrets.ts'
import {
  backupPlaces,
  listBases,
  listSegments,
  type Manifest,
} from '../../server/platform/db/backup-folder.ts'
import { SEGMENT_BYTES } from '../../server/platform/db/backup-names.ts'
import { planRestore } from '../../server/platform/db/backup-plan.ts'
import { startEmbedded } from '../../server/platform/db/embedded.ts'
import { connectionFor } from '../../server/platform/db/roles.ts'
import { restoreInto, type RestoreRequest } from '../../tools/restore-into.ts'
import { type Rehearsed, rehearse } from '../../tools/restore-rehearsal.ts'
import { TEST_SECRET } from '../support/database.ts'

const TOOLS = join(import.meta.dirname, '..', '..', 'tools')

const parts = new AsyncDisposableStack()
let rehearsed: Rehearsed
before(async () => {
  rehearsed = await rehearse({ buyers: 4, ordersBefore: 30, ordersLost: 15 }, parts)
})
after(() => parts.disposeAsync())

/** The backup of the drill, for a test to damage; without what the restored shop adds to it just now. */
function aCopy(name: string): string {
  const copy = join(rehearsed.place.root, name)
  const isOld = (path: string): boolean => !/\.new$|00000002[0-9A-F]{16}/.test(path)
  cpSync(rehearsed.place.backups, copy, { recursive: true, filter: isOld })
  return copy
}

function asked(changed: Partial<RestoreRequest>): RestoreRequest {
  return {
    folder: rehearsed.place.backups,
    to: rehearsed.moment,
    // The life that was lost; the restored shop is another, and goes on archiving.
    timeline: 1,
    into: join(rehearsed.place.root, 'never'),
    isGivingBack: false,
    config: readConfig({ NODE_ENV: 'test', TORG_SECRET: TEST_SECRET }, []),
    secret: TEST_SECRET,
    ...changed,
  }
}

/** What a restore is refused with; nothing is left where it should have gone. */
async function refusal(changed: Partial<RestoreRequest>): Promise<string> {
  const request = asked(changed)
  const wasThere = existsSync(request.into)
  const said = await restoreInto(request).then(
    () => assert.fail('it was restored'),
    (error: unknown) => error,
  )
  assert(said instanceof Error && said.name === 'CannotStart', String(said))
  if (!wasThere) assert(!existsSync(join(request.into, 'postgres')), 'half a cluster was left')
  return said.message
}

async function baseOf(folder: string): Promise<Manifest> {
  const { base } = await planRestore({ folder, to: rehearsed.moment, timeline: 1 })
  return base
}

test('a shop that loses its database sells again, with every charge of the lost time accounted for', (t) => {
  const { figures } = rehearsed
  t.diagnostic(JSON.stringify(figures))
  // Everything else that is promised has been asserted by the drill itself.
  assert(figures.settled > 0, 'nothing was paid in the lost time for an order that is still there')
  assert(figures.givenBack > 0, 'nothing was paid in the lost time for an order that is gone')
  assert(figures.refundsBooked > 0, 'nothing was given back in the lost time')
  assert(figures.rpo.seconds <= 60 && figures.rto.selling <= 300, JSON.stringify(figures))
})

test('a moment before the backup or after the journal is refused, and the possible one is named', async () => {
  const [base] = await listBases(rehearsed.place.backups)
  assert(base !== undefined)
  const early = await refusal({ to: new Date(Date.parse(base.startedAt) - 1) })
  assert.match(early, new RegExp(`before the oldest base backup.* is ${base.endedAt}`))
  const late = await refusal({ to: new Date(Date.now() + 3_600_000) })
  assert.match(late, /The journal does not reach that moment.*--to 20/)
  assert.match(await refusal({ folder: '/nowhere' }), /There is no finished backup/)
})

test('a segment of the journal that is missing is noticed before anything is written', async () => {
  const folder = aCopy('with-a-gap')
  const { segments } = await planRestore({ folder, to: rehearsed.moment, timeline: 1 })
  const all = await listSegments(folder)
  const gone = all.find(({ name, bytes }) => name === segments[1]?.name && bytes === SEGMENT_BYTES)
  assert(gone !== undefined, 'the journal is too short for this test')
  for (const end of ['.json', '.zst']) {
    rmSync(join(backupPlaces(folder).journal, gone.name + end))
  }
  assert.match(await refusal({ folder }), new RegExp(`${gone.name} is missing`))
})

test('a file that is damaged is noticed by its checksum, in the files and in the journal', async () => {
  const folder = aCopy('damaged')
  const { id } = await baseOf(folder)
  const { segments } = await planRestore({ folder, to: rehearsed.moment, timeline: 1 })
  const { bases, journal } = backupPlaces(folder)
  const places = [
    join(bases, id, 'files', 'global', 'pg_control.zst'),
    join(journal, `${segments[0]?.name}.zst`),
  ]
  for (const path of places) {
    const right = readFileSync(path)
    const wrong = Buffer.from(right)
    const middle = wrong.length >> 1
    wrong[middle] = (wrong[middle] ?? 0) ^ 1
    writeFileSync(path, wrong)
    assert.match(await refusal({ folder }), /is damaged/)
    rmSync(join(rehearsed.place.root, 'never'), { recursive: true, force: true })
    writeFileSync(path, right)
  }
})

test('a backup of another release, one without room, and another secret are refused', async () => {
  const folder = aCopy('changed')
  const manifest = await baseOf(folder)
  const path = join(backupPlaces(folder).bases, manifest.id, 'manifest.json')
  writeFileSync(path, JSON.stringify({ ...manifest, postgres: '17' }))
  assert.match(await refusal({ folder }), /is of PostgreSQL 17 and this program brings 18/)
  const huge = { path: 'huge', bytes: 1e15, sha256: '' }
  writeFileSync(path, JSON.stringify({ ...manifest, files: [...manifest.files, huge] }))
  assert.match(await refusal({ folder }), /takes \d+ MB and the disk of .* has \d+ MB left/)
  assert.match(await refusal({ secret: 'x'.repeat(32) }), /is not that of the backup/)
})

test('nothing is restored over a folder that is there, nor under a shop that runs', async () => {
  const into = rehearsed.place.restored
  assert.match(await refusal({ into }), /nothing is restored over it/)
  assert.match(await refusal({ into, isReplacing: true }), /Torg is running on/)
})

test('one backup of a shop that nobody follows restores by itself, in a third life', async () => {
  const { place, shop, providerUrl } = rehearsed
  const count = `select count(*)::int as paid from platform.events where type = 'payment.succeeded'`
  const [wanted] = await shop.ask<{ paid: number }>(count)
  await shop.admin.end()
  await shop.program.kill('SIGTERM')

  const folder = join(place.root, 'once')
  const into = join(place.root, 'third')
  const run = (tool: string, words: readonly string[], changed: NodeJS.ProcessEnv = {}) =>
    spawnSync(process.execPath, [join(TOOLS, tool), ...words], {
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'],
        NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
        TORG_SECRET: TEST_SECRET,
        PAYMENT_PROVIDER_URL: providerUrl,
        ...(changed['DATABASE_URL'] === undefined
          ? { DATA_DIR: place.restored, BACKUP_DIR: folder }
          : changed),
      },
    })
  const made = run('backup.ts', [])
  assert.equal(made.status, 0, made.stdout + made.stderr)
  assert.match(made.stdout, /Keep TORG_SECRET/)
  const restored = run('restore.ts', ['--to', 'latest', '--into', into])
  assert.equal(restored.status, 0, restored.stdout + restored.stderr)
  // The era of the first life was 1, that of the second 2.
  assert.match(restored.stdout, /The era is 3/)
  assert.match(restored.stdout, /no violation/)
  assert(restored.stdout.includes(` ${wanted?.paid} × charge booked`), restored.stdout)

  // What was brought back by other means is adopted: the same but for the files.
  const adopt = ['--adopt', '--since', rehearsed.moment.toISOString()]
  const embedded = await startEmbedded({ dataDir: into })
  try {
    const shopRuns = new pg.Client({
      ...connectionFor(embedded.url, 'torg_app', secretsFrom(TEST_SECRET)),
    })
    await shopRuns.connect()
    const early = run('restore.ts', adopt, { DATABASE_URL: embedded.url })
    await shopRuns.end()
    assert.equal(early.status, 1, early.stdout)
    assert.match(early.stderr, /A shop runs on this database/)
    const adopted = run('restore.ts', adopt, { DATABASE_URL: embedded.url })
    assert.equal(adopted.status, 0, adopted.stdout + adopted.stderr)
    assert.match(adopted.stdout, /The era is 4/)
    assert(adopted.stdout.includes(` ${wanted?.paid} × charge booked`), adopted.stdout)
  } finally {
    await embedded.stop()
  }
})
