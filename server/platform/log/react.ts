/** Hands a page of entries to a reaction: streams side by side, each in its order. */
import type { Logger } from 'pino'

import type { Chance, Waiting } from '../waiting.ts'
import { keyed } from '../write/settle.ts'
import type { Letter } from './source.ts'
import type { LogEntry, Subscription } from './subscription.ts'

/** An entry that failed so often goes to the dead letters (requirement R11). */
const TRIES = 5

/** Streams that are heard at once, unless a reaction says more; their commits settle together. */
const SIDE_BY_SIDE = 32

export interface Heard {
  /** So many entries, counted from the first, are done with; all of them unless told to stop. */
  readonly count: number
  /** Of the entries that are done with. */
  readonly letters: readonly Letter[]
}

export interface ReactOptions {
  readonly log: Logger
  readonly waiting: Waiting
  readonly chance: Chance
  readonly signal: AbortSignal
  readonly retryAfterMs: number
}

export async function react(
  subscription: Subscription & { kind: 'reaction' },
  entries: readonly LogEntry[],
  options: ReactOptions,
): Promise<Heard> {
  const results = entries.map((): Letter | 'done' | undefined => undefined)
  const streams = Map.groupBy(entries.keys(), (place) => orderOf(entries[place] as LogEntry))
  const queues = streams.values()
  const work = async (): Promise<void> => {
    // The workers share one iterator: each takes the next stream when it is free.
    for (const places of queues) {
      for (const place of places) {
        if (options.signal.aborted) return
        results[place] = await hear(subscription, entries[place] as LogEntry, options)
        if (results[place] === undefined) return
      }
    }
  }
  const { sideBySide = SIDE_BY_SIDE } = subscription
  await Promise.all(Array.from({ length: Math.min(sideBySide, streams.size) }, work))

  const firstUndone = results.indexOf(undefined)
  const count = firstUndone === -1 ? entries.length : firstUndone
  const letters = results.slice(0, count).filter((each) => typeof each === 'object')
  return { count, letters }
}

/** Entries of one name are heard one after the other: those of a stream, transfers of a unit. */
function orderOf(entry: LogEntry): string {
  return entry.kind === 'event'
    ? keyed(entry.tenant, 'event', entry.stream)
    : keyed(entry.tenant, 'transfer', entry.entry.from.unit)
}

/** Tries an entry until it is heard or has failed too often; undefined when told to stop meanwhile. */
async function hear(
  subscription: Subscription & { kind: 'reaction' },
  entry: LogEntry,
  { log, waiting, chance, signal, retryAfterMs }: ReactOptions,
): Promise<Letter | 'done' | undefined> {
  const key = `${subscription.name}/${entry.position.era}/${entry.position.position}`
  for (let attempt = 1; ; attempt += 1) {
    try {
      await subscription.react(entry, key)
      return 'done'
    } catch (error) {
      log.warn({ err: error, subscription: subscription.name, key, attempt }, 'a reaction failed')
      if (attempt >= TRIES) return letterOf(entry, error)
      const pause = retryAfterMs * 2 ** (attempt - 1) * (0.5 + chance.next())
      await waiting.sleep(pause, signal)
      if (signal.aborted) return undefined
    }
  }
}

function letterOf(entry: LogEntry, error: unknown): Letter {
  return {
    tenant: entry.tenant,
    entry: JSON.stringify(entry, (_, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    ),
    reason: error instanceof Error ? (error.stack ?? error.message) : String(error),
  }
}
