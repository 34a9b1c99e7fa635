/** Takes work in its order, side by side where it may be. */

/** So many may be inside; who comes later waits in line. */
export interface Room {
  enter(): Promise<void>
  leave(): void
}

export function openRoom(size: number): Room {
  const line: (() => void)[] = []
  let inside = 0
  return {
    enter() {
      if (inside < size) {
        inside += 1
        return Promise.resolve()
      }
      return new Promise((resolve) => line.push(resolve))
    },
    leave() {
      const next = line.shift()
      if (next === undefined) inside -= 1
      else next()
    },
  }
}

/**
 * Work of things: it waits for what came before it and is of one of the same things, or of one that it
 * needs. Names are forgotten as soon as nobody works on them.
 */
export function turns(): <T>(
  names: readonly string[],
  needs: readonly string[],
  work: () => Promise<T>,
) => Promise<T> {
  const latest = new Map<string, Promise<unknown>>()
  return (names, needs, work) => {
    const before = [...names, ...needs].flatMap((name) => latest.get(name) ?? [])
    const turn = before.length === 0 ? work() : Promise.allSettled(before).then(work)
    for (const name of names) latest.set(name, turn)
    const forget = (): void => {
      for (const name of names) if (latest.get(name) === turn) latest.delete(name)
    }
    turn.then(forget, forget)
    return turn
  }
}
