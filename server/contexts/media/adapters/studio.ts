import type { Platform } from '#platform/context'
import { Unavailable } from '#platform/outcome'

import type { Ingested, Ingesting, Studio } from '../provider.ts'
import { type Ended, studioProgram, type Task } from './studio-program.ts'

/** So many wait; beyond it pictures are answered 503 with `Retry-After`. */
const WAITING_MOST = 64
/** A file of 50 megapixels takes about two seconds on an idle core; a busy one is no reason to refuse it. */
const INGEST_SECONDS = 20
/** AVIF of 1920 pixels takes about a second. */
const RENDER_SECONDS = 20

/** Pictures made by a program of its own, one at a time. */
export function openStudio(platform: Pick<Platform, 'waiting' | 'log'>): Studio {
  const { log } = platform
  const program = studioProgram(platform)
  const jobs: { readonly task: Task; readonly end: (ended: Ended) => void }[] = []
  let isBusy = false

  async function run(task: Task): Promise<Ended> {
    const seconds = task.kind === 'ingest' ? INGEST_SECONDS : RENDER_SECONDS
    const ended = await program.run(task, seconds)
    // It may have gone home as the task came, or the system took its memory: once more.
    return ended.kind === 'died' ? program.run(task, seconds) : ended
  }

  async function work(): Promise<void> {
    if (isBusy) return
    isBusy = true
    for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) job.end(await run(job.task))
    isBusy = false
  }

  function ask(task: Task): Promise<Ended> {
    if (jobs.length >= WAITING_MOST) throw new Unavailable('too many pictures wait to be made', 2)
    return new Promise((resolve) => {
      jobs.push({ task, end: resolve })
      void work()
    })
  }

  return {
    async ingest(bytes, format): Promise<Ingesting> {
      const ended = await ask({ kind: 'ingest', bytes, format })
      if (ended.kind === 'ingested') return { kind: 'ingested', value: buffersOf(ended.value) }
      if (ended.kind === 'too-slow') return { kind: 'too-slow', seconds: INGEST_SECONDS }
      if (ended.kind === 'failed') log.info({ reason: ended.reason }, 'a picture is unreadable')
      else log.warn('the studio died of a picture')
      return { kind: 'unreadable', reason: 'it cannot be decoded' }
    },
    async render(bytes, wish) {
      const ended = await ask({ kind: 'render', bytes, wish })
      if (ended.kind === 'rendered') return Buffer.from(ended.bytes)
      throw new Unavailable(`a picture could not be made: ${ended.kind}`, 5, {
        cause: ended.kind === 'failed' ? ended.reason : undefined,
      })
    },
  }
}

/** What crosses between programs comes as plain bytes. */
function buffersOf(given: Ingested): Ingested {
  return { ...given, master: Buffer.from(given.master), preview: Buffer.from(given.preview) }
}
