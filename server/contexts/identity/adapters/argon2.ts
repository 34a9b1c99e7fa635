import { hash, verify } from '@node-rs/argon2'

import { Unavailable } from '#platform/outcome'

import type { PasswordHashes } from '../domain/ports.ts'

/** OWASP's minimum for Argon2id, the library's default algorithm: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** With 15 ms each the last in the queue waits a second and a half. */
const MOST_WAITING = 100

/**
 * Hashes by Argon2id, one at a time for this process: each takes 19 MiB and a core, and the shop
 * sells meanwhile. When too many wait the next is told to come back.
 */
export function openArgon2(mostWaiting = MOST_WAITING): PasswordHashes {
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()
  let nobody: Promise<string> | undefined

  function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
    if (waiting >= mostWaiting) throw new Unavailable('too many passwords wait to be checked', 2)
    waiting++
    const result = last.then(work).finally(() => waiting--)
    // What went wrong is told to whoever asked; the next one starts all the same.
    last = result.catch(() => undefined)
    return result
  }

  return {
    hash: async (password) => oneAtATime(() => hash(password, COST)),
    async verify(stored, password) {
      nobody ??= hash('nobody has this password', COST)
      const compared = stored ?? (await nobody)
      const fits = await oneAtATime(() => verify(compared, password))
      return fits && stored !== undefined
    },
  }
}
