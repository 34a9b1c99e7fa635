/** A whole restore: a moment of a backup into a fresh data folder, in order and with settled books. */
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

import type { Config } from '../server/config.ts'
import { type Secrets, secretsFrom } from '../server/platform/auth/secrets.ts'
import { CannotStart } from '../server/platform/cannot-start.ts'
import { keptSecret } from '../server/platform/data-dir.ts'
import { secretCheckOf } from '../server/platform/db/backup-base.ts'
import {
  backupPlaces,
  type TestedRestore,
  writeWhole,
} from '../server/platform/db/backup-folder.ts'
import { type Plan, planRestore } from '../server/platform/db/backup-plan.ts'
import { restoreCluster, type RestoredFiles } from '../server/platform/db/backup-restore.ts'
import { startEmbedded } from '../server/platform/db/embedded.ts'
import { startTestProvider } from '../server/test-provider/server.ts'
import { type Aftermath, settleAftermath } from './restore-aftermath.ts'

export interface RestoreRequest {
  readonly folder: string
  readonly to: Date | 'latest'
  readonly timeline?: number | undefined
  /** The data folder to make. */
  readonly into: string
  readonly isReplacing?: boolean
  readonly isGivingBack: boolean
  readonly config: Config
  /** `TORG_SECRET`, or the text of a file that has it; absent when it is lost. */
  readonly secret: string | undefined
  readonly providerUrl?: string | undefined
  /** The journal of a test provider that has no address, beside the database that was lost. */
  readonly providerBook?: string | undefined
  readonly onProgress?: (words: string) => void
}

export interface Restored {
  readonly plan: Plan
  readonly files: RestoredFiles
  readonly aftermath: Aftermath
  /** Until the restored database was in order and could be sold from. */
  readonly seconds: number
}

/** Throws `CannotStart` for what an operator can mend. */
export async function restoreInto(request: RestoreRequest): Promise<Restored> {
  const { folder, into, isGivingBack, config, onProgress = () => {} } = request
  const begun = performance.now()
  const plan = await planRestore(request)
  mustFit(request.secret, plan)
  const files = await restoreCluster(plan, {
    into,
    onProgress,
    isReplacing: request.isReplacing === true,
  })
  const secrets = await keepSecret(request)
  await using closing = new AsyncDisposableStack()
  const embedded = await startEmbedded({ dataDir: into })
  closing.defer(() => embedded.stop())
  const aftermath = await settleAftermath({
    adminUrl: embedded.url,
    config,
    secrets,
    providerUrl: await providerOf(request, files, closing),
    moment: plan.to === 'latest' ? new Date(plan.segments.at(-1)?.until ?? 0) : plan.to,
    isGivingBack,
    // Its timeline tells that it is one.
    isRestored: false,
    onProgress,
  })
  const seconds = (performance.now() - begun) / 1000
  if (aftermath.violationsBefore.length + aftermath.violationsAfter.length === 0) {
    const to = plan.to === 'latest' ? 'latest' : plan.to.toISOString()
    const tested: TestedRestore = {
      at: new Date().toISOString(),
      backup: plan.base.id,
      to,
      seconds,
    }
    await writeWhole(backupPlaces(folder).restored, JSON.stringify(tested))
  }
  return { plan, files, aftermath, seconds }
}

function mustFit(secret: string | undefined, { base }: Plan): void {
  if (secret === undefined || base.secretCheck === null) return
  if (secretCheckOf(secretsFrom(secret)) === base.secretCheck) return
  throw new CannotStart(
    'This TORG_SECRET is not that of the backup: give the right one, or --without-secret when it is lost; then everyone is signed out and guests’ links end.',
  )
}

/** The secret goes where the program looks for it, unless it is given by the environment. */
async function keepSecret({ secret, into, config }: RestoreRequest): Promise<Secrets> {
  if (secret === undefined) return secretsFrom(await keptSecret(into))
  if (config.secret === undefined) {
    writeFileSync(join(into, 'secret'), `${secret}\n`, { mode: 0o600 })
  }
  return secretsFrom(secret, config.previousSecret)
}

async function providerOf(
  { providerUrl, providerBook = '', into }: RestoreRequest,
  { movedTo }: RestoredFiles,
  closing: AsyncDisposableStack,
): Promise<string | undefined> {
  if (providerUrl !== undefined) return providerUrl
  const name = basename(providerBook)
  const wasMoved = movedTo !== undefined && dirname(providerBook) === into
  const book = wasMoved ? join(movedTo, name) : providerBook
  if (!existsSync(book)) return undefined
  const dataFile = join(into, name)
  copyFileSync(book, dataFile)
  // It has no secret for its signatures, so it tells nobody anything.
  const provider = await startTestProvider({ port: 0, delayMs: 0, dataFile, limit: 10_000_000 })
  closing.defer(() => provider.close())
  return provider.url
}

/** The secret of the environment, of a named file, or of the folder that was backed up. */
export function secretFrom(
  given: string | undefined,
  files: readonly string[],
): string | undefined {
  if (given !== undefined) return given
  const file = files.find((each) => existsSync(each))
  return file === undefined ? undefined : readFileSync(file, 'utf8').trim()
}
