/** Where a shop's database and its payment provider are, for a command that runs beside the shop. */
import { existsSync } from 'node:fs'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import pg from 'pg'

import { CannotStart, errorCode } from '../../server/platform/cannot-start.ts'
import { startEmbedded } from '../../server/platform/db/embedded.ts'
import { placeIn, readNotes } from '../../server/platform/db/postgres-cluster.ts'
import { startTestProvider } from '../../server/test-provider/server.ts'
import { type Charges, chargesAt } from './provider.ts'

export interface Where {
  readonly databaseUrl: string | undefined
  readonly dataDir: string
  readonly providerUrl: string | undefined
}

/**
 * Connects to the given database, or to the embedded one: that of the running shop, else it is
 * started for as long as `closing` is not disposed of.
 */
export async function openDatabase(
  { databaseUrl, dataDir }: Where,
  closing: AsyncDisposableStack,
): Promise<pg.Client> {
  if (databaseUrl !== undefined) return connect(databaseUrl, closing)
  const place = placeIn(dataDir)
  if (!existsSync(place.cluster)) {
    throw new CannotStart(
      `There is no database in ${dataDir}; give DATABASE_URL, or DATA_DIR the folder of a shop.`,
    )
  }
  const { port, password } = readNotes(place)
  try {
    return await connect(`postgres://postgres:${password}@127.0.0.1:${port}/torg`, closing)
  } catch (error) {
    if (errorCode(error) !== 'ECONNREFUSED') throw error
  }
  const embedded = await startEmbedded({ dataDir })
  closing.defer(() => embedded.stop())
  return connect(embedded.url, closing)
}

async function connect(connectionString: string, closing: AsyncDisposableStack) {
  const client = new pg.Client({ connectionString, application_name: 'torg verify' })
  // What it was asked then rejects, and says so.
  client.on('error', () => {})
  await client.connect()
  closing.defer(() => client.end())
  return client
}

/**
 * What the payment provider has taken: that of the given address, or the test provider's book beside
 * the embedded database. Of the book a copy is read, because its program may be writing it. Nothing
 * when there is neither.
 */
export async function openCharges(
  { databaseUrl, dataDir, providerUrl }: Where,
  closing: AsyncDisposableStack,
): Promise<Charges | undefined> {
  if (providerUrl !== undefined) return chargesAt(providerUrl)
  const book = join(dataDir, 'test-provider.jsonl')
  if (databaseUrl !== undefined || !existsSync(book)) return undefined
  const folder = await mkdtemp(join(tmpdir(), 'torg-verify-'))
  closing.defer(() => rm(folder, { recursive: true, force: true }))
  const copy = join(folder, 'charges')
  await copyFile(book, copy)
  // It has no secret for its signatures, so it tells nobody anything.
  const provider = await startTestProvider({
    port: 0,
    delayMs: 0,
    dataFile: copy,
    limit: 10_000_000,
  })
  closing.defer(() => provider.close())
  return chargesAt(provider.url)
}
