import type { Logger } from 'pino'

import type { Job } from './context.ts'
import type { Waiting } from './waiting.ts'

/** Runs each job again and again until closed, never twice at once in this process. */
export function openJobs(
  jobs: readonly Job[],
  { log, waiting }: { readonly log: Logger; readonly waiting: Waiting },
): { close(): Promise<void> } {
  const stop = new AbortController()
  const { signal } = stop
  const repeat = async (job: Job): Promise<void> => {
    const { name, everySeconds, firstAfterSeconds = 0, run } = job
    if (firstAfterSeconds > 0) await waiting.sleep(firstAfterSeconds * 1000, signal)
    while (!signal.aborted) {
      try {
        await run()
      } catch (error) {
        if (!signal.aborted) log.warn({ err: error, job: name }, 'a job failed and runs again')
      }
      await waiting.sleep(everySeconds * 1000, signal)
    }
  }
  const running = Promise.all(jobs.map(repeat))
  return {
    async close() {
      stop.abort()
      await running
    },
  }
}
