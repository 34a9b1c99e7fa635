import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { Form, useSearchParams } from 'react-router'

import { usePaths, useTexts } from '../../lib/shop.ts'

const Suggestions = lazy(async () => ({ default: (await import('./suggestions.tsx')).Suggestions }))

/** A form as any; what may be meant is suggested as soon as somebody turns to it. */
export function SearchBox() {
  const { shell } = useTexts()
  const paths = usePaths()
  const [params] = useSearchParams()
  const sought = params.get('q') ?? ''
  const input = useRef<HTMLInputElement>(null)
  const [isWanted, setWanted] = useState(false)
  useEffect(() => {
    // Another page, another search; what stands there now may have been typed for the one before.
    if (input.current !== null) input.current.value = sought
  }, [sought])
  return (
    <search className="max-sm:order-last max-sm:basis-full sm:relative sm:flex-1">
      <Form action={paths.search()}>
        <label className="sr-only" htmlFor="q">
          {shell.search}
        </label>
        <input
          ref={input}
          id="q"
          name="q"
          type="search"
          defaultValue={sought}
          maxLength={1000}
          enterKeyHint="search"
          autoComplete="off"
          placeholder={shell.searchHint}
          onFocus={() => setWanted(true)}
          className="field w-full"
        />
      </Form>
      {isWanted ? (
        <Suspense fallback={null}>
          <Suggestions inputRef={input} />
        </Suspense>
      ) : null}
    </search>
  )
}
