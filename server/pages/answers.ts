import { Kept } from '#platform/cache/kept'
import type { Clock } from '#platform/clock'
import type { TenantId } from '#platform/ids'

import { Said } from './said.ts'

/**
 * As long as a page takes to be asked for by the next one who comes. A page that is kept is not younger
 * than what it was made of, so this is also how much older it may be.
 */
const AGE_MS = 1_000
const MOST_BYTES = 16 * 1024 * 1024
/** What an answer takes beside its text. */
const ROOM = 2_000

/** What the API says to nobody in particular, for pages that are everybody's. */
export interface Answers {
  /** As it was said to somebody lately, else as `ask` says it. */
  of(tenant: TenantId, request: Request, ask: () => Promise<Response>): Promise<Response>
  dropAllOf(tenant: TenantId): void
  dropAll(): void
}

/**
 * Pages of a shop have most of their questions in common: how it looks, what it sells, its brands, its
 * shelves. What is asked within a second is asked once, unless something changes.
 */
export function openAnswers(clock: Clock): Answers {
  const kept = new Kept<Said>({ clock, maxAgeMs: AGE_MS, maxSize: MOST_BYTES })
  return {
    async of(tenant, request, ask) {
      if (request.method !== 'GET') return ask()
      const { host, pathname, search } = new URL(request.url)
      try {
        return await kept.of(tenant, host + pathname + search, async () => {
          const answer = await ask()
          if (!(answer instanceof Said) || !answer.ok) throw new Unkept(answer)
          return { value: answer, size: answer.size + ROOM, touches: [] }
        })
      } catch (error) {
        if (error instanceof Unkept) return error.response.clone()
        throw error
      }
    },
    dropAllOf: (tenant) => kept.dropAllOf(tenant),
    dropAll: () => kept.dropAll(),
  }
}

/** A refusal, or something that is no JSON: for those who asked just now. */
class Unkept extends Error {
  readonly response: Response

  constructor(response: Response) {
    super('An answer that is not kept.')
    this.response = response
  }
}
