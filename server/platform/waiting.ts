import { setTimeout as sleep } from 'node:timers/promises'

/**
 * How code waits and gives way. Handed to whoever needs it, so that a simulation can let years pass
 * in a second and choose whose turn it is (requirement R2).
 */
export interface Waiting {
  /** Calls back after so many milliseconds; what it returns calls that off. */
  after(ms: number, work: () => void): () => void
  /** Resolves after so many milliseconds, at once when the signal aborts; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** Calls back when everything that is ready now has had its turn. */
  soon(work: () => void): void
}

/** Chance, handed over like the time. */
export interface Chance {
  /** From 0 up to but not including 1, each as likely as any other. */
  next(): number
}

export const realWaiting: Waiting = {
  after(ms, work) {
    const timer = setTimeout(work, ms)
    return () => clearTimeout(timer)
  },
  sleep: (ms, signal) =>
    sleep(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined),
  soon: (work) => void setImmediate(work),
}

export const realChance: Chance = { next: Math.random }

/** How a program waits and rolls dice; spread into what takes both. */
export const reality = { waiting: realWaiting, chance: realChance } as const
