import type { search as english } from '../../texts/en/search.ts'
import { openPart } from '../../texts/part.ts'
import { useHere } from '../shop.ts'

export const searchTextsOf = await openPart<{ readonly search: typeof english }, typeof english>(
  {
    en: () => import('../../texts/en/search.ts'),
    uk: () => import('../../texts/uk/search.ts'),
    ru: () => import('../../texts/ru/search.ts'),
  },
  (said) => said.search,
)

export function useSearchTexts(): typeof english {
  return searchTextsOf(useHere().language)
}
