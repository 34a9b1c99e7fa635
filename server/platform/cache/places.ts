import type { Refusal } from '../outcome.ts'
import type { Writer } from '../write/writer.ts'
import { readReach, writeReach, type Tail } from './tail.ts'

/** The header by which a caller sees its own writes, whichever process it asks next. */
export const PLACE_HEADER = 'torg-position'

/** What the header says, and how long to wait for it. */
export interface Places {
  /** Behind everything that this process has answered so far. */
  last(): string | undefined
  /** Waits until what this process remembers is as new as a position, 1 s at most. */
  reach(text: string): Promise<'reached' | 'late' | 'future' | 'malformed'>
}

export function placesIn({ writer }: { readonly writer: Writer }, tail: Tail): Places {
  return {
    last() {
      const last = writer.last()
      return last === undefined ? undefined : writeReach(last)
    },
    async reach(text) {
      const position = readReach(text)
      return position === undefined ? 'malformed' : tail.reach(position)
    },
  }
}

/** Why somebody who asks behind a position is not answered; undefined when they are. */
export async function waitFor(
  places: Places,
  sent: string | string[],
): Promise<(Refusal & Readonly<Record<string, unknown>>) | undefined> {
  switch (await places.reach(String(sent))) {
    case 'reached':
      return undefined
    case 'late':
      return { code: 'platform.unavailable', retryAfterSeconds: 1 }
    default:
      return {
        code: 'request.malformed',
        reason: 'Torg-Position is none that this shop has handed out',
      }
  }
}
