import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { processStart } from '../../server/platform/data-dir.ts'
import { type Embedded, startEmbedded } from '../../server/platform/db/embedded.ts'
import { endStrayServer } from '../../server/platform/db/postgres-process.ts'

const PREFIX = 'torg-test-'

/** Nothing here must survive a power cut, so nothing waits for the disk. */
const SETTINGS = {
  fsync: 'off',
  full_page_writes: 'off',
  shared_buffers: '128MB',
  max_connections: '200',
}

export interface TestCluster {
  /** Of the superuser. */
  readonly url: string
  /**
   * Ends the postmaster; it is started again by itself. `SIGKILL`: as a machine out of memory does,
   * `SIGINT`: a fast restart, `SIGQUIT`: an immediate one.
   */
  killPostmaster(signal?: 'SIGKILL' | 'SIGINT' | 'SIGQUIT'): void
  stop(): Promise<void>
}

/** Starts a cluster for tests in a folder that is removed when it, or this process, ends. */
export async function startTestCluster(): Promise<TestCluster> {
  await sweep()
  const dataDir = mkdtempSync(join(tmpdir(), PREFIX))
  const remove = (): void => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
  let cluster: Embedded
  try {
    cluster = await startEmbedded({ dataDir, settings: SETTINGS })
  } catch (error) {
    remove()
    throw error
  }
  const onExit = (): void => {
    const pid = cluster.pid()
    if (pid !== undefined) process.kill(pid, 'SIGKILL')
    remove()
  }
  process.on('exit', onExit)
  return {
    url: cluster.url,
    killPostmaster(signal = 'SIGKILL') {
      const pid = cluster.pid()
      if (pid === undefined) throw new Error('PostgreSQL is not running')
      process.kill(pid, signal)
    },
    async stop() {
      process.off('exit', onExit)
      await cluster.stop()
      remove()
    },
  }
}

/** Ends and removes what test runs left behind that were killed before they could. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((each) => each.startsWith(PREFIX))) {
    const dataDir = join(tmpdir(), name)
    try {
      const [pid, since] = readFileSync(join(dataDir, 'owner'), 'utf8').split('\n')
      if (since === processStart(Number(pid))) continue
      await endStrayServer(join(dataDir, 'postgres'))
      rmSync(dataDir, { recursive: true, force: true })
    } catch {
      // Being made or removed by somebody else, or somebody else's: not ours to clear.
    }
  }
}
