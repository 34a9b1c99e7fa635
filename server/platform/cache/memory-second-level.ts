import type { Clock, Instant } from '../clock.ts'
import { MOST_SHARED_BYTES, type SecondLevel, type SharedAnswer } from './second-level.ts'

/** Several processes of a simulation in one memory. Forgets nothing but what has lapsed when it is asked for. */
export function memorySecondLevel(clock: Clock): SecondLevel {
  const answers = new Map<string, { readonly answer: SharedAnswer; readonly until: Instant }>()
  return {
    async get(name) {
      const found = answers.get(name)
      if (found === undefined || clock.now() < found.until) return found?.answer
      answers.delete(name)
      return undefined
    },
    put(name, answer, forMs) {
      if (answer.bytes.length > MOST_SHARED_BYTES) return
      answers.set(name, { answer, until: clock.now() + forMs })
    },
    close: () => answers.clear(),
  }
}
