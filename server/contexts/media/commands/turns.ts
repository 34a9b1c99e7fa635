import { Unavailable } from '#platform/outcome'

/** Lets so many work at once and as many as are named wait; who comes then is told to come again. */
export function turns(
  atOnce: number,
  mostWaiting: number,
): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let working = 0

  return async (work) => {
    if (working >= atOnce) {
      if (waiting.length >= mostWaiting) throw new Unavailable('too many come at once', 2)
      // Whoever ends hands on the turn, so the number of those who work stays.
      await new Promise<void>((begin) => waiting.push(begin))
    } else working += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) working -= 1
      else next()
    }
  }
}
