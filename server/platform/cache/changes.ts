import type { Reach } from './tail.ts'

/** Some 5 MB; what is older than the oldest of so many counts as changed when that did. */
const MOST = 50_000

/** Whether everything below `at` is below `reach` as well. */
export function covers(reach: Reach, at: Reach): boolean {
  return reach.era === at.era ? reach.xid >= at.xid : reach.era > at.era
}

/** The one that lies further on. */
export function later(one: Reach, other: Reach): Reach {
  return covers(one, other) ? one : other
}

/** How far one has to have heard the log to know the last change of each thing; bounded. */
export class Changes {
  readonly #most: number
  /** The latest changed last, but for what was changed by this process and was not told yet. */
  readonly #last = new Map<string, Reach>()
  /** Of everything that is not in there. */
  #floor: Reach

  /** Nothing is known of what happened before `since`. */
  constructor(since: Reach, most = MOST) {
    this.#floor = since
    this.#most = most
  }

  /** A thing was changed by something below `at`. */
  changed(thing: string, at: Reach): void {
    const before = this.#last.get(thing)
    this.#last.delete(thing)
    this.#last.set(thing, before === undefined ? at : later(before, at))
    if (this.#last.size <= this.#most) return
    for (const [oldest, known] of this.#last) {
      this.#last.delete(oldest)
      this.#floor = later(this.#floor, known)
      break
    }
  }

  /** Anything may have been changed by something below `at`. */
  anything(at: Reach): void {
    this.#floor = later(this.#floor, at)
  }

  /** Whether who had heard so much knew the last change of all these things. */
  areKnownTo(reach: Reach, things: readonly string[]): boolean {
    if (!covers(reach, this.#floor)) return false
    return things.every((thing) => {
      const at = this.#last.get(thing)
      return at === undefined || covers(reach, at)
    })
  }
}
