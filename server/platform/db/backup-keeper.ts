/** Keeps the backups of a running shop: the journal every second, base backups when one is due. */
import type { Secrets } from '../auth/secrets.ts'
import { type Waiting, realWaiting } from '../waiting.ts'
import { takeBase } from './backup-base.ts'
import { forgetOld, listBases, type Manifest } from './backup-folder.ts'
import { ArchivedByAnother, Archiver } from './backup-journal.ts'

/** How long what was acknowledged may be on one disk only: the loss when that disk is lost. */
const STEP_MS = 1000

/** After trouble it begins anew so late. */
const PAUSE_MS = 2000

/** A base backup that failed is tried again so late. */
const BASE_PAUSE_MS = 60_000

export interface KeeperOptions {
  /** Of the superuser. */
  readonly url: string
  readonly cluster: string
  readonly folder: string
  readonly secrets?: Secrets | undefined
  /** Hours between base backups. */
  readonly everyHours: number
  /** Base backups are kept so long. */
  readonly days: number
  readonly onBase?: (manifest: Manifest) => void
  /** Hears once what goes wrong, and once that it is over. */
  readonly onTrouble: (words: string, error?: unknown) => void
  readonly waiting?: Waiting
}

/** Runs until closed; survives restarts of PostgreSQL, a full disk and another archiver that ends. */
export function openBackups(options: KeeperOptions): { close(): Promise<void> } {
  const stop = new AbortController()
  const keeping = new Keeper(options, stop.signal).run()
  return {
    async close() {
      stop.abort()
      await keeping
    },
  }
}

class Keeper {
  private readonly options: KeeperOptions
  private readonly signal: AbortSignal
  private readonly waiting: Waiting
  private troubled = ''

  constructor(options: KeeperOptions, signal: AbortSignal) {
    this.options = options
    this.signal = signal
    this.waiting = options.waiting ?? realWaiting
  }

  async run(): Promise<void> {
    while (!this.signal.aborted) {
      try {
        await this.follow()
      } catch (error) {
        const words =
          error instanceof ArchivedByAnother
            ? 'Another process archives the journal; this one waits.'
            : `Backups have stopped: ${error instanceof Error ? error.message : String(error)}`
        if (!this.signal.aborted && words !== this.troubled) this.options.onTrouble(words, error)
        this.troubled = words
        await this.waiting.sleep(PAUSE_MS, this.signal)
      }
    }
  }

  private async follow(): Promise<void> {
    const { url, cluster, folder } = this.options
    await using archiver = await Archiver.open({ url, cluster, folder, isLasting: true })
    let isBroken = archiver.isBroken
    let base: Promise<void> | undefined
    let notBefore = 0
    while (!this.signal.aborted) {
      const { timeline } = await archiver.step()
      if (this.troubled !== '') this.options.onTrouble('Backups go on')
      this.troubled = ''
      const isTime = base === undefined && Date.now() > notBefore
      if (isTime && (isBroken || (await this.isDue(timeline)))) {
        isBroken = false
        base = this.takeOne(archiver)
          .catch((error: unknown) => {
            // The journal is archived meanwhile; only the next base backup waits.
            notBefore = Date.now() + BASE_PAUSE_MS
            this.options.onTrouble(`A base backup was not made: ${String(error)}`, error)
          })
          .then(() => (base = undefined))
      }
      await this.waiting.sleep(STEP_MS, this.signal)
    }
    // The last word of a shop that stops; a base backup that is under way is given up.
    await archiver.step()
    await Promise.race([base, this.waiting.sleep(STEP_MS)])
  }

  private async takeOne(archiver: Archiver): Promise<void> {
    const { url, cluster, folder, secrets, days, onBase } = this.options
    // The loop above archives; one that reads the same file at the same time would disturb it.
    const reach = async (lsn: string): Promise<void> => {
      while (!archiver.has(lsn) && !this.signal.aborted) await this.waiting.sleep(50, this.signal)
    }
    const manifest = await takeBase({ url, cluster, folder, secrets, reach })
    await forgetOld(folder, days, Date.parse(manifest.endedAt))
    onBase?.(manifest)
  }

  private async isDue(timeline: number): Promise<boolean> {
    const newest = (await listBases(this.options.folder)).at(-1)
    if (newest === undefined || newest.timeline !== timeline) return true
    return Date.now() - Date.parse(newest.endedAt) > this.options.everyHours * 3600 * 1000
  }
}
