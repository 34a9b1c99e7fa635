import { useEffect, useState } from 'react'

import type { paths } from '../../api.d.ts'

type Answer =
  paths['/api/v1/search/suggest']['get']['responses'][200]['content']['application/json']
export type Suggestion = Answer['items'][number]

/** Between two keys of somebody who types. */
const PAUSE_MS = 150
/** Of each kind. */
const MOST = 4

/** What may be meant by what was typed last; an answer that comes too late is not waited for. */
export function useSuggested(text: string, language: string): readonly Suggestion[] {
  const [items, setItems] = useState<readonly Suggestion[]>([])
  useEffect(() => {
    const typed = text.trim()
    const ending = new AbortController()
    const timer = setTimeout(
      () => {
        if (typed === '') setItems([])
        else
          void suggested(typed, language, ending.signal).then((found) => found && setItems(found))
      },
      typed === '' ? 0 : PAUSE_MS,
    )
    return () => {
      clearTimeout(timer)
      ending.abort()
    }
  }, [text, language])
  return items
}

/** Undefined where the answer is not worth showing any more; none where there is none. */
async function suggested(
  q: string,
  lang: string,
  signal: AbortSignal,
): Promise<readonly Suggestion[] | undefined> {
  const query = new URLSearchParams({ q, lang, limit: String(MOST) })
  try {
    const answer = await fetch(`/api/v1/search/suggest?${query.toString()}`, { signal })
    return answer.ok ? ((await answer.json()) as Answer).items : []
  } catch {
    // Aborted, or no network: the form works without suggestions.
    return signal.aborted ? undefined : []
  }
}
