/**
 * `npm run reindex` makes the search index of every shop say what its catalog and its stock say now, on
 * the database of `DATABASE_URL`, else on the embedded one of `DATA_DIR`, while the shop runs or not;
 * `-- demo` of that shop alone. Product by product, so nothing is missing meanwhile, and safe to run
 * twice. The shop mends its index by itself, some hundred products every ten seconds; this is for who
 * does not want to wait: after a release that reads texts otherwise, or a restore.
 */
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'

import pg from 'pg'

import { compose } from '../server/compose.ts'
import { readConfig } from '../server/config.ts'
import { CannotStart, errorCode } from '../server/platform/cannot-start.ts'
import { startEmbedded } from '../server/platform/db/embedded.ts'
import { placeIn, readNotes } from '../server/platform/db/postgres-cluster.ts'
import { openPlatform } from '../server/platform/open.ts'
import { openSecrets } from '../server/platform/surroundings.ts'
import { openLog } from '../server/platform/telemetry/log.ts'

const config = readConfig(process.env, [])

/** The administrator's address of the running database, or of the same started until `closing` ends. */
async function address(closing: AsyncDisposableStack): Promise<string> {
  if (config.databaseUrl !== undefined) return config.databaseUrl
  const place = placeIn(config.dataDir)
  if (!existsSync(place.cluster)) {
    throw new CannotStart(
      `There is no database in ${config.dataDir}; give DATABASE_URL, or DATA_DIR the folder of a shop.`,
    )
  }
  const { port, password } = readNotes(place)
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/torg`
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
    await client.end()
    return url
  } catch (error) {
    if (errorCode(error) !== 'ECONNREFUSED') throw error
  }
  const embedded = await startEmbedded({ dataDir: config.dataDir })
  closing.defer(() => embedded.stop())
  return embedded.url
}

async function main(): Promise<void> {
  await using closing = new AsyncDisposableStack()
  const { positionals } = parseArgs({ allowPositionals: true })
  const adminUrl = await address(closing)
  const secrets = await openSecrets(config)
  const log = openLog({ service: 'torg-reindex', level: 'warn' })
  const platform = closing.use(await openPlatform({ config, secrets, log, adminUrl }))
  const { shops, searchIndexing } = compose(platform)
  const all = (await shops.list()).map(({ tenant }) => tenant)
  const unknown = positionals.find((slug) => all.every((each) => each.slug !== slug))
  if (unknown !== undefined) throw new CannotStart(`There is no shop "${unknown}".`)
  for (const { id, slug } of all) {
    if (positionals.length > 0 && !positionals.includes(slug)) continue
    const since = performance.now()
    const changed = await searchIndexing.rebuild(id)
    const seconds = ((performance.now() - since) / 1000).toFixed(1)
    console.log(`  ✓ ${slug}: ${changed} rows were others (${seconds} s)`)
  }
}

try {
  await main()
} catch (error) {
  if (error instanceof CannotStart) console.error(error.message)
  else console.error('The search index could not be made anew:', error)
  process.exitCode = 1
}
