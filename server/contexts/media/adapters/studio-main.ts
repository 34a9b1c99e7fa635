/**
 * The program that decodes files of strangers, beside the shop: should a decoder crash, loop or be
 * taken over, it has no secret, no connection and no picture but the one it was given.
 */
import { setPriority } from 'node:os'

import { ingest, prepare, render } from './picture-work.ts'
import type { Done, Task } from './studio-program.ts'

/** Who buys goes before who looks. */
const LOW_PRIORITY = 5

process.once('disconnect', () => process.exit(0))
// Ctrl-C is for the shop, which finishes what is under way.
process.on('SIGINT', () => undefined)
try {
  setPriority(LOW_PRIORITY)
} catch {
  // A system that does not allow it renders at full speed.
}
prepare()

/** Its 60 MB are given back when nothing was to be done for so long. */
const IDLE_MS = 60_000
let goHome = setTimeout(() => process.exit(0), IDLE_MS)

process.on('message', (task: Task) => void answer(task))

async function answer(task: Task): Promise<void> {
  clearTimeout(goHome)
  const done = await work(task)
  process.send?.(done)
  goHome = setTimeout(() => process.exit(0), IDLE_MS)
}

async function work(task: Task): Promise<Done> {
  try {
    if (task.kind === 'render') {
      return { kind: 'rendered', bytes: await render(Buffer.from(task.bytes), task.wish) }
    }
    const ingested = await ingest(Buffer.from(task.bytes), task.format)
    return { kind: 'ingested', value: { ...ingested, peakBytes: peakBytes() } }
  } catch (error) {
    return { kind: 'failed', reason: error instanceof Error ? error.message : 'unknown' }
  }
}

function peakBytes(): number {
  return process.resourceUsage().maxRSS * 1024
}
