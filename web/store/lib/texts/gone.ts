import type { gone as english } from '../../texts/en/gone.ts'
import { openPart } from '../../texts/part.ts'
import { useHere } from '../shop.ts'

export const goneTextsOf = await openPart<{ readonly gone: typeof english }, typeof english>(
  {
    en: () => import('../../texts/en/gone.ts'),
    uk: () => import('../../texts/uk/gone.ts'),
    ru: () => import('../../texts/ru/gone.ts'),
  },
  (said) => said.gone,
)

export function useGoneTexts(): typeof english {
  return goneTextsOf(useHere().language)
}
