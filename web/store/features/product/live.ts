import type { Availability } from './product.ts'
import type { Money } from '../../lib/format.ts'

/** What is heard of a product while a page is open. */
export interface Heard {
  readonly productId: string
  readonly gone?: true
  readonly version: number
  readonly price: Money
  readonly availability: Availability
  /** Of each SKU, where there are several. */
  readonly variants?: readonly { readonly sku: string; readonly availability: Availability }[]
}

/** First and longest time until a lost connection is tried again. */
const FIRST_MS = 1_000
const LONGEST_MS = 30_000

/**
 * Hears of products until it is called off. A page that nobody looks at hears nothing; one that comes
 * back goes on where it was. Where sockets do not get through, the page is as it was made.
 */
export function follow(ids: readonly string[], hear: (heard: Heard) => void): () => void {
  let socket: WebSocket | undefined
  let position: string | undefined
  let wait = FIRST_MS
  let timer: ReturnType<typeof setTimeout> | undefined

  function open(): void {
    clearTimeout(timer)
    if (socket !== undefined || document.hidden) return
    const opened = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/v1/live`)
    socket = opened
    const ask = (since?: string): void =>
      opened.send(JSON.stringify({ subscribe: ids, ...(since === undefined ? {} : { since }) }))
    opened.addEventListener('open', () => {
      if (socket === opened) ask(position)
    })
    opened.addEventListener('message', ({ data }) => {
      if (socket !== opened) return
      const told = JSON.parse(String(data)) as Heard & { position?: string; error?: object }
      if (told.error !== undefined) {
        // The process that answers now has not come as far; without a position it tells what it knows.
        if (position === undefined) return
        position = undefined
        ask()
        return
      }
      wait = FIRST_MS
      position = told.position
      hear(told)
    })
    opened.addEventListener('close', () => {
      if (socket !== opened) return
      socket = undefined
      // Not all pages at once when a process comes back.
      timer = setTimeout(open, wait * (0.5 + Math.random()))
      wait = Math.min(LONGEST_MS, wait * 2)
    })
  }

  function shut(): void {
    clearTimeout(timer)
    const closing = socket
    socket = undefined
    // A browser complains of a connection that is closed before it is there.
    if (closing?.readyState === WebSocket.CONNECTING) {
      closing.addEventListener('open', () => closing.close())
    } else closing?.close()
  }

  const look = (): void => (document.hidden ? shut() : open())
  document.addEventListener('visibilitychange', look)
  open()
  return () => {
    document.removeEventListener('visibilitychange', look)
    shut()
  }
}
