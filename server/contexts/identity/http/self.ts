import type { Actor } from '#platform/http/route'

import type { SignedIn } from '../contract.ts'

/** The server lets nobody in here who is not signed in. */
export function selfOf(actor: Actor): SignedIn {
  if (actor.kind === 'guest') throw new Error('a guest came to a route of the signed-in')
  const { id: userId, sessionId } = actor
  return sessionId === undefined ? { userId } : { userId, sessionId }
}
