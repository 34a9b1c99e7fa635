import { createContext, useCallback, useContext, useEffect, useMemo } from 'react'
import { useFetcher } from 'react-router'

import type { Money } from '../format.ts'
import { usePaths } from '../shop.ts'
import type { ShownLine } from './cart-of.ts'

/** What is the visitor's own: filled in by the browser on pages that are everybody's. */
export interface Own {
  readonly cart: {
    readonly id: string
    readonly version: number
    readonly count: number
    readonly total: Money
    readonly lines: readonly ShownLine[]
    readonly holdUntil: string | null
  } | null
  /** Of who has signed in. */
  readonly name: string | null
  /** The products on the wishlist. */
  readonly wishes: readonly string[]
}

const CHANNEL = 'torg-cart'

/** What is known of it, and how it is asked for anew. */
interface OwnNow {
  readonly own: Own | undefined
  readonly askAgain: () => Promise<void>
}

/** Set around every page by the frame: two dozen hearts that asked the router each made a phone slow. */
export const OwnContext = createContext<OwnNow>({
  own: undefined,
  askAgain: () => Promise.resolve(),
})

export function useOwnNow(): OwnNow {
  return useContext(OwnContext)
}

/**
 * The visitor's own, undefined until it has come. It is asked for once a page, after every action, and
 * when other tabs or a look back at this one ask again.
 */
export function useOwnAsked(): OwnNow {
  const { data: own, load } = useFetcher<Own>({ key: 'own' })
  const path = usePaths().own()
  const askAgain = useCallback(() => load(path), [load, path])
  useEffect(() => void askAgain(), [askAgain])
  const state = own === undefined ? undefined : `${own.cart?.id} ${own.cart?.version}`
  useCartNews(state, () => void askAgain())
  return useMemo(() => ({ own, askAgain }), [own, askAgain])
}

/** Calls when another tab has changed the cart, or this one is looked at again. */
export function useCartNews(state: string | undefined, tell: () => void): void {
  useEffect(() => {
    const channel = new BroadcastChannel(CHANNEL)
    if (state !== undefined) channel.postMessage(state)
    channel.addEventListener('message', ({ data }) => {
      if (data !== state) tell()
    })
    const look = () => {
      if (document.visibilityState === 'visible') tell()
    }
    document.addEventListener('visibilitychange', look)
    return () => {
      channel.close()
      document.removeEventListener('visibilitychange', look)
    }
    // What is called does the same for the same state.
    // oxlint-disable-next-line exhaustive-deps
  }, [state])
}
