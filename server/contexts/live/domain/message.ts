import type { Id } from '#platform/ids'
import { accept, refuse, type Outcome } from '#platform/outcome'

import type { LiveMessage, LiveRefusal } from '../contract.ts'

/** Products that one page may hear of. */
export const MOST_PRODUCTS = 100

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const FIELDS = new Set(['subscribe', 'unsubscribe', 'since'])
const POSITION = /^\d{1,9}\.\d{1,18}$/

/** What a page sent, once it is known to be that. */
export function readMessage(text: string): Outcome<LiveMessage, LiveRefusal> {
  const wrong = (reason: string): Outcome<LiveMessage, LiveRefusal> =>
    refuse({ code: 'live.message-invalid', reason })
  let message: unknown
  try {
    message = JSON.parse(text)
  } catch {
    // Whatever it is, it is no JSON.
    return wrong('it is not JSON')
  }
  if (typeof message !== 'object' || message === null || Array.isArray(message)) {
    return wrong('it is no object')
  }
  const { subscribe = [], unsubscribe = [], since } = message as Record<string, unknown>
  if (Object.keys(message).some((name) => !FIELDS.has(name))) {
    return wrong('it may have subscribe, unsubscribe and since, and nothing else')
  }
  if (!isListOfIds(subscribe) || !isListOfIds(unsubscribe)) {
    return wrong(`products are lists of at most ${MOST_PRODUCTS} ids`)
  }
  if (since === undefined) return accept({ subscribe, unsubscribe })
  if (typeof since !== 'string' || !POSITION.test(since)) {
    return wrong('since is no position that was heard')
  }
  return accept({ subscribe, unsubscribe, since })
}

function isListOfIds(value: unknown): value is readonly Id[] {
  return (
    Array.isArray(value) &&
    value.length <= MOST_PRODUCTS &&
    value.every((each) => typeof each === 'string' && ID.test(each))
  )
}

/** A page's address must be the shop's own; programs that are no browser send none (RFC 6455 section 10.2). */
export function isOwnOrigin(origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined) return true
  const [, named] = /^https?:\/\/([^/?#@]+)$/i.exec(origin) ?? []
  return named !== undefined && named.toLowerCase() === host?.toLowerCase()
}
