import { accept, type Outcome } from './outcome.ts'
import type { Decision, DomainEvent, Intent, Streams, WriteIntent } from './write/commit.ts'

/** One commit of a long process, told by the events it appends: past tense. */
export interface Step<Event extends string = string> {
  readonly name: string
  /** Every commit of this step appends these. */
  readonly appends: readonly Event[]
  /** Some commits of this step append these too. */
  readonly mayAppend?: readonly Event[]
  /** The call outside whose answer this commit books. */
  readonly books?: string
  /** A reaction to the log makes this commit too, whether or not a client comes back. */
  readonly byReaction?: boolean
  /** Timers of this kind make this commit too, when they are due. */
  readonly byTimer?: string
}

/**
 * A long process: several commits, with calls outside, timers and people between them. The definition
 * is data that three read: the guard below, which lets no other commit touch its streams; the view of
 * staff; and the tests that kill the program at every step (requirement P4), which a new step is
 * therefore part of at once.
 */
export interface LongProcess<Event extends string = string, S extends Step<Event> = Step<Event>> {
  readonly name: string
  /** Kinds of the streams on which every commit is a step. */
  readonly streams: readonly string[]
  readonly steps: readonly S[]
  /** The kind of timer that the commit of such an event must leave: what takes the process up again. */
  readonly timers: Readonly<Partial<Record<Event, string>>>
  /** The call outside that follows the commit of such an event. */
  readonly asks: Readonly<Partial<Record<Event, string>>>
}

/** The step that appends just these types; undefined when there is none. */
export function stepOf(
  processes: readonly LongProcess[],
  types: readonly string[],
): Step | undefined {
  return processes
    .flatMap(({ steps }) => steps)
    .find(
      ({ appends, mayAppend = [] }) =>
        appends.every((type) => types.includes(type)) &&
        types.every((type) => appends.includes(type) || mayAppend.includes(type)),
    )
}

/** The kinds of timers that the commit of these events must leave. */
export function timersOf(processes: readonly LongProcess[], types: readonly string[]): string[] {
  return processes.flatMap(({ timers }) => types.flatMap((type) => timers[type] ?? []))
}

/**
 * The same write, which throws at a commit on the streams of these processes that is no step of
 * them, or that leaves nothing to take the process up again: such a commit is a bug, and stands
 * nowhere. It looks at what is decided, before anything is sent.
 */
export function inSteps(processes: readonly LongProcess[], write: WriteIntent): WriteIntent {
  const kinds = new Set(processes.flatMap(({ streams }) => streams))
  /** By the types of a commit; there are only so many. */
  const known = new Map<string, readonly string[]>()

  const mustLeave = (types: readonly string[]): readonly string[] => {
    const key = types.join()
    const found = known.get(key)
    if (found !== undefined) return found
    if (stepOf(processes, types) === undefined) throw new Error(`${key} is no step of a process`)
    const timers = timersOf(processes, types)
    known.set(key, timers)
    return timers
  }

  return (intent) => {
    if (!Object.values(intent.streams).some(({ aggregate }) => kinds.has(aggregate.kind))) {
      return write(intent)
    }
    return write({ ...intent, decide: (states, at) => check(intent, intent.decide(states, at)) })
  }

  function check<S extends Streams, T>(
    { streams }: Intent<S, T>,
    outcome: Outcome<Decision<S, T>>,
  ): Outcome<Decision<S, T>> {
    if (!outcome.ok) return outcome
    const { append = {}, timers = [] } = outcome.value
    const types: string[] = []
    for (const [name, events] of Object.entries(append) as [string, readonly DomainEvent[]][]) {
      if (!kinds.has(streams[name]?.aggregate.kind ?? '')) continue
      for (const { type } of events) if (!types.includes(type)) types.push(type)
    }
    if (types.length === 0) return outcome
    for (const kind of mustLeave(types)) {
      if (timers.some((timer) => 'kind' in timer && timer.kind === kind)) continue
      throw new Error(`${types.join()} is committed without its timer ${kind}`)
    }
    return accept(outcome.value)
  }
}
