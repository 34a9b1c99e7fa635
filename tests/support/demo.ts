/** The demo for tests: made once for each state of the code, and cloned by every shop that wants it. */
import { createHash } from 'node:crypto'
import { constants, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { cp, mkdir, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { aDatabase, TEST_SECRET, type Filling, type TestDatabase } from './database.ts'
import { Program } from './program.ts'

const SERVER = join(import.meta.dirname, '..', '..', 'server')

/** Followers are done with what the demo recorded when they have been for so long. */
const QUIET_MS = 400

/** A database with the demo in it; `folder` gets the files that belong to it. */
export async function aDemoDatabase(folder: string): Promise<TestDatabase> {
  const hash = await hashOfServer()
  const files = join(testFolder(), `demo-${hash}`)
  const name = `torg_demo_${hash}`
  const database = await aDatabase({ filled: { name, fill: (filling) => fill(filling, files) } })
  // Cheap where the file system shares what is not changed.
  const mode = constants.COPYFILE_FICLONE
  await cp(join(files, 'blobs'), join(folder, 'blobs'), { recursive: true, mode })
  return database
}

/** Starts a shop that makes its demo, and stops it when everything has followed. */
async function fill({ adminUrl }: Filling, files: string): Promise<void> {
  await mkdir(join(files, 'blobs'), { recursive: true })
  const env = {
    DATABASE_URL: adminUrl,
    TORG_SECRET: TEST_SECRET,
    DATA_DIR: files,
    DEMO: 'true',
    PAYMENT_PROVIDER_URL: 'http://127.0.0.1:9',
  }
  await using program = await Program.shop(env)
  for (let since = performance.now(); performance.now() - since < QUIET_MS; await sleep(50)) {
    const metrics = await (await fetch(`${program.url}/metrics`)).text()
    const lags = [...metrics.matchAll(/^torg_subscription_lag_transactions\S* (\d+)$/gm)].map(
      ([, lag]) => lag,
    )
    if (lags.some((lag) => lag !== '0')) since = performance.now()
  }
  await program.kill('SIGTERM')
}

let own: string | undefined

/** Of the whole run of tests, or of this process alone. */
function testFolder(): string {
  const given = process.env['TEST_FOLDER']
  if (given !== undefined) return given
  if (own === undefined) {
    const made = mkdtempSync(join(tmpdir(), 'torg-demo-'))
    own = made
    process.once('exit', () => rmSync(made, { recursive: true, force: true }))
  }
  return own
}

/** Whatever the demo is made by: another code may make another demo. */
async function hashOfServer(): Promise<string> {
  const paths = (await readdir(SERVER, { recursive: true }))
    .filter((path) => /\.(?:ts|sql|json)$/.test(path) && !path.endsWith('.test.ts'))
    .toSorted()
  const hash = createHash('sha256')
  for (const path of paths) hash.update(path).update(readFileSync(join(SERVER, path)))
  return hash.digest('hex').slice(0, 16)
}
