import type { card as english } from '../../texts/en/card.ts'
import { openPart } from '../../texts/part.ts'
import { useHere } from '../shop.ts'

export const cardTextsOf = await openPart<{ readonly card: typeof english }, typeof english>(
  {
    en: () => import('../../texts/en/card.ts'),
    uk: () => import('../../texts/uk/card.ts'),
    ru: () => import('../../texts/ru/card.ts'),
  },
  (said) => said.card,
)

export function useCardTexts(): typeof english {
  return cardTextsOf(useHere().language)
}
