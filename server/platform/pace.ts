import type { Waiting } from './waiting.ts'

/** Who writes in bulk waits while somebody who reads the log is further behind than this. */
const BEHIND_MS = 30_000
/** No longer at a stretch than this: a reader that is stuck slows bulk down, and does not stop it. */
const MOST_MS = 1_000
const POLL_MS = 20

/**
 * Keeps what is written in bulk from running away from who reads the log. Resolves when all are close
 * enough behind, or after a second.
 */
export function pacing(
  readers: { behindMs(): number },
  { sleep }: Pick<Waiting, 'sleep'>,
): () => Promise<void> {
  return async () => {
    for (let waited = 0; waited < MOST_MS && readers.behindMs() > BEHIND_MS; waited += POLL_MS) {
      await sleep(POLL_MS)
    }
  }
}
