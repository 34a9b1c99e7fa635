import { useHere } from '../shop.ts'
import type { account as english } from '../../texts/en/account.ts'
import { openPart } from '../../texts/part.ts'

export const accountTextsOf = await openPart<{ readonly account: typeof english }, typeof english>(
  {
    en: () => import('../../texts/en/account.ts'),
    uk: () => import('../../texts/uk/account.ts'),
    ru: () => import('../../texts/ru/account.ts'),
  },
  (said) => said.account,
)

export function useAccountTexts(): typeof english {
  return accountTextsOf(useHere().language)
}
