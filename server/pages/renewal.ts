import { hash } from 'node:crypto'

import type { Clock, Instant } from '#platform/clock'

import type { SessionBox } from './contract.ts'

/** A token that ends within this time may end on the way. */
const EARLY_MS = 30_000
/** A browser that asks for several pages at once sends the same old cookie with each of them. */
const KEPT_MS = 60_000
/** Renewals that are remembered: more than one process makes in a minute. */
const MOST_KEPT = 20_000

/** What became of a refresh token: a new pair, or nobody is signed in by it any more. */
export type Renewed = { readonly accessToken: string; readonly refreshToken: string } | 'ended'

/** Asks the API for a new pair. Throws when it could not say: then the session is left as it is. */
export type Refresh = (refreshToken: string) => Promise<Renewed>

/** Keeps who has signed in signed in: access tokens live for minutes, sessions for days. */
export interface Renewal {
  /**
   * The token to ask with, renewed just before it ends; undefined for a guest. With `refused`, a token
   * that the API did not believe, another one.
   */
  tokenOf(session: SessionBox, refresh: Refresh, refused?: string): Promise<string | undefined>
}

/**
 * Each refresh token is good once, and one that comes again ends its session. So loaders that run at once
 * share one renewal, and so do requests that a browser sent with the same cookie: what came of it is kept
 * for a minute.
 */
export function openRenewal({ now }: Clock): Renewal {
  const kept = new Map<string, { readonly until: Instant; readonly renewed: Promise<Renewed> }>()

  function renew(refreshToken: string, refresh: Refresh): Promise<Renewed> {
    // In the order in which they were made, so the first that still holds ends the search.
    for (const [key, { until }] of kept) {
      if (until > now() && kept.size < MOST_KEPT) break
      kept.delete(key)
    }
    const key = hash('sha256', refreshToken, 'base64url')
    const known = kept.get(key)
    if (known !== undefined) return known.renewed
    const renewed = refresh(refreshToken)
    kept.set(key, { until: now() + KEPT_MS, renewed })
    renewed.catch(() => kept.delete(key))
    return renewed
  }

  return {
    async tokenOf(session, refresh, refused) {
      const { accessToken, refreshToken } = session.read()
      if (accessToken === undefined || refreshToken === undefined) return accessToken
      const isGood = accessToken !== refused && endOf(accessToken) > now() + EARLY_MS
      if (isGood) return accessToken
      const renewed = await renew(refreshToken, refresh)
      // Another loader of this page was faster, or somebody signed out meanwhile.
      const latest = session.read()
      if (latest.refreshToken !== refreshToken) return latest.accessToken
      if (renewed === 'ended') session.signOut()
      else session.write({ ...latest, ...renewed })
      return session.read().accessToken
    },
  }
}

/** When an access token ends by what it says itself: 0 for what says nothing. Believed by nobody else. */
function endOf(accessToken: string): Instant {
  try {
    const [, claims = ''] = accessToken.split('.')
    const said: unknown = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8'))
    const { exp } = said as { exp?: unknown }
    return typeof exp === 'number' ? exp * 1000 : 0
  } catch {
    return 0
  }
}
