import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { type Embedded, startEmbedded } from '../../server/platform/db/embedded.ts'

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
  stop(): Promise<void>
}

/** Starts a cluster for tests in a folder that is removed when it, or this process, ends. */
export async function startTestCluster(): Promise<TestCluster> {
  const dataDir = mkdtempSync(join(tmpdir(), 'torg-test-'))
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
    async stop() {
      process.off('exit', onExit)
      await cluster.stop()
      remove()
    },
  }
}
