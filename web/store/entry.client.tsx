import { startTransition, StrictMode } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { HydratedRouter } from 'react-router/dom'

import { register } from './texts/index.ts'

/** Only what this page is written in is loaded: who changes the language loads a page anew. */
async function textsIn(language: string) {
  if (language === 'uk') return (await import('./texts/uk.ts')).uk
  if (language === 'ru') return (await import('./texts/ru.ts')).ru
  return (await import('./texts/en.ts')).en
}

const language = document.documentElement.lang
register(language, await textsIn(language))
startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <HydratedRouter />
    </StrictMode>,
  )
})
