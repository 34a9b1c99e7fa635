import { useEffect, useState } from 'react'
import { useCartTexts } from '../texts/cart.ts'

/** Minutes that are told aloud; whoever sees the clock sees every second. */
const TOLD_AT = [10, 5, 1]

/**
 * Milliseconds until an instant. It begins at what the server saw, so that the page says the same before
 * and after it wakes up, and goes by the server's clock: those of phones are minutes off.
 */
function useTimeLeft(until: string, now: string): number {
  const [left, setLeft] = useState(() => Date.parse(until) - Date.parse(now))
  useEffect(() => {
    const begin = performance.now()
    const atFirst = Date.parse(until) - Date.parse(now)
    const tick = () => setLeft(atFirst - (performance.now() - begin))
    tick()
    const timer = setInterval(tick, 1000)
    return () => clearInterval(timer)
  }, [until, now])
  return Math.max(0, left)
}

/** `12:05` until the units of a cart are let go; calls once when they are. */
export function HoldClock({
  until,
  now,
  onEnd,
}: {
  readonly until: string
  readonly now: string
  readonly onEnd: () => void
}) {
  const cart = useCartTexts()
  const left = useTimeLeft(until, now)
  const seconds = Math.ceil(left / 1000)
  const minutes = Math.floor(seconds / 60)
  const isOver = left === 0
  useEffect(() => {
    if (isOver) onEnd()
    // It ends once, whatever the function is called meanwhile.
    // oxlint-disable-next-line exhaustive-deps
  }, [isOver])
  const isTold = TOLD_AT.includes(minutes) && seconds % 60 === 0
  return (
    <>
      <span role="timer" className="font-bold tabular-nums">
        {minutes}:{String(seconds % 60).padStart(2, '0')}
      </span>
      <span className="sr-only" aria-live="polite">
        {isTold ? cart.heldSoon(minutes) : ''}
      </span>
    </>
  )
}
