import { useRouteLoaderData } from 'react-router'

import { pathsFor, type Paths } from '../paths.ts'
import { textsOf, type Texts } from '../texts/index.ts'

/** What every page knows of its shop. */
export interface Here {
  readonly shop: { readonly slug: string; readonly name: string; readonly currency: string }
  readonly language: string
  readonly languages: readonly string[]
  readonly origin: string
  readonly categories: readonly Category[]
}

export interface Category {
  readonly slug: string
  readonly name: string
  readonly parent: string | null
}

export function useHere(): Here {
  const here = useRouteLoaderData<Here>('root')
  if (here === undefined) throw new Error('Only pages of a shop ask where they are.')
  return here
}

export function usePaths(): Paths {
  const { language, languages } = useHere()
  return pathsFor(language, languages[0] ?? language)
}

export function useTexts(): Texts {
  return textsOf(useHere().language)
}
