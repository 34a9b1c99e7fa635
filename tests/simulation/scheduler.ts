/**
 * The only thing that lets anything happen: a queue of labeled tasks, each due at a virtual time
 * that chance has drawn. One step runs one task and then everything that follows from it by itself
 * (the microtasks of one turn), so between any two steps anybody else may come.
 */
import type { Instant } from '../../server/platform/clock.ts'

/** Whose work it is; what is due when its owner is dead is never done. */
export interface Owner {
  readonly name: string
  readonly isAlive: boolean
}

/** Nothing due within so long is quiet. */
const QUIET_MS = 50

interface Task {
  readonly due: Instant
  /** Order of creation; ties of time go by it. */
  readonly number: number
  readonly label: string
  readonly owner: Owner | undefined
  run: (() => void) | undefined
}

export class Scheduler {
  /** Virtual milliseconds. */
  now: Instant
  steps = 0
  /** A running hash (FNV-1a) of what was done when, to compare two runs. */
  hash = 0x811c9dc5
  /** Called after every step; throws to end the run. */
  afterStep: (label: string) => void = () => undefined
  /** Called when nothing is due for a while, or ever again: may add what only waits for time to pass. */
  whenQuiet: (nextDue: Instant | undefined) => void = () => undefined
  #heap: Task[] = []
  #made = 0

  constructor(now: Instant) {
    this.now = now
  }

  get size(): number {
    return this.#heap.length
  }

  /** Adds a task; what it returns calls it off. */
  add(inMs: number, label: string, owner: Owner | undefined, run: () => void): () => void {
    this.#made += 1
    const task: Task = { due: this.now + inMs, number: this.#made, label, owner, run }
    this.#push(task)
    return () => {
      task.run = undefined
    }
  }

  /** Runs tasks until none is left, so many steps were made, or `isOver` says so. */
  async run(mostSteps: number, isOver: () => boolean): Promise<void> {
    const until = this.steps + mostSteps
    while (this.steps < until && !isOver()) {
      const next = this.#heap[0]?.due
      if (next === undefined || next > this.now + QUIET_MS) this.whenQuiet(next)
      const task = this.#pop()
      if (task === undefined) return
      const { run, owner, label } = task
      if (run === undefined || owner?.isAlive === false) continue
      if (task.due > this.now) this.now = task.due
      this.steps += 1
      this.#mix(label)
      run()
      await turn()
      this.afterStep(label)
    }
  }

  #mix(label: string): void {
    let { hash } = this
    for (let at = 0; at < label.length; at += 1) {
      hash = Math.imul(hash ^ label.charCodeAt(at), 0x01000193)
    }
    this.hash = Math.imul(hash ^ (this.now | 0), 0x01000193)
  }

  #push(task: Task): void {
    const heap = this.#heap
    let at = heap.length
    heap.push(task)
    while (at > 0) {
      const above = (at - 1) >> 1
      const other = heap[above] as Task
      if (isBefore(other, task)) break
      heap[at] = other
      at = above
    }
    heap[at] = task
  }

  #pop(): Task | undefined {
    const heap = this.#heap
    const [first] = heap
    const last = heap.pop()
    if (first === undefined || last === undefined || heap.length === 0) return first
    let at = 0
    for (;;) {
      let below = at * 2 + 1
      if (below >= heap.length) break
      if (below + 1 < heap.length && isBefore(heap[below + 1] as Task, heap[below] as Task)) {
        below += 1
      }
      if (isBefore(last, heap[below] as Task)) break
      heap[at] = heap[below] as Task
      at = below
    }
    heap[at] = last
    return first
  }
}

function isBefore(one: Task, other: Task): boolean {
  return one.due === other.due ? one.number < other.number : one.due < other.due
}

/** Until everything that is ready has had its turn. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
