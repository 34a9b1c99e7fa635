import type { browse as english } from '../../texts/en/browse.ts'
import { openPart } from '../../texts/part.ts'
import { useHere } from '../shop.ts'

export const browseTextsOf = await openPart<{ readonly browse: typeof english }, typeof english>(
  {
    en: () => import('../../texts/en/browse.ts'),
    uk: () => import('../../texts/uk/browse.ts'),
    ru: () => import('../../texts/ru/browse.ts'),
  },
  (said) => said.browse,
)

export function useBrowseTexts(): typeof english {
  return browseTextsOf(useHere().language)
}
