import type { writing as english } from '../../texts/en/writing.ts'
import { openPart } from '../../texts/part.ts'
import { useHere } from '../shop.ts'

export const writingTextsOf = await openPart<{ readonly writing: typeof english }, typeof english>(
  {
    en: () => import('../../texts/en/writing.ts'),
    uk: () => import('../../texts/uk/writing.ts'),
    ru: () => import('../../texts/ru/writing.ts'),
  },
  (said) => said.writing,
)

export function useWritingTexts(): typeof english {
  return writingTextsOf(useHere().language)
}
