import type { returns as english } from '../../texts/en/returns.ts'
import { openPart } from '../../texts/part.ts'
import { useHere } from '../shop.ts'

export const returnsTextsOf = await openPart<{ readonly returns: typeof english }, typeof english>(
  {
    en: () => import('../../texts/en/returns.ts'),
    uk: () => import('../../texts/uk/returns.ts'),
    ru: () => import('../../texts/ru/returns.ts'),
  },
  (said) => said.returns,
)

export function useReturnsTexts(): typeof english {
  return returnsTextsOf(useHere().language)
}
