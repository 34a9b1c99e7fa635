import { setTimeout as sleep } from 'node:timers/promises'

import type { Logger } from 'pino'

import type { Job } from './context.ts'

/** Runs each job again and again until closed, never twice at once in this process. */
export function openJobs(jobs: readonly Job[], log: Logger): { close(): Promise<void> } {
  const stop = new AbortController()
  const { signal } = stop
  const repeat = async ({ name, everySeconds, run }: Job): Promise<void> => {
    while (!signal.aborted) {
      try {
        await run()
      } catch (error) {
        if (!signal.aborted) log.warn({ err: error, job: name }, 'a job failed and runs again')
      }
      await sleep(everySeconds * 1000, undefined, { signal }).catch(() => undefined)
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
