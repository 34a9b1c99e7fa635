import { lazy, Suspense, useEffect, useState } from 'react'
import { useLocation } from 'react-router'

import type { NewsTold } from './news.tsx'

/** What cannot be had without a network is not said; it must not take the page along. */
const News = lazy(async () => {
  const found = await import('./news.tsx').catch(() => undefined)
  return { default: found === undefined ? Nothing : found.News }
})

const FLAG = 'torg-waiting'

function Nothing(_told: NewsTold): null {
  return null
}

/**
 * Brings the worker that keeps the shop readable without a network, and shows what it has to say; what
 * is said is loaded only then.
 */
export function Connection() {
  const [savedAt, setSavedAt] = useState<number | null>(null)
  const [isWaiting, setIsWaiting] = useState(false)
  const { key } = useLocation()
  useEffect(() => {
    const look = () => setIsWaiting(isAnythingWaiting())
    look()
    addEventListener(FLAG, look)
    addEventListener('storage', look)
    return () => {
      removeEventListener(FLAG, look)
      removeEventListener('storage', look)
    }
  }, [])
  useEffect(() => {
    // Absent where the connection is not a safe one.
    const worker = navigator.serviceWorker as ServiceWorkerContainer | undefined
    if (worker === undefined) return
    const hear = ({ data }: MessageEvent<{ readonly savedAt: number | null }>) =>
      setSavedAt(data.savedAt)
    const begin = () => void register(worker)
    worker.addEventListener('message', hear)
    worker.startMessages()
    // What is shown goes first.
    if (document.readyState === 'complete') begin()
    else addEventListener('load', begin)
    return () => {
      worker.removeEventListener('message', hear)
      removeEventListener('load', begin)
    }
  }, [])
  const [first] = useState(key)
  // Whatever is shown after the first page was loaded anew.
  const shownAt = key === first ? savedAt : null
  if (shownAt === null && !isWaiting) return null
  return (
    <Suspense fallback={null}>
      <News savedAt={shownAt} isWaiting={isWaiting} onDone={() => setIsWaiting(false)} />
    </Suspense>
  )
}

/** A browser that keeps nothing has nothing waiting, and needs no worker. */
function isAnythingWaiting(): boolean {
  try {
    return localStorage.getItem(FLAG) !== null
  } catch {
    return false
  }
}

async function register(worker: ServiceWorkerContainer): Promise<void> {
  try {
    await worker.register('/sw.js')
    const { active } = await worker.ready
    active?.postMessage('shown')
  } catch {
    // A private window may refuse it: the shop is then read with a network only.
  }
}
