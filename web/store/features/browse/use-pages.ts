import { useEffect, useLayoutEffect, useMemo, useRef, useSyncExternalStore } from 'react'

import { before, grown, type Chain, type Page } from './chain.ts'

const KEY = 'lists '
/** Where the router keeps how far somebody had scrolled, by the key of each place in the history. */
const SCROLLED = 'react-router-scroll-positions'

/**
 * All pages of a list that were loaded up to the one of the address, so that Back and a reload find what was
 * there. They are kept as long as the tab; what has changed since is told by the pages it leads to.
 */
export function usePages(list: string, page: Page): Chain {
  const text = useSyncExternalStore(nothing, () => stored(list), onServer)
  const chain = useMemo(() => chainIn(text), [text])
  const earlier = before(chain, page.after)
  useEffect(() => keep(list, grown(chainIn(stored(list)), page)), [list, page])
  useScrollBack(earlier.length > 0)
  return [...earlier, page]
}

/** Nobody else changes it while the list is open. */
function nothing(): () => void {
  return () => {}
}

function onServer(): string {
  return ''
}

function stored(list: string): string {
  try {
    return sessionStorage.getItem(KEY + list) ?? ''
  } catch {
    // Who forbids storage sees the page of the address alone.
    return ''
  }
}

function chainIn(text: string): Chain {
  return text === '' ? [] : (JSON.parse(text) as Chain)
}

function keep(list: string, chain: Chain): void {
  const text = JSON.stringify(chain)
  try {
    sessionStorage.setItem(KEY + list, text)
  } catch {
    // It is full, or forbidden: other lists make room, and without any the list still works by its links.
    forgetAll()
  }
}

function forgetAll(): void {
  try {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith(KEY)) sessionStorage.removeItem(key)
    }
  } catch {
    // Storage is forbidden: nothing was kept.
  }
}

/** After a reload the router scrolls before the earlier pages are there; so it is done again with them. */
function useScrollBack(isLonger: boolean): void {
  const isDone = useRef(false)
  useLayoutEffect(() => {
    if (!isLonger || isDone.current) return
    isDone.current = true
    const { key = 'default' } = (history.state ?? {}) as { readonly key?: string }
    const top = positions()[key]
    if (top !== undefined) scrollTo(0, top)
  }, [isLonger])
}

function positions(): Readonly<Record<string, number>> {
  try {
    return JSON.parse(sessionStorage.getItem(SCROLLED) ?? '{}') as Record<string, number>
  } catch {
    // Unreadable is as good as none.
    return {}
  }
}
