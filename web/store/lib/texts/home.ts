import type { home as english } from '../../texts/en/home.ts'
import { openPart } from '../../texts/part.ts'
import { useHere } from '../shop.ts'

export const homeTextsOf = await openPart<{ readonly home: typeof english }, typeof english>(
  {
    en: () => import('../../texts/en/home.ts'),
    uk: () => import('../../texts/uk/home.ts'),
    ru: () => import('../../texts/ru/home.ts'),
  },
  (said) => said.home,
)

export function useHomeTexts(): typeof english {
  return homeTextsOf(useHere().language)
}
