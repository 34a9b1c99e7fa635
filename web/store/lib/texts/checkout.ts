import type { checkout as english } from '../../texts/en/checkout.ts'
import { openPart } from '../../texts/part.ts'
import { useHere } from '../shop.ts'

export const checkoutTextsOf = await openPart<
  { readonly checkout: typeof english },
  typeof english
>(
  {
    en: () => import('../../texts/en/checkout.ts'),
    uk: () => import('../../texts/uk/checkout.ts'),
    ru: () => import('../../texts/ru/checkout.ts'),
  },
  (said) => said.checkout,
)

export function useCheckoutTexts(): typeof english {
  return checkoutTextsOf(useHere().language)
}
