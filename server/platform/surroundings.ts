/** What one process needs around it: secrets, a migrated database, a payment provider. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import pg from 'pg'

import type { Config } from '../config.ts'
import { type Secrets, secretsFrom } from './auth/secrets.ts'
import { CannotStart } from './cannot-start.ts'
import { keptSecret, prepareDataDir } from './data-dir.ts'
import { openBackups } from './db/backup-keeper.ts'
import { startEmbedded } from './db/embedded.ts'
import { migrate } from './db/migrate.ts'
import { placeIn } from './db/postgres-cluster.ts'
import { raiseEra } from './log/eras.ts'
import type { Life } from './run.ts'

/** The secrets of the environment, or those kept in the data folder. */
export async function openSecrets(config: Config): Promise<Secrets> {
  if (config.secret !== undefined) return secretsFrom(config.secret, config.previousSecret)
  await prepareDataDir(config.dataDir)
  return secretsFrom(await keptSecret(config.dataDir), config.previousSecret)
}

/** Of a database, for its administrator; every connection of ours is made as a role below. */
export interface DatabaseUrls {
  readonly adminUrl: string
  /** Where to send much at once; `adminUrl` when absent. */
  readonly bulkUrl?: string
}

/** A database that is up and migrated. */
export async function openDatabase(life: Life, secrets: Secrets): Promise<DatabaseUrls> {
  const { config, log } = life
  const urls =
    config.databaseUrl === undefined ? await openEmbedded(life) : { adminUrl: config.databaseUrl }
  const { adminUrl: url } = urls
  const applied = await life.step('Database up to date', (note) =>
    migrate(url, secrets, { onProgress: note }),
  )
  if (applied.length > 0) log.info({ migrations: applied }, 'migrated')
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  try {
    // Before anyone writes: the writer remembers the era it began in.
    await raiseEra(admin)
  } finally {
    await admin.end()
  }
  if (config.backupDir !== undefined) backUp(life, secrets, url, config.backupDir)
  return urls
}

/** Copies the embedded database while the program runs. */
function backUp({ config, log, running }: Life, secrets: Secrets, url: string, folder: string) {
  const backups = openBackups({
    url,
    cluster: placeIn(config.dataDir).cluster,
    folder,
    secrets,
    everyHours: config.backupHours,
    days: config.backupDays,
    onTrouble: (words, error) => log.warn({ err: error }, words),
    onBase: ({ id }) => log.info({ backup: id }, 'a base backup was made'),
  })
  running.defer(() => backups.close())
}

async function openEmbedded({ config, log, step, running, fail }: Life): Promise<DatabaseUrls> {
  const embedded = await step('PostgreSQL running', (note) =>
    startEmbedded({
      dataDir: config.dataDir,
      fresh: config.fresh,
      onProgress: note,
      onTrouble: (words) => log.warn(words),
    }),
  )
  running.defer(() => embedded.stop())
  void embedded.failed.then(fail)
  return { adminUrl: embedded.url, bulkUrl: embedded.bulkUrl }
}

/**
 * The address of the payment provider: the given one, or the test provider started beside the shop
 * (`program` is its main file). It remembers its charges in the data folder, and is started again if it dies.
 */
export async function openPaymentProvider(
  life: Life,
  program: string,
  secrets: Secrets,
): Promise<string> {
  const { config, step, running, log } = life
  if (config.paymentProviderUrl !== undefined) return config.paymentProviderUrl
  await prepareDataDir(config.dataDir)
  const dataFile = join(config.dataDir, 'test-provider.jsonl')
  // In the form of Standard Webhooks; the adapter that reads the deliveries derives the same.
  const signing = `whsec_${secrets.derive('payment-webhooks').current.toString('base64')}`
  let child: ChildProcess | undefined
  let over = false
  running.defer(async () => {
    over = true
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const exit = once(child, 'exit')
    child.kill('SIGTERM')
    await Promise.race([exit, sleep(2000)])
    child.kill('SIGKILL')
  })

  const start = async (port: string): Promise<string> => {
    child = launchProvider(program, port, dataFile, signing)
    return firstAddress(child)
  }
  const url = await step('Test payment provider running', () => start('0'))
  const { port } = new URL(url)

  const watch = async (): Promise<void> => {
    while (!over) {
      if (child !== undefined && child.exitCode === null && child.signalCode === null) {
        await once(child, 'exit')
      }
      if (over) return
      log.warn('the test payment provider ended and is started again')
      await sleep(500, undefined, { ref: false })
      // It says on its own what keeps it from starting; the shop answers 503 for payments meanwhile.
      await start(port).catch((error: unknown) => log.error({ err: error }, 'test provider'))
    }
  }
  void watch()
  return url
}

/**
 * In a group of its own (Ctrl-C is for the shop), ended by its closed input should the shop be killed.
 * Of our environment it sees nothing but what it signs its deliveries with.
 */
function launchProvider(
  program: string,
  port: string,
  dataFile: string,
  signing: string,
): ChildProcess {
  return spawn(
    process.execPath,
    [program, '--port', port, '--data-file', dataFile, '--with-parent'],
    { detached: true, stdio: ['pipe', 'pipe', 'inherit'], env: { WEBHOOK_SECRET: signing } },
  )
}

/** Reads the line `{"url": …}` that a program prints when it listens. */
async function firstAddress(child: ChildProcess): Promise<string> {
  const said = await new Promise<string>((resolve, reject) => {
    let text = ''
    child.once('error', reject)
    child.once('close', () => resolve(text))
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      if (text.includes('\n')) resolve(text)
    })
  })
  try {
    return (JSON.parse(said) as { url: string }).url
  } catch (error) {
    throw new CannotStart('The test payment provider did not start; see the lines above.', {
      cause: error,
    })
  }
}
