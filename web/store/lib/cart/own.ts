import { useEffect } from 'react'
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

/** Where pages are rendered nobody is anybody; a hook of the router for each heart took as long as its card. */
const useAsked = import.meta.env.SSR ? useNobodys : useBrowsers

function useNobodys(): { readonly data?: Own; readonly load: (path: string) => Promise<void> } {
  return NOBODYS
}

const NOBODYS = { load: () => Promise.resolve() }

function useBrowsers() {
  return useFetcher<Own>({ key: 'own' })
}

/**
 * The visitor's own, the same for everyone who asks on a page; undefined until it has come. It is asked
 * for anew after every action.
 */
export function useOwn(): Own | undefined {
  return useAsked().data
}

/** The same, and how it is asked for anew. */
export function useOwnAgain(): readonly [Own | undefined, () => Promise<void>] {
  const { data, load } = useAsked()
  const path = usePaths().own()
  return [data, () => load(path)]
}

/** Asks for the visitor's own, once a page; other tabs and a look back at this one ask again. */
export function useOwnLoaded(): Own | undefined {
  const { data, load } = useAsked()
  const path = usePaths().own()
  useEffect(() => {
    void load(path)
  }, [load, path])
  const state = data === undefined ? undefined : `${data.cart?.id} ${data.cart?.version}`
  useCartNews(state, () => void load(path))
  return data
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
