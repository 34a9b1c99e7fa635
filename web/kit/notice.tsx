import { useEffect, useRef, type ReactNode } from 'react'

/**
 * What came of what somebody did. What went wrong is read out at once and takes the focus, so that who
 * does not see it is where it is explained; `about` makes the same sentence new when it comes again.
 */
export function Notice({
  tone,
  about,
  children,
}: {
  readonly tone: 'good' | 'bad'
  readonly about?: unknown
  readonly children: ReactNode
}) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (tone === 'bad') box.current?.focus()
  }, [tone, about])
  return (
    <div
      ref={box}
      tabIndex={-1}
      role={tone === 'bad' ? 'alert' : 'status'}
      className={`rounded-card border bg-card p-4 text-sm ${tone === 'bad' ? 'border-bad text-bad' : 'border-good text-ink'}`}
    >
      {children}
    </div>
  )
}
